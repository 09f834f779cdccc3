"""The values of many nodes under a path at once (SHACL, section 2.3.1; SPARQL 1.1, section 9)."""

from __future__ import annotations

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.validation.compiled.arrays import (
    EMPTY,
    Numbers,
    Pairs,
    among,
    distinct,
    distinct_pairs,
    followed,
    packed,
    unpacked,
)
from orthogramic.validation.compiled.data_graph import DataGraph
from orthogramic.validation.paths import Path, PathExpression, PathKind


def path_values(graph: DataGraph, path: Path, nodes: Numbers, *, inverse: bool = False) -> Pairs:
    """Return the values of nodes under a path.

    :param graph: the data.
    :param path: the path.
    :param nodes: numbers of nodes, in any order.
    :param inverse: whether to go the path from its end to its beginning.
    :returns: row of the node and number of the value, each pair once, sorted by row and value.
    """
    if isinstance(path, NamedNode):
        predicate = graph.terms.number(path)
        pairs = graph.subjects(predicate, nodes) if inverse else graph.objects(predicate, nodes)
        return distinct_pairs(pairs)
    if path.kind is PathKind.INVERSE:
        return path_values(graph, path.parts[0], nodes, inverse=not inverse)
    if path.kind is PathKind.SEQUENCE:
        return _sequence(graph, path, nodes, inverse)
    if path.kind is PathKind.ALTERNATIVE:
        found = [path_values(graph, part, nodes, inverse=inverse) for part in path.parts]
        return _union(found)
    step = path.parts[0]
    if path.kind is PathKind.ZERO_OR_ONE:
        return _union([_itself(nodes), path_values(graph, step, nodes, inverse=inverse)])
    if path.kind is PathKind.ZERO_OR_MORE:
        return _closure(graph, step, _itself(nodes), inverse)
    return _closure(graph, step, path_values(graph, step, nodes, inverse=inverse), inverse)


def _itself(nodes: Numbers) -> Pairs:
    return np.arange(len(nodes)), nodes


def _union(found: list[Pairs]) -> Pairs:
    rows, values = zip(*found, strict=True)
    return distinct_pairs((np.concatenate(rows), np.concatenate(values)))


def _step(graph: DataGraph, path: Path, pairs: Pairs, inverse: bool) -> Pairs:
    """Go one path further from the values of pairs, each value looked up once."""
    if not len(pairs[0]):
        return EMPTY, EMPTY
    sources = distinct(pairs[1])
    return followed(pairs, (sources, path_values(graph, path, sources, inverse=inverse)))


def _sequence(graph: DataGraph, path: PathExpression, nodes: Numbers, inverse: bool) -> Pairs:
    first, *rest = reversed(path.parts) if inverse else path.parts
    pairs = path_values(graph, first, nodes, inverse=inverse)
    for part in rest:
        pairs = _step(graph, part, pairs, inverse)
    return pairs


def _closure(graph: DataGraph, path: Path, start: Pairs, inverse: bool) -> Pairs:
    """Add what can be reached by any number of steps; each pair is gone on from once."""
    reached = distinct(packed(start))
    frontier = reached
    while len(frontier):
        next_pairs = packed(_step(graph, path, unpacked(frontier), inverse))
        frontier = next_pairs[~among(next_pairs, reached)]
        reached = distinct(np.concatenate([reached, frontier]))
    return unpacked(reached)
