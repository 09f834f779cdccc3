"""What an answer about failure counts: dependents by class and state, and circles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from orthogramic.analysis.answer import EntityReference
from orthogramic.analysis.failure.answer import ClassCounts, Counts, Some
from orthogramic.analysis.failure.failing import Failure
from orthogramic.analysis.sentences import reference
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.graph.model import EntityGraph

#: Members that a circle names; it counts all of them.
MOST_MEMBERS = 10


def references(graph: EntityGraph, entities: Numbers) -> tuple[EntityReference, ...]:
    """Name entities, in their order."""
    return tuple(reference(graph, each) for each in entities.tolist())


def circle_members(graph: EntityGraph, failure: Failure) -> dict[int, list[int]]:
    """Return the members of each circle by its number, in the order of their IRIs."""
    found: dict[int, list[int]] = {}
    rows = np.flatnonzero(failure.circle > 0)
    rows = rows[np.argsort(graph.order.keys(failure.touched.entity[rows]))]
    for row in rows.tolist():
        found.setdefault(int(failure.circle[row]), []).append(int(failure.touched.entity[row]))
    return found


def circles_by_size(graph: EntityGraph, failure: Failure) -> list[Some]:
    """Return the circles, the greatest first, then by the IRI of their first member."""
    found = sorted(
        circle_members(graph, failure).values(),
        key=lambda one: (-len(one), graph.order.key(one[0])),
    )
    return [
        Some(len(each), references(graph, np.array(each[:MOST_MEMBERS], np.int64)))
        for each in found
    ]


def counts_by_class(graph: EntityGraph, failure: Failure, wanted: Flags) -> tuple[ClassCounts, ...]:
    """Count by the name of the most specific class; classes without entities are left out."""
    size = len(graph.classifications)
    of = graph.classification
    touched = failure.touched
    everybody = np.bincount(of[: graph.size], minlength=size)
    given = np.concatenate([failure.removed, failure.degraded])
    given = given[~np.isin(given, touched.entity)]
    dependents = everybody - np.bincount(of[given], minlength=size)
    columns = [
        np.bincount(of[touched.entity[rows]], minlength=size)
        for rows in (failure.lost, ~failure.lost, ~touched.certain, failure.circle >= 0)
    ]
    found: dict[str, list[Counts]] = {}
    for number in np.flatnonzero(wanted & (dependents > 0)).tolist():
        lost, degraded, possible, circling = (int(each[number]) for each in columns)
        untouched = int(dependents[number]) - lost - degraded
        found.setdefault(graph.classifications[number].name, []).append(
            Counts(lost, degraded, untouched, possible, circling)
        )
    return tuple(ClassCounts(name, together(found[name])) for name in sorted(found))


def together(counts: Sequence[Counts]) -> Counts:
    """Add up counts."""
    return Counts(
        sum(each.lost for each in counts),
        sum(each.degraded for each in counts),
        sum(each.untouched for each in counts),
        sum(each.possible for each in counts),
        sum(each.self_sustaining for each in counts),
    )
