"""What incremental validation stands on: chosen focus nodes, and what a triple can change."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Triple

from orthogramic.validation import compile_shapes
from orthogramic.validation.compiled import CompiledShapes, DependencyIndex, IndexedGraph
from orthogramic.validation.compiled.arrays import EMPTY
from tests.properties.validation.oracle import row
from tests.properties.validation.strategies import GRAPHS, STATEMENTS, VALUES, Term, shapes_graphs

Rows = dict[tuple[str, str], Counter[tuple[object, ...]]]


def by_root(compiled: CompiledShapes, data: list[Triple], focus: list[Term] | None = None) -> Rows:
    """Return the results of each shape for each of its targets."""
    evaluation = compiled.validate(IndexedGraph(data), focus)
    assume(not evaluation.remaining)
    found: Rows = defaultdict(Counter)
    for each in evaluation.findings:
        found[str(each.root_shape), str(each.root_node)][row(each)] += 1
    return found


@settings(deadline=None, max_examples=100)
@given(
    data=GRAPHS,
    shapes=shapes_graphs(),
    focus=st.lists(st.sampled_from(VALUES), max_size=4),
)
def test_chosen_focus_nodes_get_their_share_of_the_whole(
    data: list[Triple], shapes: list[Triple], focus: list[Term]
) -> None:
    compiled = compile_shapes(shapes)
    names = {str(each) for each in focus}
    whole = by_root(compiled, data)
    assert by_root(compiled, data, focus) == {
        key: found for key, found in whole.items() if key[1] in names
    }


@settings(deadline=None, max_examples=200)
@given(data=GRAPHS, shapes=shapes_graphs(), change=STATEMENTS)
def test_only_affected_nodes_get_other_results(
    data: list[Triple], shapes: list[Triple], change: Triple
) -> None:
    compiled = compile_shapes(shapes)
    without = [each for each in data if each != change]
    graphs = [without, [*without, change]]
    before, after = (by_root(compiled, each) for each in graphs)
    graph = IndexedGraph(graphs[1])
    affected = DependencyIndex(compiled.shapes).affected([change], graph)
    for shape in compiled.shapes:
        nodes = affected.get(shape, EMPTY)
        if nodes is not None:
            reached = {str(each) for each in graph.terms.terms(nodes)}
            odd = {
                node
                for name, node in before.keys() | after.keys()
                if name == str(shape.node) and before[name, node] != after[name, node]
            }
            assert odd <= reached
