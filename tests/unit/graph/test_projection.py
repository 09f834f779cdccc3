"""What becomes of particular records when they are projected."""

from __future__ import annotations

import networkx as nx
import pytest
from pyoxigraph import NamedNode

from orthogramic.errors import UnknownEntityError
from orthogramic.graph import (
    Direction,
    EntityGraph,
    EntityRecord,
    Relationship,
    project,
    to_networkx,
)
from orthogramic.metamodel import Flow, Modality
from tests.properties.analysis.harbours import (
    DATA,
    Rule,
    entity,
    link,
    links,
    metamodel,
    profile,
    records,
    term,
)


def graph_of(
    relationships: list[Relationship],
    names: str = "a b c",
    rules: dict[str, Rule] | None = None,
) -> EntityGraph:
    under = profile() if rules is None else profile(rules)
    return project(records(names), relationships, metamodel(), under)


def edges(graph: EntityGraph) -> list[tuple[str, str, float, int | None]]:
    view = to_networkx(graph)
    return [
        (subject.removeprefix(DATA), target.removeprefix(DATA), each["weight"], each["strength"])
        for subject, target, each in view.edges(data=True)
    ]


def test_an_inverse_is_the_same_edge_as_its_primary() -> None:
    assert edges(graph_of(links("a feeds b, b isFedBy a"))) == [("a", "b", 0.9, None)]


def test_an_edge_in_two_graphs_is_two_edges() -> None:
    told = [link("a", "feeds", "b", "g"), link("a", "feeds", "b", "h")]
    assert edges(graph_of(told)) == [("a", "b", 0.9, None), ("a", "b", 0.9, None)]


def test_a_symmetric_link_told_from_both_ends_is_one_edge() -> None:
    assert edges(graph_of(links("b borders a, a borders b"))) == [("a", "b", 0.5, None)]


def test_a_symmetric_link_told_from_one_end_keeps_its_direction() -> None:
    assert edges(graph_of(links("b borders a"))) == [("b", "a", 0.5, None)]


def test_a_profile_that_sees_a_symmetric_property_one_way_keeps_both_links() -> None:
    one_way = {"borders": (Flow.SUBJECT_TO_OBJECT, 0.5, Modality.CERTAIN)}
    told = graph_of(links("b borders a, a borders b"), rules=one_way)
    assert edges(told) == [("a", "b", 0.5, None), ("b", "a", 0.5, None)]


@pytest.mark.parametrize(
    ("strengths", "weight", "stated"),
    [
        ([], 0.9, None),
        ([None], 0.54, None),
        ([4], 0.72, 4),
        ([2, None, 4, 1], 0.72, 4),
        ([None, 1], 0.18, 1),
    ],
)
def test_the_greatest_stated_strength_of_an_edge_counts(
    strengths: list[int | None], weight: float, stated: int | None
) -> None:
    told = links("a feeds b") + [
        link("a", "feeds", "b", strength=each, qualified=True) for each in strengths
    ]
    assert edges(graph_of(told)) == [("a", "b", weight, stated)]


def test_a_qualified_relationship_may_speak_through_the_inverse() -> None:
    told = [*links("a feeds b"), link("b", "isFedBy", "a", strength=2)]
    assert edges(graph_of(told)) == [("a", "b", 0.36, 2)]


def test_the_profile_says_what_an_unassessed_strength_counts() -> None:
    told = [link("a", "feeds", "b", qualified=True)]
    graph = project(records("a b"), told, metamodel(), profile(default_strength=5))
    assert edges(graph) == [("a", "b", 0.9, None)]


def test_links_that_lead_out_of_the_graph_are_no_edges() -> None:
    strange = Relationship(entity("a"), NamedNode("urn:x:likes"), entity("b"), entity("g"))
    attribute = link("a", "code", "b")
    graph = graph_of([*links("a feeds nobody, ghost feeds b, a feeds b"), strange, attribute])
    assert edges(graph) == [("a", "b", 0.9, None)]


def test_entities_without_relationships_are_in_the_graph() -> None:
    assert set(to_networkx(graph_of([]))) == {DATA + "a", DATA + "b", DATA + "c"}


def test_nothing_makes_an_empty_graph() -> None:
    graph = project([], [], metamodel(), profile())
    assert tuple(graph.entities) == ()
    assert list(graph.lacking()) == []
    assert len(to_networkx(graph)) == 0


def test_an_entity_that_two_records_describe_has_the_classes_of_both() -> None:
    twice = [*records("a", "Harbour"), *records("a", "Boat"), EntityRecord(entity("a"), "Z", ())]
    graph = project(twice, [], metamodel(), profile())
    assert tuple(graph.labels) == ("A",)
    assert {each.value for each in graph.classifications[0].classes} == {
        term("Boat").value,
        term("Harbour").value,
    }


def test_an_entity_of_an_unknown_class_is_named_by_it() -> None:
    odd = [EntityRecord(entity("a"), "A", (NamedNode("urn:kind/Comet"),))]
    classless = [EntityRecord(entity("b"), "B", ())]
    graph = project(odd + classless, [], metamodel(), profile())
    assert [graph.classifications[each].name for each in graph.classification] == [
        "Comet",
        "entity",
    ]


def test_lacking_links_name_the_entity_and_the_shape() -> None:
    boats = records("x y", "Boat")
    told = links("a feeds b, a floods c, a moors x, b feeds x, b isFedBy y")
    graph = project(records("a b c") + boats, told, metamodel(), profile())
    lacking = [
        (iri.removeprefix(DATA), each.shape.name.removeprefix("Place-").removeprefix("Boat-"))
        for iri, each in graph.lacking()
    ]
    # a feeds b and c; b feeds x only; y feeds b, but nobody feeds or moors y.
    assert lacking == [("b", "feeds"), ("c", "feeds"), ("y", "isFedBy"), ("y", "isMooredAt")]


def test_a_value_in_two_graphs_is_one_value() -> None:
    told = [link("a", "feeds", "b", "g"), link("a", "feeds", "b", "h")]
    graph = graph_of(told, names="a b")
    assert (DATA + "a") in {iri for iri, _ in graph.lacking()}


def test_an_unknown_entity_has_no_number() -> None:
    with pytest.raises(UnknownEntityError, match="id/ghost"):
        graph_of([]).number(entity("ghost"))


def test_the_view_carries_labels_classes_and_provenance() -> None:
    view = to_networkx(graph_of(links("a feeds b")))
    assert isinstance(view, nx.MultiDiGraph)
    assert view.nodes[DATA + "a"] == {"label": "A", "classes": (term("Place").value,)}
    ((*_, facts),) = view.edges(data=True)
    assert facts == {
        "property": term("feeds").value,
        "graph": DATA + "g",
        "flow": "subject-to-object",
        "weight": 0.9,
        "modality": "certain",
        "qualified": False,
        "strength": None,
    }


def test_directions_are_each_other_reversed() -> None:
    assert Direction.IMPACT.reversed() is Direction.DEPENDENCIES
    assert Direction.DEPENDENCIES.reversed() is Direction.IMPACT


def test_a_graph_introduces_itself_briefly() -> None:
    assert repr(graph_of(links("a feeds b"))) == (
        "<EntityGraph of 3 entities and 1 edges under https://example.org/profile/test>"
    )
