"""The compact graph of entities under an impact profile."""

from __future__ import annotations

from orthogramic.graph.amendment import Amendment, LinkPlace, amend, packed
from orthogramic.graph.columns import turning_of
from orthogramic.graph.model import (
    Direction,
    EntityGraph,
    EntityRecord,
    Expectation,
    Relationship,
)
from orthogramic.graph.projection import project, project_columns
from orthogramic.graph.restriction import within
from orthogramic.graph.view import to_networkx

__all__ = [
    "Amendment",
    "Direction",
    "EntityGraph",
    "EntityRecord",
    "Expectation",
    "LinkPlace",
    "Relationship",
    "amend",
    "packed",
    "project",
    "project_columns",
    "to_networkx",
    "turning_of",
    "within",
]
