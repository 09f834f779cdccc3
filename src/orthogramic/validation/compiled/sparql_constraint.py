"""SPARQL-based constraints that are joins, answered for all focus nodes at once (SHACL, section 5).

Which queries these are is the business of :mod:`orthogramic.validation.compiled.queries`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.arrays import Flags, Numbers, distinct, matches
from orthogramic.validation.compiled.batches import Batch, ValueNodes
from orthogramic.validation.compiled.components import Independent, component
from orthogramic.validation.compiled.dependencies import Dependency, joined
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.compiled.plan import Shape
from orthogramic.validation.compiled.queries import THIS, JoinQuery, Pattern, Place, chains
from orthogramic.validation.compiled.reasons import CannotEvaluateError
from orthogramic.validation.compiled.terms import LITERAL
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path, PathExpression, PathKind


@dataclass(frozen=True, slots=True)
class SparqlJoin(Independent):
    """One ``sh:sparql`` of a node shape.

    :param node: the constraint in the shapes graph.
    :param query: what it selects.
    :param messages: what its author has to say, with variables in braces.
    """

    node: Node
    query: JoinQuery
    messages: tuple[Literal, ...]

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        focus = np.arange(len(values.nodes))
        solutions = _Solutions(run, {THIS: values.nodes, "": focus})
        for pattern in self.query.patterns:
            solutions.join(pattern)
        for left, right in self.query.unequal:
            solutions.differ(left, right)
        # The column "" is the row of the focus node, so a row stands for one result.
        columns = solutions.distinct(("", *self.query.selected))
        rows = columns.pop("")
        yield Batch(
            shape,
            component("SPARQL"),
            rows,
            values.nodes[rows],
            columns.get("value", values.nodes[rows]),
            constraint=self.node,
            templates=self.messages,
            bindings=columns,
        )

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """See :meth:`Constraint.dependencies`."""
        del values
        for pattern, start, way in chains(self.query):
            path = focus
            for predicate, backward in way:
                step = PathExpression(PathKind.INVERSE, (predicate,)) if backward else predicate
                path = joined(path, step)
            yield Dependency(path, pattern.predicate, of_object=start != pattern.subject)


class _Solutions:
    """A table of solutions, a column for each variable."""

    def __init__(self, run: Run, columns: dict[str, Numbers]) -> None:
        self._run = run
        self._columns = columns

    def _keep(self, rows: Numbers | Flags) -> None:
        self._columns = {name: column[rows] for name, column in self._columns.items()}

    def _bound(self, place: Place) -> Numbers | None:
        """Return a column for a place, or ``None`` if it is a variable that is still free."""
        if isinstance(place, NamedNode):
            number = self._run.graph.terms.number(place)
            return np.full(len(self._columns[THIS]), number)
        return self._columns.get(place)

    def join(self, pattern: Pattern) -> None:
        """Extend the solutions by what one pattern matches."""
        subjects, values = self._bound(pattern.subject), self._bound(pattern.value)
        graph, predicate = self._run.graph, self._run.graph.terms.number(pattern.predicate)
        if subjects is not None:
            nodes, place = subjects, pattern.value
            lookup = graph.objects
        else:
            assert values is not None  # patterns come in an order in which each is connected
            nodes, place = values, pattern.subject
            lookup = graph.subjects
        sources = distinct(nodes)
        hop_rows, hop_values = lookup(predicate, sources)
        owners, positions = matches(np.searchsorted(sources, nodes), hop_rows)
        found = hop_values[positions]
        known = values if subjects is not None else None
        if known is not None:
            agreeing = known[owners] == found
            self._keep(owners[agreeing])
        else:
            self._keep(owners)
            assert isinstance(place, str)
            self._columns[place] = found

    def differ(self, left: str, right: str) -> None:
        """Keep the solutions in which two variables differ.

        :raises CannotEvaluateError: if two literals are compared: their values would count.
        """
        first, second = self._columns[left], self._columns[right]
        terms = self._run.graph.terms
        if (terms.are(first, LITERAL) & terms.are(second, LITERAL)).any():
            raise CannotEvaluateError("a SPARQL constraint compares literals")
        self._keep(first != second)

    def distinct(self, names: tuple[str, ...]) -> dict[str, Numbers]:
        """Return some of the columns, each solution once."""
        columns = {name: self._columns[name] for name in names}
        table = np.stack(list(columns.values()), axis=1)
        return dict(zip(columns, np.unique(table, axis=0).T, strict=True))
