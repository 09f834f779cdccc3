"""What evaluating a constraint for many nodes gives: columns of failures, not yet results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.arrays import Flags, Numbers, distinct
from orthogramic.validation.graph_index import Node

if TYPE_CHECKING:
    from orthogramic.validation.compiled.plan import Shape


class ValueNodes:
    """The value nodes of many focus nodes under one shape (SHACL, section 3.7).

    :param nodes: the focus nodes.
    :param rows: for each pair of focus node and value, the row of the focus node; ascending.
    :param values: the values.
    """

    def __init__(self, nodes: Numbers, rows: Numbers, values: Numbers) -> None:
        self.nodes = nodes
        self.rows = rows
        self.values = values

    @cached_property
    def distinct(self) -> Numbers:
        """Every value once, ascending."""
        return distinct(self.values)

    @cached_property
    def positions(self) -> Numbers:
        """Where each value stands in :attr:`distinct`."""
        return np.searchsorted(self.distinct, self.values)

    @cached_property
    def counts(self) -> Numbers:
        """How many values each focus node has."""
        return np.bincount(self.rows, minlength=len(self.nodes))


@dataclass(frozen=True, slots=True)
class Details:
    """What lies behind failures: the failures of other nodes under another shape.

    :param batches: those failures.
    :param positions: for each failure that is explained, the row of the other node.
    """

    batches: tuple[Batch, ...]
    positions: Numbers


@dataclass(frozen=True, slots=True)
class Batch:
    """Failures of one constraint component of one shape; a row of the columns for each.

    :param shape: the source shape.
    :param component: the constraint component.
    :param rows: among the nodes that were evaluated, the row of the one that fails by this.
    :param focus: the focus nodes.
    :param values: the values, where results have one.
    :param predicates: the result paths, where they are not that of the shape.
    :param details: what lies behind, where results say so.
    :param constraint: the node of a SPARQL-based constraint.
    :param templates: its messages, with the names of variables in braces.
    :param bindings: values of its variables.
    """

    shape: Shape
    component: NamedNode
    rows: Numbers
    focus: Numbers
    values: Numbers | None = None
    predicates: Numbers | None = None
    details: Details | None = None
    constraint: Node | None = None
    templates: tuple[Literal, ...] = ()
    bindings: Mapping[str, Numbers] | None = None

    def picked(self, picks: Numbers, rows: Numbers) -> Batch:
        """Return the batch with chosen failures, in the order of the choice, under other rows."""
        details = self.details
        return replace(
            self,
            rows=rows,
            focus=self.focus[picks],
            values=None if self.values is None else self.values[picks],
            predicates=None if self.predicates is None else self.predicates[picks],
            details=details and replace(details, positions=details.positions[picks]),
            bindings=self.bindings
            and {name: column[picks] for name, column in self.bindings.items()},
        )


def failing_rows(batches: list[Batch], count: int) -> Flags:
    """Tell which of ``count`` evaluated nodes fail by any of the batches."""
    failing = np.zeros(count, np.bool_)
    for batch in batches:
        failing[batch.rows] = True
    return failing
