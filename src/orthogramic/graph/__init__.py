"""The compact graph of entities under an impact profile."""

from __future__ import annotations

from orthogramic.graph.model import (
    Direction,
    EntityGraph,
    EntityRecord,
    Expectation,
    Relationship,
)
from orthogramic.graph.projection import project
from orthogramic.graph.view import to_networkx

__all__ = [
    "Direction",
    "EntityGraph",
    "EntityRecord",
    "Expectation",
    "Relationship",
    "project",
    "to_networkx",
]
