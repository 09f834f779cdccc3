"""Other graph libraries, asked the same questions of the same admissible steps.

They get what our engine works out by itself: one weight for each pair of entities (the greatest of
parallel steps), direction and modality applied. A library that is not installed is left out.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orthogramic.graph.arrays import Numbers

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """Admissible steps, one for each pair of entities; ``cost`` is the negative logarithm."""

    size: int
    tail: Numbers
    head: Numbers
    cost: Scores


@dataclass(frozen=True)
class Peer:
    """What one library is asked; ``None`` where it has no such call.

    :param reach: how many entities a source reaches.
    :param scores: score of every entity, 0 where nothing leads.
    :param paths: as ``scores``, but every path is built; how many there are.
    :param pairs: how many pairs some sources reach within so many steps.
    :param best: scores of the k best loopless paths.
    """

    name: str
    reach: Callable[[int], int]
    scores: Callable[[int], Scores]
    paths: Callable[[int], int] | None
    pairs: Callable[[list[int], int], int] | None
    best: Callable[[int, int, int], list[float]] | None


def peers(steps: Steps, wanted: list[str]) -> list[Peer]:
    """Return the libraries that are wanted and installed, each with the graph in its own form."""
    made = []
    for name in wanted:
        try:
            made.append(_MAKERS[name](steps))
        except ImportError:
            print(f"{name} is not installed and left out")
    return made


def _networkx(steps: Steps) -> Peer:
    nx: Any = importlib.import_module("networkx")
    graph = nx.DiGraph()
    graph.add_nodes_from(range(steps.size))
    columns = (steps.tail.tolist(), steps.head.tolist(), steps.cost.tolist())
    graph.add_weighted_edges_from(zip(*columns, strict=True))

    def scores(source: int) -> Scores:
        return _scores(steps.size, nx.single_source_dijkstra_path_length(graph, source))

    def pairs(sources: list[int], hops: int) -> int:
        lengths = (nx.single_source_shortest_path_length(graph, each, hops) for each in sources)
        return sum(len(each) - 1 for each in lengths)

    return Peer(
        "networkx",
        lambda source: len(nx.descendants(graph, source)),
        scores,
        lambda source: len(nx.single_source_dijkstra_path(graph, source)) - 1,
        pairs,
        None,
    )


def _rustworkx(steps: Steps) -> Peer:
    rx: Any = importlib.import_module("rustworkx")
    graph = rx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(steps.size))
    columns = (steps.tail.tolist(), steps.head.tolist(), steps.cost.tolist())
    graph.add_edges_from(list(zip(*columns, strict=True)))

    def scores(source: int) -> Scores:
        found = rx.dijkstra_shortest_path_lengths(graph, source, float)
        return _scores(steps.size, dict(found.items()), source)

    return Peer(
        "rustworkx",
        lambda source: len(rx.descendants(graph, source)),
        scores,
        lambda source: len(rx.dijkstra_shortest_paths(graph, source, weight_fn=float)),
        None,
        None,
    )


def _igraph(steps: Steps) -> Peer:
    ig: Any = importlib.import_module("igraph")
    graph = ig.Graph(n=steps.size, edges=np.stack([steps.tail, steps.head], axis=1), directed=True)
    graph.es["cost"] = steps.cost

    def best(source: int, target: int, k: int) -> list[float]:
        found = graph.get_k_shortest_paths(source, target, k, weights="cost", output="epath")
        return [float(np.exp(-steps.cost[each].sum())) for each in found]

    def paths(source: int) -> int:
        found = graph.get_shortest_paths(source, weights="cost", output="epath")
        return sum(1 for each in found if each)

    def pairs(sources: list[int], hops: int) -> int:
        found = graph.neighborhood_size(sources, order=hops, mode="out", mindist=1)
        return int(sum(found))

    return Peer(
        "igraph",
        lambda source: len(graph.subcomponent(source, mode="out")) - 1,
        lambda source: np.exp(-np.array(graph.distances(source, weights="cost")[0])),
        paths,
        pairs,
        best,
    )


def _scipy(steps: Steps) -> Peer:
    sparse: Any = importlib.import_module("scipy.sparse")
    csgraph: Any = importlib.import_module("scipy.sparse.csgraph")
    # A stored zero is no step to scipy.
    cost = np.maximum(steps.cost, 1e-13)
    shape = (steps.size, steps.size)
    matrix = sparse.csr_matrix((cost, (steps.tail, steps.head)), shape=shape)

    def reach(source: int) -> int:
        return len(csgraph.breadth_first_order(matrix, source, return_predecessors=False)) - 1

    def best(source: int, target: int, k: int) -> list[float]:
        found = csgraph.yen(matrix, source, target, k)
        return [float(each) for each in np.exp(-found)]

    def paths(source: int) -> int:
        found, _ = csgraph.dijkstra(matrix, indices=source, return_predecessors=True)
        return int(np.isfinite(found).sum()) - 1

    return Peer(
        "scipy",
        reach,
        lambda source: np.exp(-csgraph.dijkstra(matrix, indices=source)),
        paths,
        None,
        best if hasattr(csgraph, "yen") else None,
    )


def _scores(size: int, costs: dict[int, float], source: int | None = None) -> Scores:
    found = np.zeros(size)
    found[list(costs)] = np.exp(-np.array(list(costs.values())))
    if source is not None:
        found[source] = 1.0
    return found


_MAKERS: dict[str, Callable[[Steps], Peer]] = {
    "networkx": _networkx,
    "rustworkx": _rustworkx,
    "igraph": _igraph,
    "scipy": _scipy,
}
PEERS = tuple(_MAKERS)
