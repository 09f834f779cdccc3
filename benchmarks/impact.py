"""Questions of impact beside other graph libraries, on generated graphs; answers checked equal.

``python -m benchmarks.impact --entities 10000 100000``. The other libraries (``rustworkx``,
``igraph``) are measured where they are installed. ``--stored`` also measures what it takes to
read a stored model and to follow a commit.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TypeVar

import numpy as np
from pyoxigraph import NamedNode, Quad

from benchmarks.impact_models import GRAPH, Model
from benchmarks.impact_peers import PEERS, Peer, Steps, peers
from benchmarks.machine import machine, machine_line
from orthogramic.analysis import Direction, Question, ask, best_paths
from orthogramic.analysis.found import Found
from orthogramic.analysis.matrix_reach import sweeps
from orthogramic.analysis.reach import bound, reached
from orthogramic.analysis.search import search
from orthogramic.analysis.spreading import spread
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.graph.cost import scores as scores_of
from orthogramic.metamodel import PropertyKind
from orthogramic.repository.projection import Projection

DIRECTION = Direction.IMPACT
SOURCES, HOPS, BEST = 300, 8, 5
_EQUAL = 1e-9
#: Bounded questions walk over one of so many relationships.
_EVERY = 4
#: Questions of which one takes longer than this are asked once.
_LONG = 2.0

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Row:
    """One question to one library; ``ratio`` says how many times longer than ours it took."""

    entities: int
    question: str
    who: str
    seconds: float
    processor_seconds: float
    answer: str
    ratio: float


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--stored", action="store_true", help="also read and follow a store")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    if not options.json:
        print(machine_line())
    for entities in options.entities:
        model = Model(entities, options.seed)
        for row in _rows(model, options.peers, options.stored):
            rows.append(row)
            if not options.json:
                _print_row(row)
    if options.json:
        print(json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=2))


def _rows(model: Model, wanted: list[str], stored: bool) -> Iterator[Row]:
    graph, cost = _timed(model.graph)
    size = graph.size
    arrays = f"{graph.nbytes / 1e6:.0f} MB, names {_names(graph):.0f} MB"
    yield Row(size, "build from columns", "orthogramic", *cost, arrays, 1.0)
    source, target, sources = _chosen(graph)
    others = peers(_steps(graph), wanted)
    yield from _reach(graph, source, others)
    yield from _scores(graph, model, source, others)
    yield from _pairs(graph, model, sources, wanted)
    yield from _best(graph, source, target, others)
    yield from _bounded(graph, model, sources)
    if stored:
        yield from _stored(model)


def _reach(graph: EntityGraph, source: int, others: list[Peer]) -> Iterator[Row]:
    searching = search(graph, DIRECTION, (_iri(graph, source),), (), None)

    def ours() -> int:
        entity, _ = spread(searching.out, searching.sources, None, None, graph.scratch)
        return len(entity) - 1

    theirs = [(each.name, partial(each.reach, source)) for each in others]
    yield from _compared(graph, "full reach", ours, theirs)


def _scores(graph: EntityGraph, model: Model, source: int, others: list[Peer]) -> Iterator[Row]:
    searching = search(graph, DIRECTION, (_iri(graph, source),), (), None)
    found, cost = _timed(lambda: Found(searching))
    entity, _ = found.hops()
    ours = np.zeros(graph.size)
    ours[entity] = scores_of(found.remaining(entity))
    label = f"{len(entity) - 1:,} scores"
    question = "best scores to all"
    yield Row(graph.size, question, "orthogramic", *cost, label, 1.0)
    for each in others:
        theirs, other = _timed(partial(each.scores, source))
        assert np.abs(theirs - ours).max() < _EQUAL, each.name
        yield Row(graph.size, question, each.name, *other, label, other[1] / cost[1])
    asked = Question(DIRECTION, (_iri(graph, source),), limit=100)
    answer, cost = _timed(lambda: ask(graph, model.metamodel, asked))
    label = f"{answer.total:,} hits, 100 with their paths"
    question = "answer with paths"
    yield Row(graph.size, question, "orthogramic", *cost, label, 1.0)
    for each in others:
        if each.paths is not None:
            count, other = _timed(partial(each.paths, source))
            yield Row(
                graph.size, question, each.name, *other, f"{count:,} paths", other[1] / cost[1]
            )


def _pairs(graph: EntityGraph, model: Model, sources: Numbers, wanted: list[str]) -> Iterator[Row]:
    """Ask over a few relationships: over all of them nearly everything is near everything."""
    searching = search(graph, DIRECTION, (), _few(model), HOPS)
    some = sources.tolist()

    def ours() -> int:
        return sum(len(sweep.entity) for _, sweep in sweeps(searching, sources))

    others = peers(_steps(graph, searching.admissible), wanted)
    theirs = [
        (each.name, partial(each.pairs, some, HOPS)) for each in others if each.pairs is not None
    ]
    yield from _compared(graph, f"{len(some)} sources, {HOPS} hops", ours, theirs)


def _best(graph: EntityGraph, source: int, target: int, others: list[Peer]) -> Iterator[Row]:
    ends = _iri(graph, source), _iri(graph, target)
    walks, cost = _timed(lambda: best_paths(graph, *ends, DIRECTION, BEST))
    ours = [each.score for each in walks]
    question = f"{BEST} best paths"
    yield Row(graph.size, question, "orthogramic", *cost, f"first {ours[0]:.4f}", 1.0)
    for each in others:
        if each.best is not None:
            found, other = _timed(partial(each.best, source, target, BEST))
            # Theirs know one step between two entities, ours parallel ones: only the first agree.
            assert abs(found[0] - ours[0]) < _EQUAL, each.name
            label = f"first {found[0]:.4f}"
            yield Row(graph.size, question, each.name, *other, label, other[1] / cost[1])


def _bounded(graph: EntityGraph, model: Model, sources: Numbers) -> Iterator[Row]:
    """Ask bounded questions of many entities, to see what they cost by what they reach."""
    via = _few(model)
    wanted = graph.instances(frozenset((model.classes[0],)))

    def asked(source: int) -> int:
        searching = search(graph, DIRECTION, (_iri(graph, source),), via, HOPS)
        everything = reached(searching, Found(searching))
        hits = everything.chosen(wanted[graph.classification[everything.entity]])
        hits.page(graph.order, 100, 0)
        bound(searching, everything, 0.0)
        return len(everything.entity)

    found = sorted((asked(each), each) for each in sources.tolist())
    for share in (0.1, 0.5, 0.75, 0.9, 0.99):
        count, source = found[int(share * len(found))]
        _, cost = _timed(partial(asked, source), least=20)
        label = f"{count:,} reached"
        yield Row(graph.size, f"{HOPS} hops, by class", "orthogramic", *cost, label, 1.0)


def _stored(model: Model) -> Iterator[Row]:
    knowledge = model.stored()
    size = len(model.iris)
    properties = [
        each.iri
        for each in model.metamodel.properties.values()
        if each.kind is PropertyKind.RELATIONSHIP
    ]

    def scan() -> int:
        return sum(1 for each in properties for _ in knowledge.store.quads(None, each, None, GRAPH))

    count, bare = _timed(scan)
    label = f"{count:,} relationships"
    yield Row(size, "read the store", "bare scan", *bare, label, 1.0)
    kept = Projection(knowledge)
    (_, graph), cost = _timed(lambda: Projection(knowledge).under(model.profile), most=1)
    label = f"{graph.edge_count:,} edges; ratio to the bare scan"
    yield Row(size, "read the store", "orthogramic", *cost, label, cost[0] / bare[0])
    kept.under(model.profile)
    draw = np.random.default_rng(1)
    spent: list[tuple[float, float]] = []
    for _ in range(20):
        ends = draw.integers(0, size, 20).tolist()
        links = [
            Quad(
                NamedNode(model.iris[one]),
                model.connections[0].iri,
                NamedNode(model.iris[other]),
                GRAPH,
            )
            for one, other in zip(ends[:10], ends[10:], strict=True)
        ]
        knowledge.commit(links, gate=False)
        _, following = _timed(lambda: kept.under(model.profile), most=1)
        spent.append(following)
    middle = sorted(spent)[len(spent) // 2]
    yield Row(size, "follow a commit of ten", "orthogramic", *middle, "the middle one of 20", 1.0)


def _compared(
    graph: EntityGraph,
    question: str,
    ours: Callable[[], int],
    theirs: Sequence[tuple[str, Callable[[], int]]],
) -> Iterator[Row]:
    """Ask everybody the same, and see that all answer the same."""
    count, cost = _timed(ours)
    yield Row(graph.size, question, "orthogramic", *cost, f"{count:,}", 1.0)
    for name, call in theirs:
        found, other = _timed(call)
        assert found == count, (name, found, count)
        yield Row(graph.size, question, name, *other, f"{found:,}", other[1] / cost[1])


def _timed(
    call: Callable[[], Answer], *, least: int = 3, most: int | None = None
) -> tuple[Answer, tuple[float, float]]:
    """Return an answer, and the least seconds and processor seconds that it took."""
    seconds, processor = float("inf"), float("inf")
    for _ in range(most or least):
        wall, used = time.perf_counter(), time.process_time()
        answer = call()
        processor = min(processor, time.process_time() - used)
        seconds = min(seconds, time.perf_counter() - wall)
        if seconds > _LONG:
            break
    return answer, (seconds, processor)


def _chosen(graph: EntityGraph) -> tuple[int, int, Numbers]:
    """Return a source that reaches much, something that it reaches, and many sources."""
    arcs = graph.arcs[DIRECTION]
    draw = np.random.default_rng(0)
    sources = np.sort(draw.choice(graph.size, min(SOURCES, graph.size), replace=False))
    reach = {}
    for each in sources[:5].tolist():
        reach[each], _ = spread(arcs, np.array([each]), None, None, graph.scratch)
    source = max(reach, key=lambda each: len(reach[each]))
    return source, int(reach[source][len(reach[source]) // 2]), sources


def _few(model: Model) -> tuple[NamedNode, ...]:
    return tuple(each.iri for each in model.connections[::_EVERY])


def _steps(graph: EntityGraph, admissible: Flags | None = None) -> Steps:
    """Return what other libraries are given: the best of parallel steps.

    :param admissible: flags by kind of edge.
    """
    arcs = graph.arcs[DIRECTION]
    everybody = np.arange(graph.size)
    arc, count = arcs.leaving(everybody)
    tail, head = everybody.repeat(count), arcs.head[arc].astype(np.int64)
    if admissible is not None:
        usable = admissible[arcs.kind[arc]]
        arc, tail, head = arc[usable], tail[usable], head[usable]
    cost = -np.log(graph.kinds.weight[arcs.kind[arc]])
    pair = tail * graph.size + head
    order = np.lexsort((cost, pair))
    first = np.append(True, np.diff(pair[order]) != 0) & (tail[order] != head[order])
    chosen = order[first]
    return Steps(graph.size, tail[chosen], head[chosen], cost[chosen] + 0.0)


def _iri(graph: EntityGraph, number: int) -> NamedNode:
    return NamedNode(graph.entities[number])


def _names(graph: EntityGraph) -> float:
    return (graph.entities.nbytes + graph.labels.nbytes) / 1e6


def _print_row(row: Row) -> None:
    print(
        f"{row.entities:>9} {row.question:<22} {row.who:<12} {row.seconds * 1000:>11.3f} ms "
        f"{row.processor_seconds * 1000:>11.3f} ms processor  × {row.ratio:<8.1f} {row.answer}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
