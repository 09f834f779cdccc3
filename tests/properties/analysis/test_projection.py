"""The NetworkX view shows exactly the edges that the records assert."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from orthogramic.graph import to_networkx
from orthogramic.metamodel import Modality
from tests.properties.analysis.harbours import TERMS
from tests.properties.analysis.oracle import edges_of
from tests.properties.analysis.strategies import World, worlds


@given(worlds())
def test_there_is_one_edge_for_each_asserted_relationship(world: World) -> None:
    view = to_networkx(world.graph())
    expected = edges_of(world.relationships, world.rules)
    found = {
        (subject, facts["property"], target, facts["graph"]): facts
        for subject, target, facts in view.edges(data=True)
    }
    assert found.keys() == expected.keys()
    assert view.number_of_edges() == len(expected)
    for edge, share in expected.items():
        rule = world.rules.get(edge[1].removeprefix(TERMS))
        facts = found[edge]
        assert facts["weight"] == (float(share * Fraction(str(rule[1]))) if rule else 0.0)
        assert facts["flow"] == (rule[0] if rule else "none")
        assert facts["modality"] == (rule[2] if rule else Modality.POSSIBLE)
    assert set(view) == {each.iri.value for each in world.records}
