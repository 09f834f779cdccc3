"""The answer that ranks entities by how central they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.weak_spots.answers import Closing, Method
from orthogramic.analysis.weak_spots.betweenness import betweenness
from orthogramic.analysis.weak_spots.flow import FlowGraph
from orthogramic.analysis.weak_spots.overall import everything, overall_bound
from orthogramic.analysis.weak_spots.overall_answers import Central, CentralityAnswer
from orthogramic.analysis.weak_spots.questions import CentralityQuestion, Measure
from orthogramic.analysis.weak_spots.ranking import TOLERANCE, page_rank
from orthogramic.analysis.weak_spots.sampling import SAMPLES, estimated_betweenness
from orthogramic.analysis.weak_spots.two_sets import named, wanted_places
from orthogramic.analysis.weak_spots.workload import bounded_work
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Scores
from orthogramic.metamodel import Metamodel

#: Up to so many entities betweenness is exact, unless samples are asked for or too much is reached.
MOST_EXACT = 20_000
#: Pairs of entities need a third one to lie between them.
_LEAST = 3
_DECIMALS = 12


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """Values by place with their bounds, and how they were found."""

    values: Scores
    low: Scores
    high: Scores
    method: Method
    notes: tuple[str, ...] = ()


def rank_centrality(
    graph: EntityGraph, metamodel: Metamodel, question: CentralityQuestion, *, snapshot: int = 0
) -> CentralityAnswer:
    """Answer which entities are the most central.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    scope = question.scope
    flow = everything(graph, metamodel, scope)
    found = _measured(flow, question)
    places = np.flatnonzero(wanted_places(flow, scope))
    values = found.values.round(_DECIMALS)
    order = places[np.lexsort((places, -values[places]))]
    page = order[scope.offset : scope.offset + scope.limit].tolist()
    low, high = found.low.round(_DECIMALS), found.high.round(_DECIMALS)
    return CentralityAnswer(
        measure=str(question.measure),
        entities=flow.size,
        steps=len(flow.head),
        items=tuple(
            Central(named(flow, each), float(values[each]), float(low[each]), float(high[each]))
            for each in page
        ),
        closing=Closing(
            total=len(places),
            limit=scope.limit,
            offset=scope.offset,
            method=found.method,
            notes=found.notes,
            bound=overall_bound(flow),
            receipt=receipt_of(
                graph, metamodel, "weak-spots centrality", question.parameters(), snapshot
            ),
        ),
    )


def _measured(flow: FlowGraph, question: CentralityQuestion) -> _Measured:
    if question.measure is Measure.PAGERANK:
        return _ranked(flow, question.damping)
    if flow.size < _LEAST or (question.samples is None and _exactly(flow)):
        values = betweenness(flow)
        method = Method(
            "accumulation over shortest paths from every entity",
            "Brandes 2001",
            True,
            {"parallel_links": "one step", "normalised_by": "(n - 1)(n - 2)"},
        )
        return _Measured(values, values, values, method)
    return _estimated(flow, question)


def _exactly(flow: FlowGraph) -> bool:
    """Tell whether exact betweenness is worth its time."""
    return flow.size <= MOST_EXACT and bounded_work(flow)


def _ranked(flow: FlowGraph, damping: float) -> _Measured:
    found = page_rank(flow, damping)
    method = Method(
        "PageRank by power iteration",
        "Brin and Page 1998",
        True,
        {
            "parallel_links": "one step",
            "damping": damping,
            "tolerance": TOLERANCE,
            "iterations": found.iterations,
        },
    )
    return _Measured(found.values, found.values, found.values, method)


def _estimated(flow: FlowGraph, question: CentralityQuestion) -> _Measured:
    samples = question.samples or SAMPLES
    found = estimated_betweenness(flow, samples, question.seed, question.confidence)
    method = Method(
        "shortest paths between random pairs, searched from both ends",
        "Riondato and Kornaropoulos 2016; bounds of Hoeffding 1963, theorem 1",
        False,
        {
            "parallel_links": "one step",
            "normalised_by": "(n - 1)(n - 2)",
            "samples": samples,
            "seed": question.seed,
        },
        {
            "bound": round(found.error, _DECIMALS),
            "confidence": question.confidence,
            "holds_for": "all entities at once",
        },
    )
    note = (
        f"Estimated from {samples:,} pairs: with a confidence of {question.confidence:g}, every "
        f"value is off by at most {found.error:.4f}; each entry has bounds of its own."
    )
    notes: tuple[str, ...] = (note,)
    if question.samples is None and flow.size <= MOST_EXACT:
        notes += ("Entities reach so much of each other that exact values would take too long.",)
    return _Measured(found.values, found.low, found.high, method, notes)
