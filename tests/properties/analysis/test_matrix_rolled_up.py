"""Rolled-up matrices against brute force over the matrix of single entities."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from orthogramic.analysis import CellKind, Matrix, MatrixQuestion, RollUp, Side, fill_matrix
from tests.properties.analysis.harbours import CLASSES, entity, metamodel, term
from tests.properties.analysis.strategies import World, hop_limits, worlds

PARENT, CHILD = "feeds", "isFedBy"
Up = tuple[str, int] | None


def parents(world: World, name: str) -> nx.DiGraph[str]:
    """Return child to parent, where the child feeds its parent or is fed by it."""
    tree: nx.DiGraph[str] = nx.DiGraph()
    for each in world.relationships:
        told = each.property.value.rpartition("#")[2]
        if told not in ("feeds", "floods", "isFedBy", "isFloodedBy"):
            continue
        ends = each.subject.value, each.object.value
        if told.startswith("is"):
            ends = ends[::-1]
        if name == CHILD:
            ends = ends[::-1]
        if ends[0] != ends[1]:
            tree.add_edge(*ends)
    return tree


def heads(world: World, members: list[str], up: Up) -> dict[str, set[str]]:
    """Find the groups of each member: by shortest ways down from what has no parent."""
    if up is None:
        return {each: {each} for each in members}
    whole, level = parents(world, up[0]), up[1]
    whole.add_nodes_from(members)
    above = {node for each in members for node in (each, *nx.descendants(whole, each))}
    tree = whole.subgraph(above)
    tops = [each for each in tree if tree.out_degree(each) == 0]
    lengths = nx.multi_source_dijkstra_path_length(tree.reverse(), set(tops)) if tops else {}
    levels = {each: int(found) + 1 for each, found in lengths.items()}
    found = {}
    for each in members:
        if levels.get(each, 0) <= level:
            found[each] = {each}
            continue
        deep = tree.subgraph(n for n in tree if levels.get(n, 0) >= level)
        way = deep.edge_subgraph([e for e in deep.edges if levels[e[0]] > level])
        found[each] = {n for n in nx.descendants(way, each) if levels[n] == level}
    return found


def side(name: str, up: Up) -> Side:
    return Side(term(name), roll_up=RollUp((term(up[0]),), up[1]) if up else None)


def cells(answer: Matrix) -> dict[tuple[str, str], tuple[float, int, bool]]:
    return {
        (answer.rows[each.row].iri, answer.columns[each.column].iri): (
            each.value, each.hops, each.at_least,
        )
        for each in answer.cells
    }  # fmt: skip


UPS = st.one_of(st.none(), st.tuples(st.sampled_from([PARENT, CHILD]), st.integers(1, 3)))
NAMES = st.sampled_from(CLASSES)
KINDS = st.sampled_from([CellKind.SCORE, CellKind.PATHS])


@given(worlds(), NAMES, NAMES, UPS, UPS, KINDS, hop_limits())
def test_a_cell_is_made_of_all_pairs(
    world: World, rows: str, columns: str, up: Up, across: Up, kind: CellKind, limit: int | None
) -> None:
    graph = world.graph()
    alone = MatrixQuestion(side(rows, None), side(columns, None), cell=kind, max_hops=limit)
    single = fill_matrix(graph, metamodel(), alone)
    rolled = MatrixQuestion(side(rows, up), side(columns, across), cell=kind, max_hops=limit)
    answer = fill_matrix(graph, metamodel(), rolled)
    row_heads = heads(world, [each.iri for each in single.rows], up)
    column_heads = heads(world, [each.iri for each in single.columns], across)
    pairs = defaultdict(list)
    for (row, column), found in cells(single).items():
        for head in row_heads[row]:
            for other in column_heads[column]:
                pairs[head, other].append(found)
    assert cells(answer) == {
        ends: (
            max(value for value, _, _ in found)
            if kind is CellKind.SCORE
            else sum(value for value, _, _ in found),
            min(hops for _, hops, _ in found),
            any(at_least for _, _, at_least in found),
        )
        for ends, found in pairs.items()
    }
    assert {each.iri for each in answer.rows} == {h for f in row_heads.values() for h in f}
    assert answer.rolled_up == (up is not None or across is not None)


def test_what_goes_round_stands_for_itself() -> None:
    from orthogramic.graph import project  # noqa: PLC0415 - one test needs it
    from tests.properties.analysis.harbours import links, profile, records  # noqa: PLC0415

    graph = project(records("a b c"), links("a feeds b, b feeds a"), metamodel(), profile())
    answer = fill_matrix(
        graph,
        metamodel(),
        MatrixQuestion(side("Place", ("feeds", 1)), Side(entities=(entity("c"),))),
    )
    assert [each.label for each in answer.rows] == ["A", "B", "C"]
    assert any(each.endswith("so they stand for themselves: A, B.") for each in answer.notes)
