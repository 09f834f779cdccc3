"""For which focus nodes a changed triple can change what a shape says."""

from __future__ import annotations

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.validation.compiled.arrays import Numbers, distinct
from orthogramic.validation.compiled.data_graph import DataGraph
from orthogramic.validation.compiled.dependencies import Dependency, TargetDependency
from orthogramic.validation.compiled.path_values import path_values
from orthogramic.validation.compiled.plan import Shape
from orthogramic.validation.graph_index import Node


def affected(shape: Shape, triple: Triple, graph: DataGraph) -> Numbers | None:
    """Return the nodes for which a shape must be judged again when a triple comes or goes.

    A way to the triple may be there only before a change or only after it, so a caller asks with
    the data before and with the data after, and judges the nodes of both answers.

    :param shape: a shape with targets.
    :param triple: the triple that came or went.
    :param graph: the data before or after.
    :returns: numbers of nodes, ascending, targets or not; ``None`` if it may be any node.
    """
    number = graph.terms.number
    found: list[Numbers] = [np.zeros(0, np.int64)]
    dependencies: list[Dependency | TargetDependency] = [
        *shape.dependencies(),
        *shape.targets.dependencies(),
    ]
    for each in dependencies:
        if each.predicate not in (None, triple.predicate):
            continue
        if each.everywhere:
            return None
        end = np.array([number(_node(triple.object if each.of_object else triple.subject))])
        way = each.way if isinstance(each, Dependency) else None
        found.append(end if way is None else path_values(graph, way, end, inverse=True)[1])
    return distinct(np.concatenate(found))


def _node(term: Node | Triple) -> Node:
    if not isinstance(term, NamedNode | BlankNode | Literal):
        raise TypeError(f"{term} is a triple term")
    return term
