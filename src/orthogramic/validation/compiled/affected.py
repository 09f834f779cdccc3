"""For which focus nodes changed triples can change what shapes say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.validation.compiled.arrays import Numbers, distinct
from orthogramic.validation.compiled.data_graph import DataGraph
from orthogramic.validation.compiled.dependencies import Dependency, TargetDependency
from orthogramic.validation.compiled.path_values import path_values
from orthogramic.validation.compiled.plan import Shape
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path

#: For each affected shape the numbers of nodes to judge anew, ascending; ``None`` if it is any.
Affected: TypeAlias = Mapping[Shape, Numbers | None]

#: How one gets from a node to a changed triple, and whether to its object; ``None`` at once.
_Way: TypeAlias = tuple[Path | None, bool]


class DependencyIndex:
    """Which shapes hang on triples of which predicate, and how far away from the triple.

    :param shapes: shapes that have targets.
    """

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._ways: dict[NamedNode | None, dict[_Way, list[Shape]]] = {}
        self._everywhere: dict[NamedNode | None, list[Shape]] = {}
        for shape in shapes:
            hangs_on: list[Dependency | TargetDependency] = [
                *shape.dependencies(),
                *shape.targets.dependencies(),
            ]
            for each in hangs_on:
                if each.everywhere:
                    _note(self._everywhere.setdefault(each.predicate, []), shape)
                    continue
                way = each.way if isinstance(each, Dependency) else None
                hanging = self._ways.setdefault(each.predicate, {})
                _note(hanging.setdefault((way, each.of_object), []), shape)

    def affected(self, triples: Iterable[Triple], graph: DataGraph) -> Affected:
        """Return the nodes for which shapes must be judged anew when triples come or go.

        A way to a triple may be there only before a change or only after it, so the graph that
        is asked holds what is there before and what is there after.

        :param triples: the triples that come or go.
        :param graph: the data before the change and what comes.
        """
        changed: dict[NamedNode, list[Triple]] = defaultdict(list)
        for each in triples:
            changed[each.predicate].append(each)
        found: dict[Shape, list[Numbers] | None] = {}
        for predicate, those in changed.items():
            for key in (predicate, None):
                for shape in self._everywhere.get(key, ()):
                    found[shape] = None
                for way, shapes in self._ways.get(key, {}).items():
                    nodes = _nodes_before(way, those, graph)
                    for shape in shapes if len(nodes) else ():
                        columns = found.setdefault(shape, [])
                        if columns is not None:
                            columns.append(nodes)
        return {
            shape: None if columns is None else distinct(np.concatenate(columns))
            for shape, columns in found.items()
        }


def _note(shapes: list[Shape], shape: Shape) -> None:
    if not shapes or shapes[-1] is not shape:
        shapes.append(shape)


def _nodes_before(way: _Way, triples: Iterable[Triple], graph: DataGraph) -> Numbers:
    """Return the nodes from which a way leads to one of the triples."""
    path, to_object = way
    ends = {_node(each.object if to_object else each.subject) for each in triples}
    column = distinct(graph.terms.column(ends))
    return column if path is None else distinct(path_values(graph, path, column, inverse=True)[1])


def _node(term: Node | Triple) -> Node:
    if not isinstance(term, NamedNode | BlankNode | Literal):
        raise TypeError(f"{term} is a triple term")
    return term
