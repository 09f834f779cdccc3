"""Constraints on all values of a node together (SHACL, sections 4.2, 4.4.5, 4.5 and 4.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.validation.compiled.arrays import (
    Pairs,
    among,
    distinct_pairs,
    numbers,
    packed,
    unpacked,
)
from orthogramic.validation.compiled.batches import Batch, ValueNodes
from orthogramic.validation.compiled.components import Independent, component, whole
from orthogramic.validation.compiled.dependencies import Dependency
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.compiled.plan import Shape
from orthogramic.validation.compiled.reasons import CannotEvaluateError
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path
from orthogramic.vocabulary import RDF, RDFS


@dataclass(frozen=True, slots=True)
class MinCount(Independent):
    """``sh:minCount``."""

    least: int

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        del run
        yield whole(
            shape, component("MinCount"), values, np.flatnonzero(values.counts < self.least)
        )


@dataclass(frozen=True, slots=True)
class MaxCount(Independent):
    """``sh:maxCount``."""

    most: int

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        del run
        yield whole(shape, component("MaxCount"), values, np.flatnonzero(values.counts > self.most))


@dataclass(frozen=True, slots=True)
class HasValue(Independent):
    """``sh:hasValue``: one term that is among the values."""

    value: Node

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        lacking = np.ones(len(values.nodes), np.bool_)
        lacking[values.rows[values.values == run.graph.terms.number(self.value)]] = False
        yield whole(shape, component("HasValue"), values, np.flatnonzero(lacking))


@dataclass(frozen=True, slots=True)
class UniqueLanguage(Independent):
    """``sh:uniqueLang true``: one failure for each tag that a node has more than once."""

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        tags = [
            (each.language or "").lower() if isinstance(each, Literal) else ""
            for each in run.graph.terms.terms(values.values)
        ]
        tagged = sorted(
            (row, tag) for row, tag in zip(values.rows.tolist(), tags, strict=True) if tag
        )
        repeated = [row for (row, _), found in groupby(tagged) if len(list(found)) > 1]
        yield whole(shape, component("UniqueLang"), values, numbers(repeated))


@dataclass(frozen=True, slots=True)
class _Pair(Independent):
    """A constraint on the values together with those of another property of the focus node."""

    other: NamedNode

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """See :meth:`Constraint.dependencies`."""
        del values
        yield Dependency(focus, self.other)

    def _others(self, run: Run, values: ValueNodes) -> Pairs:
        number = run.graph.terms.number(self.other)
        return distinct_pairs(run.graph.objects(number, values.nodes))


def _batch(shape: Shape, name: NamedNode, values: ValueNodes, pairs: Pairs) -> Batch:
    rows, failing = pairs
    return Batch(shape, name, rows, values.nodes[rows], failing)


@dataclass(frozen=True, slots=True)
class Equals(_Pair):
    """``sh:equals``: the same values on both sides."""

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        ours, theirs = packed((values.rows, values.values)), packed(self._others(run, values))
        odd = np.setxor1d(ours, theirs, assume_unique=True)
        yield _batch(shape, component("Equals"), values, unpacked(odd))


@dataclass(frozen=True, slots=True)
class Disjoint(_Pair):
    """``sh:disjoint``: no value on both sides."""

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        ours, theirs = packed((values.rows, values.values)), packed(self._others(run, values))
        yield _batch(shape, component("Disjoint"), values, unpacked(ours[among(ours, theirs)]))


@dataclass(frozen=True, slots=True)
class LessThan(_Pair):
    """``sh:lessThan`` and ``sh:lessThanOrEquals``: a failure for each pair that is not in order."""

    or_equal: bool

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        name = component("LessThanOrEquals" if self.or_equal else "LessThan")
        terms = run.graph.terms
        others: dict[int, list[Node]] = {}
        rows, compared = self._others(run, values)
        for row, term in zip(rows.tolist(), terms.terms(compared), strict=True):
            others.setdefault(row, []).append(term)
        found = [
            (row, number)
            for row, number in zip(values.rows.tolist(), values.values.tolist(), strict=True)
            for other in _comparable(terms.term(number), others.get(row, []))
            if not self._in_order(run, terms.term(number), other)
        ]
        failing = (numbers([row for row, _ in found]), numbers([value for _, value in found]))
        yield _batch(shape, name, values, failing)

    def _in_order(self, run: Run, left: Node, right: Node) -> bool:
        first, second = run.literals.text(left), run.literals.text(right)
        if first is not None and second is not None:
            return first <= second if self.or_equal else first < second
        if isinstance(left, Literal) and isinstance(right, Literal) and first is second:
            return run.literals.is_less(left, right, self.or_equal)
        return False


def _comparable(node: Node, others: list[Node]) -> list[Node]:
    """Return what a value is compared with; pySHACL breaks off at the first blank node."""
    if isinstance(node, BlankNode) or any(isinstance(each, BlankNode) for each in others):
        raise CannotEvaluateError("A blank node has no place in an order")
    return others


@dataclass(frozen=True, slots=True)
class Closed(Independent):
    """``sh:closed true``: the properties that values may have.

    :param allowed: the paths of the property shapes that are one property, and what is ignored.
    """

    allowed: frozenset[Node]

    def failures(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Batch]:
        """See :meth:`Constraint.failures`."""
        terms = run.graph.terms
        resource = terms.number(NamedNode(f"{RDFS.base}Resource"))
        for predicate, (rows, objects) in run.graph.outgoing(values.values):
            if terms.term(predicate) in self.allowed:
                continue
            # Whatever is a node is a resource: pySHACL lets that be said everywhere.
            is_type = terms.term(predicate) == RDF.type
            odd = objects != resource if is_type else np.ones(len(objects), np.bool_)
            failing = (values.rows[rows[odd]], objects[odd])
            batch = _batch(shape, component("Closed"), values, failing)
            yield replace(batch, predicates=np.full(len(batch.rows), predicate))

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """See :meth:`Constraint.dependencies`."""
        del focus
        yield Dependency(values, None)
