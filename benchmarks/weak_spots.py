"""Weak spots beside other graph libraries, on generated graphs; answers checked equal.

``python -m benchmarks.weak_spots --entities 10000 100000``. All libraries get the same simple
graph of admissible steps. A library that is not installed is left out; exact betweenness is asked
only of graphs of at most ``--exact`` entities, and NetworkX only of graphs of at most
``--networkx``.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np

from benchmarks.impact_models import Model
from benchmarks.machine import machine_line
from orthogramic.analysis import weak_spots as ours
from orthogramic.analysis.weak_spots import FlowGraph
from orthogramic.graph import Direction

Answer = TypeVar("Answer")
#: By the name of a question: gives what is compared.
Questions = Mapping[str, Callable[[], Any]]

SAMPLES = 2000
_ENDS = 20
_EQUAL = 1e-6
LIBRARIES = ("networkx", "rustworkx", "igraph")


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peers", nargs="*", choices=LIBRARIES, default=list(LIBRARIES))
    parser.add_argument("--exact", type=int, default=5000)
    parser.add_argument("--networkx", type=int, default=100_000)
    options = parser.parse_args(arguments)
    print(machine_line())
    for entities in options.entities:
        _measure(entities, options)


def _measure(entities: int, options: argparse.Namespace) -> None:
    graph = Model(entities, options.seed).graph()
    steps = ours.steps_of(graph, Direction.DEPENDENCIES)
    flow = _told("flow graph", "orthogramic", lambda: ours.whole_flow(steps), entities)
    draw = np.random.default_rng(0).choice(flow.size, 2 * _ENDS, replace=False)
    ends = np.sort(draw[:_ENDS]), np.sort(draw[_ENDS:])
    exact = entities <= options.exact
    found = {
        name: _told(name, "orthogramic", ask, entities)
        for name, ask in _ours(flow, steps, ends, exact).items()
    }
    for library in options.peers:
        if library == "networkx" and entities > options.networkx:
            continue
        try:
            asked = _PEERS[library](flow, ends, exact)
        except ImportError:
            print(f"{library} is not installed and left out")
            continue
        for name, ask in asked.items():
            other = _told(name, library, ask, entities)
            assert np.allclose(other, found[name], rtol=0, atol=_EQUAL), (library, name)


def _ours(flow: FlowGraph, steps: ours.Steps, ends: Any, exact: bool) -> dict[str, Any]:
    asked: dict[str, Callable[[], Any]] = {
        "dominators": lambda: int((ours.dominator_tree(flow, ends[0]).immediate >= 0).sum()),
        "least cut": lambda: _cut_size(steps, flow, ends),
        "articulation points": lambda: len(ours.articulation_points(flow).places),
        "strong groups": lambda: len(ours.strongly_connected_groups(flow)),
        "PageRank": lambda: ours.page_rank(flow).values,
        f"{SAMPLES} samples": lambda: round(ours.estimated_betweenness(flow, SAMPLES).error, 4),
    }
    return {**asked, "betweenness": lambda: ours.betweenness(flow)} if exact else asked


def _cut_size(steps: ours.Steps, flow: FlowGraph, ends: Any) -> int:
    between = ours.flow_between(steps, flow.entity[ends[0]], flow.entity[ends[1]])
    sources, targets = (between.places(flow.entity[each]) for each in ends)
    cut = ours.minimum_cut(between, sources, targets, np.ones(between.size, np.bool_))
    return -1 if cut.places is None else len(cut.places)


def _networkx(flow: FlowGraph, ends: Any, exact: bool) -> Questions:
    nx: Any = importlib.import_module("networkx")
    graph = nx.DiGraph()
    graph.add_nodes_from(range(flow.size))
    graph.add_edges_from(_pairs(flow))
    undirected = graph.to_undirected()
    rooted = graph.copy()
    rooted.add_edges_from((-1, each) for each in ends[0].tolist())

    def dominated() -> int:
        return sum(1 for each, by in nx.immediate_dominators(rooted, -1).items() if -1 < by != each)

    def ranks() -> list[float]:
        found = nx.pagerank(graph, tol=1e-12, max_iter=1000)
        return [found[each] for each in range(flow.size)]

    def groups() -> int:
        return sum(1 for each in nx.strongly_connected_components(graph) if len(each) > 1)

    return {
        "dominators": dominated,
        "articulation points": lambda: sum(1 for _ in nx.articulation_points(undirected)),
        "strong groups": groups,
        "PageRank": ranks,
    }


def _rustworkx(flow: FlowGraph, _ends: Any, exact: bool) -> Questions:
    rx: Any = importlib.import_module("rustworkx")
    graph = rx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(flow.size))
    graph.add_edges_from_no_data(list(_pairs(flow)))
    undirected = graph.to_undirected(multigraph=False)

    def ranks() -> list[float]:
        found = rx.pagerank(graph, tol=1e-12, max_iter=1000)
        return [found[each] for each in range(flow.size)]

    def between() -> list[float]:
        found = rx.betweenness_centrality(graph)
        return [found[each] for each in range(flow.size)]

    def groups() -> int:
        return sum(1 for each in rx.strongly_connected_components(graph) if len(each) > 1)

    asked: Questions = {
        "articulation points": lambda: len(rx.articulation_points(undirected)),
        "strong groups": groups,
        "PageRank": ranks,
    }
    return {**asked, "betweenness": between} if exact else asked


def _igraph(flow: FlowGraph, ends: Any, exact: bool) -> Questions:
    ig: Any = importlib.import_module("igraph")
    edges = np.stack([flow.tail, flow.head], axis=1)
    graph = ig.Graph(n=flow.size, edges=edges, directed=True)
    root = flow.size
    rooting = np.stack([np.full(len(ends[0]), root), ends[0]], axis=1)
    rooted = ig.Graph(n=root + 1, edges=np.concatenate([edges, rooting]), directed=True)
    undirected = graph.as_undirected()
    pairs = (flow.size - 1) * (flow.size - 2)

    def dominated() -> int:
        return sum(1 for each in rooted.dominator(root) if 0 <= each < root)

    asked: dict[str, Callable[[], Any]] = {
        "dominators": dominated,
        "least cut": lambda: _contracted(ig, flow, ends),
        "articulation points": lambda: len(undirected.articulation_points()),
        "strong groups": lambda: sum(
            1 for each in graph.connected_components().sizes() if each > 1
        ),
        "PageRank": graph.pagerank,
    }
    return (
        {**asked, "betweenness": lambda: np.array(graph.betweenness()) / pairs} if exact else asked
    )


def _contracted(ig: Any, flow: FlowGraph, ends: Any) -> int:
    """Ask for the least cut between one source and one target, the sets drawn together."""
    place = np.arange(flow.size)
    place[ends[0]], place[ends[1]] = flow.size, flow.size + 1
    tail, head = place[flow.tail], place[flow.head]
    kept = (tail != head) & ~((tail == flow.size) & (head == flow.size + 1))
    edges = np.unique(np.stack([tail[kept], head[kept]], axis=1), axis=0)
    graph = ig.Graph(n=flow.size + 2, edges=edges, directed=True)
    return int(graph.vertex_connectivity(flow.size, flow.size + 1, neighbors="ignore"))


def _pairs(flow: FlowGraph) -> Iterator[tuple[int, int]]:
    return zip(flow.tail.tolist(), flow.head.tolist(), strict=True)


def _told(question: str, who: str, ask: Callable[[], Answer], entities: int) -> Answer:
    """Ask once and print what it took, in seconds of a clock and of a processor."""
    clock, processor = time.perf_counter(), time.process_time()
    answer = ask()
    used = time.process_time() - processor
    passed = time.perf_counter() - clock
    label = "" if isinstance(answer, list | np.ndarray | FlowGraph) else str(answer)
    cost = f"{passed:>9.3f} s {used:>9.3f} s processor"
    print(f"{entities:>9} {question:<20} {who:<12} {cost}  {label}", flush=True)
    return answer


_PEERS: dict[str, Callable[[FlowGraph, Any, bool], Questions]] = {
    "networkx": _networkx,
    "rustworkx": _rustworkx,
    "igraph": _igraph,
}


if __name__ == "__main__":
    main(sys.argv[1:])
