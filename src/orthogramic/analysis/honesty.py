"""What every answer says of itself: where it may be incomplete, and all that it depends on.

Every kind of answer ends with a :class:`Bound` and a :class:`Receipt` that are made here, so that
all kinds mean the same by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from orthogramic.__about__ import __version__
from orthogramic.analysis.answer import Bound, Receipt
from orthogramic.graph.arrays import Flags, Numbers, ascending
from orthogramic.graph.model import STANDINGS, Direction, EntityGraph, Expectation
from orthogramic.metamodel import Metamodel


def bound_of(
    graph: EntityGraph,
    candidates: Numbers,
    direction: Direction | None,
    admissible: Flags | None = None,
) -> Bound:
    """Count the entities that lack a link which the shapes expect and which might lead on.

    :param candidates: numbers of the entities from which the answer could have walked on, in any
        order; they may be repeated.
    :param direction: which way it walks; ``None`` for an answer about links of either direction,
        those that no change passes included.
    :param admissible: flags by kind of edge: what it may walk over; ``None`` for everything.
    """
    row, count = graph.lacking_table.rows.positions(candidates)
    lacked = graph.lacking_table.columns.arrays[0].take(row)
    relevant = np.zeros(len(graph.expectations), np.bool_)
    for each in np.flatnonzero(np.bincount(lacked, minlength=len(relevant))).tolist():
        relevant[each] = leads_on(graph, graph.expectations[each], direction, admissible)
    return Bound(len(ascending(candidates.repeat(count)[relevant[lacked]])))


def leads_on(
    graph: EntityGraph,
    expectation: Expectation,
    direction: Direction | None,
    admissible: Flags | None,
) -> bool:
    """Tell whether a question would have walked over a link that is expected."""
    return any(
        (admissible is None or bool(admissible[connection * STANDINGS]))
        and (direction is None or graph.connections[connection].propagates(direction, from_object))
        for connection, from_object in expectation.routes
    )


def receipt_of(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: str,
    parameters: Mapping[str, Any],
    snapshot: int,
) -> Receipt:
    """Return the receipt of an answer.

    :param graph: what was asked, under its profile.
    :param metamodel: the bundle under which the graph was projected.
    :param question: the kind of question, by the name of its command: ``impact``, ``matrix``.
    :param parameters: all that was asked for, in a normal form (IRIs, sorted where the order means
        nothing, every default spelled out), JSON-serialisable.
    :param snapshot: number of the commit that the graph shows.
    """
    return Receipt(
        snapshot=snapshot,
        bundle=metamodel.digest,
        profile=graph.profile.value,
        parameters={"question": question, **parameters},
        version=__version__,
    )
