"""CLEAR, DROP, CREATE, ADD, MOVE and COPY (SPARQL 1.1 Update, section 3.2).

They never reach a system graph, except that one may be the source of ADD and COPY. ``DEFAULT`` is
the unnamed graph, ``NAMED`` every other graph of data. ``SILENT`` forgives what is not there, or is
there already; it does not let anybody into a system graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import UnknownGraphError, WriteRefusedError
from orthogramic.repository.updating.net_change import NetChange
from orthogramic.syntax.sparql_operation import Operation

#: How many quads went, and how many came.
Counts: TypeAlias = tuple[int, int]


def carry_out(
    operation: Operation, change: NetChange, names: Mapping[str, NamedNode], unnamed: NamedNode
) -> Counts:
    """Carry out an operation on whole graphs.

    :param names: the IRIs of the graphs that it names.
    :param unnamed: the graph that ``DEFAULT`` means.
    :returns: how many quads went, and how many came.
    :raises UnknownGraphError: if a graph is not there, and the operation is not silent.
    :raises WriteRefusedError: if a graph to create is there, likewise.
    :raises ProtectedGraphError: if it would change a system graph.
    """
    graphs = [unnamed if each == "DEFAULT" else names.get(each) for each in operation.graphs]
    if operation.kind == "create":
        return _create(graphs[0], change, operation.silent)
    if operation.kind in {"clear", "drop"}:
        return _empty(operation, graphs[0], change, unnamed)
    source, target = graphs
    assert source is not None
    assert target is not None
    return _transfer(operation, source, target, change)


def _create(graph: NamedNode | None, change: NetChange, silent: bool) -> Counts:
    assert graph is not None
    change.guard(graph)
    if not silent and change.exists(graph):
        raise WriteRefusedError(f"The graph {graph} is there already; nothing was changed.")
    change.make(graph)
    return 0, 0


def _empty(
    operation: Operation, graph: NamedNode | None, change: NetChange, unnamed: NamedNode
) -> Counts:
    if graph is not None:
        change.guard(graph)
        if not operation.silent:
            _expect(graph, change)
        graphs = [graph]
    else:
        kept = unnamed if operation.graphs[0] == "NAMED" else None
        graphs = [each for each in change.data_graphs() if each != kept]
    removed = 0
    for each in graphs:
        removed += change.apply(change.quads(each))[0]
        if operation.kind == "drop":
            change.unmake(each)
    return removed, 0


def _transfer(
    operation: Operation, source: NamedNode, target: NamedNode, change: NetChange
) -> Counts:
    moving = operation.kind == "move"
    change.guard(target)
    if moving:
        change.guard(source)
    if not change.exists(source):
        if not operation.silent:
            _expect(source, change)
        return 0, 0
    if source == target:
        return 0, 0
    # What is in both is neither removed nor added.
    leaving = (
        each
        for each in change.quads(target)
        if operation.kind != "add" and not change.has(_in(each, source))
    )
    removed, _ = change.apply(leaving)
    _, added = change.apply((), (_in(each, target) for each in change.quads(source)))
    if moving:
        removed += change.apply(change.quads(source))[0]
        change.unmake(source)
    change.make(target)
    return removed, added


def _in(quad: Quad, graph: NamedNode) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _expect(graph: NamedNode, change: NetChange) -> None:
    if not change.exists(graph):
        raise UnknownGraphError(
            f"There is no graph <{graph.value}>, so nothing was changed. With SILENT, a graph that "
            "is not there is no fault."
        )
