"""The view of one entity: attributes, structures and links, in the order and words of shapes."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import Mock

import pytest

import orthogramic
from orthogramic import Repository
from tests.conftest import TOY

PREFIXES = """
@prefix bee: <https://bees.example/terms#> .
@prefix kr: <https://orthogramic.com/repository#> .
"""

MORE = f"""{PREFIXES}
@prefix h: <https://bees.example/id/Hive/H-3/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://bees.example/a> {{
  <https://bees.example/id/Hive/H-3> bee:hasWeighing h:w1, h:w2, h:w10, h:last ;
    bee:temper "lively" ; bee:heard "a rumour", 7, "Gerücht"@de ;
    bee:told <https://bees.example/id/Keeper/ada> ;
    bee:foragesAt <https://bees.example/id/Meadow/gone>, <https://bees.example/id/Meadow/hill> .
  h:w1 a bee:Weighing ; kr:position 1 ; bee:kilograms 1.0 .
  h:w2 a bee:Weighing ; kr:position 2 ; bee:kilograms 2.5 .
  h:w10 a bee:Weighing ; kr:position 10 .
  h:last a bee:Weighing ; kr:position "somewhere" .
  <https://bees.example/q> a kr:QualifiedRelationship ;
    kr:source <https://bees.example/id/Hive/H-3> ;
    kr:property bee:foragesAt ; kr:target <https://bees.example/id/Meadow/hill> ;
    kr:strength "strong" ; bee:heard "by night" .
  <https://bees.example/half> a kr:QualifiedRelationship ;
    kr:source <https://bees.example/id/Hive/H-3> ; kr:property "foragesAt" ; kr:target 7 .
}}
<https://bees.example/b> {{
  <https://bees.example/id/Hive/H-3> bee:hasWeighing h:w1 ; bee:temper "lively" ;
    bee:foragesAt <https://bees.example/id/Meadow/hill> .
}}
"""


@pytest.fixture(scope="module")
def repository() -> Iterator[Repository]:
    with orthogramic.open_memory(bundle=[TOY]) as opened:
        opened.load([TOY / "data"])
        opened.load_bytes(MORE.encode(), syntax="trig", gate=False)
        yield opened


def test_attributes_come_in_the_order_of_shapes(toy: Repository) -> None:
    view = toy.entity("Old Willow")
    assert [(each.label, [v.value for v in each.values]) for each in view.attributes] == [
        ("hive code", ["H-1"]),
        ("caption", ["Old Willow"]),
        ("temper", ["gentle"]),
    ]
    assert view.attributes[0].description == "The number burned into the wood."
    assert view.graphs == ("https://bees.example/year",)
    assert view.classes == ("https://bees.example/terms#Hive",)


def test_a_structure_has_the_words_of_its_shape(toy: Repository) -> None:
    (weighing,) = toy.entity("Old Willow").structures
    assert (weighing.property_label, weighing.class_name) == ("weighings", "Weighing")
    (kilograms,) = weighing.attributes
    assert (kilograms.label, [each.value for each in kilograms.values]) == ("kilograms", ["41.5"])


def test_structures_come_once_and_by_position(repository: Repository) -> None:
    """Where two graphs state one, and where the position is no number."""
    structures = repository.entity("Lonely").structures
    assert [each.iri.rsplit("/", 1)[1] for each in structures] == ["w1", "w2", "w10", "last"]


def test_links_have_verbs_strengths_and_facts(toy: Repository) -> None:
    young = toy.entity("Young Willow")
    links = [
        (each.verb, each.entity.label, each.strength, each.qualified) for each in young.outgoing
    ]
    assert links == [("forages at", "Brook", 5, True), ("forages at", "Hill", None, False)]
    (incoming,) = young.incoming
    assert (incoming.verb, incoming.forward, incoming.entity.label) == (
        "is minded by",
        False,
        "Ada",
    )
    brook = toy.entity("Brook")
    assert [(each.verb, each.entity.label, each.strength) for each in brook.incoming] == [
        ("feeds", "Old Willow", None),
        ("feeds", "Young Willow", 5),
    ]
    assert [each.verb for each in toy.entity("Hill").incoming] == ["borders", "feeds"]


def test_a_link_has_one_row_for_each_graph_and_facts_of_its_own(repository: Repository) -> None:
    hill = [each for each in repository.entity("Lonely").outgoing if each.entity.label == "Hill"]
    assert [(each.graph[-1], each.qualified, each.strength) for each in hill] == [
        ("a", True, None),
        ("b", False, None),
    ]
    (fact,) = hill[0].facts
    assert [each.value for each in fact.values] == ["by night"]


def test_the_cost_of_a_view_grows_with_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub with a thousand qualified links must not look each of them up a thousand times."""

    def lookups(links: int) -> int:
        text = "".join(
            f"<urn:q{each}> a kr:QualifiedRelationship ; kr:source <urn:h> ; kr:strength 3 ;"
            f" kr:property bee:foragesAt ; kr:target <urn:m{each}> ."
            for each in range(links)
        )
        with orthogramic.open_memory(bundle=[TOY]) as hub:
            hub.load_bytes(
                f"{PREFIXES} <urn:h> a bee:Hive . {text}".encode(), syntax="turtle", gate=False
            )
            quads = Mock(wraps=hub._knowledge.store.quads)
            monkeypatch.setattr(hub._knowledge.store, "quads", quads)
            view = hub.entity("urn:h")
            assert [each.strength for each in view.outgoing] == [3] * links
            return quads.call_count

    assert lookups(40) - lookups(30) == lookups(30) - lookups(20)


def test_what_is_not_described_is_shown_by_its_name(repository: Repository) -> None:
    gone = next(e for e in repository.entity("Lonely").outgoing if e.entity.label == "gone")
    assert (gone.entity.class_name, gone.entity.key) == ("", "gone")


def test_a_property_that_the_bundle_lacks_is_shown(repository: Repository) -> None:
    view = repository.entity("Lonely").to_dict()
    heard = next(each for each in view["attributes"] if each["property"].endswith("heard"))
    assert "a rumour" in heard["values"]
    assert {"value": "Gerücht", "language": "de"} in heard["values"]
    assert {"value": "7", "datatype": "http://www.w3.org/2001/XMLSchema#integer"} in heard["values"]
    told = [each for each in view["outgoing"] if each["relationship"]["iri"].endswith("told")]
    assert [each["entity"]["label"] for each in told] == ["Ada"]


def test_a_strength_that_is_no_number_is_one_that_nobody_assessed(repository: Repository) -> None:
    answer = repository.dependencies("Lonely", paths=3)
    assert "Hill" in [each.entity.label for each in answer.hits]


def test_the_document_of_an_entity(toy: Repository) -> None:
    document = toy.entity("Ada").to_dict()
    assert list(document) == [
        *("iri", "label", "class", "key", "classes", "attributes", "structures"),
        *("outgoing", "incoming", "graphs"),
    ]
    assert document["outgoing"][0] == {
        "relationship": {"iri": "https://bees.example/terms#minds", "label": "minds"},
        "forward": True,
        "entity": {
            "iri": "https://bees.example/id/Hive/H-1",
            "label": "Old Willow",
            "class": "Hive",
            "key": "H-1",
        },
        "strength": None,
        "qualified": False,
        "graph": "https://bees.example/year",
        "facts": [],
    }
