"""Mappings to other notations: which entry counts, and which faults are found where."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from orthogramic.errors import BundleError, Fault
from orthogramic.metamodel import Document, Metamodel, TargetNotation, read_metamodel
from tests.unit.metamodel.bundles import PREFIXES, SOUND

NOTATION = TargetNotation(
    frozenset({"Box", "Ball"}), frozenset({"Line", "Arrow", "Dots"}), frozenset({"Read"})
)
MORE = """
t:BoxKite a owl:Class ; rdfs:label "Box kite" ; rdfs:subClassOf t:Kite .
t:TinyKite a owl:Class ; rdfs:label "Tiny kite" ; rdfs:subClassOf t:BoxKite .
t:soarsIn a owl:ObjectProperty ; rdfs:label "soars in" ; rdfs:subPropertyOf t:fliesIn .
"""
CLASS = "t:c a kr:ClassMapping ; kr:mapsClass t:Kite ; kr:toElementKind 'Box' ."
LINK = "t:p a kr:PropertyMapping ; kr:mapsProperty t:fliesIn ; kr:toRelationshipKind 'Line' ."


def bundle(text: str, entries: str = "t:c , t:p") -> Metamodel:
    mapping = f"t:mapping a kr:Mapping ; kr:format 'drawing' ; kr:entry {entries} ."
    return read_metamodel(
        [
            Document("ontology/toys.ttl", PREFIXES + SOUND + MORE),
            Document("ontology/mappings/drawing.ttl", PREFIXES + mapping + "\n" + text),
        ],
        notations={"drawing": NOTATION},
    )


def faults(text: str, entries: str = "t:c , t:p") -> list[Fault]:
    try:
        bundle(text, entries)
    except BundleError as error:
        return list(error.faults)
    return []


def name(iri: NamedNode | None) -> str:
    return iri.value.partition("#")[2] if iri else ""


def entry_for(metamodel: Metamodel, link: str, subject: str, target: str = "Wind") -> str:
    found = metamodel.mappings["drawing"].of_link(
        metamodel.property_named(link),
        metamodel.class_named(subject),
        metamodel.class_named(target),
    )
    return name(found.iri) if found else ""


def test_a_bundle_without_a_mapping_has_none() -> None:
    assert not read_metamodel([Document("toys.ttl", PREFIXES + SOUND)]).mappings


def test_a_class_goes_by_its_nearest_mapped_superclass() -> None:
    text = f"{CLASS}\nt:b a kr:ClassMapping ; kr:mapsClass t:BoxKite ; kr:toElementKind 'Ball' ."
    metamodel = bundle(text, "t:c , t:b")
    mapping = metamodel.mappings["drawing"]
    found = {
        each: mapping.of_class(metamodel.class_named(each)) for each in ("Kite", "TinyKite", "Wind")
    }
    assert {each: entry and entry.element_kind for each, entry in found.items()} == {
        "Kite": "Box",
        "TinyKite": "Ball",
        "Wind": None,
    }


def test_the_narrowest_entry_counts_and_the_subject_before_the_object() -> None:
    cases = {
        "t:p": "",
        "t:p1": "kr:whenSubject t:Kite ;",
        "t:p2": "kr:whenSubject t:BoxKite ;",
        "t:p3": "kr:whenObject t:Wind ;",
    }
    text = "\n".join(
        f"{iri} a kr:PropertyMapping ; {when} kr:mapsProperty t:fliesIn ;"
        " kr:toRelationshipKind 'Line' ."
        for iri, when in cases.items()
    )
    metamodel = bundle(text, " , ".join(cases))
    assert entry_for(metamodel, "fliesIn", "TinyKite") == "p2"
    assert entry_for(metamodel, "fliesIn", "Kite") == "p1"
    assert entry_for(metamodel, "fliesIn", "Wind") == "p3"
    assert entry_for(metamodel, "fliesIn", "Wind", "Kite") == "p"


def test_a_narrower_property_inherits_where_it_has_no_fitting_entry() -> None:
    own = (
        "t:s a kr:PropertyMapping ; kr:mapsProperty t:soarsIn ; kr:whenSubject t:BoxKite ;"
        " kr:toRelationshipKind 'Dots' ."
    )
    metamodel = bundle(f"{LINK}\n{own}", "t:p , t:s")
    assert entry_for(metamodel, "soarsIn", "BoxKite") == "s"
    assert entry_for(metamodel, "soarsIn", "Kite") == "p"


def test_an_entry_about_an_inverse_is_the_same_links_read_backwards() -> None:
    text = (
        "t:p a kr:PropertyMapping ; kr:mapsProperty t:lifts ; kr:toRelationshipKind 'Arrow' ;"
        " kr:whenSubject t:Wind ; kr:whenObject t:BoxKite ."
    )
    metamodel = bundle(text, "t:p")
    ((entry,),) = metamodel.mappings["drawing"].properties.values()
    assert name(entry.property_iri) == "fliesIn"
    assert (name(entry.subject_class), name(entry.object_class)) == ("BoxKite", "Wind")
    assert entry.reversed


def test_two_mappings_to_one_format_are_read_as_one() -> None:
    more = "t:other a kr:Mapping ; kr:format 'drawing' ; kr:entry t:p ."
    mapping = bundle(f"{CLASS}\n{LINK}\n{more}", "t:c").mappings["drawing"]
    assert len(mapping.classes) == len(mapping.properties) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CLASS.replace("t:Kite", "t:Gone"), "not declared"),
        (CLASS.replace("'Box'", "'Hexagon'"), "no word of the notation"),
        (CLASS.replace("kr:toElementKind 'Box'", "rdfs:label 'c'"), "lacks kr:toElementKind"),
        (CLASS.replace("kr:mapsClass t:Kite ;", ""), "must name the class"),
        (CLASS.replace("kr:ClassMapping", "t:Kite"), "must be a kr:ClassMapping"),
        (f"{CLASS}\n{CLASS.replace('t:c a', 't:p a')}", "mapped twice"),
        (LINK.replace("t:fliesIn", "t:caption"), "no relationship"),
        (LINK.replace("t:fliesIn", "t:gone"), "no relationship"),
        (LINK.replace("'Line'", "'Wire'"), "no word of the notation"),
        (LINK.replace("'Line'", "'Line' ; kr:fallbackRelationshipKind 'Wire'"), "no word"),
        (LINK.replace("'Line'", "'Line' ; kr:accessType 'Write'"), "no word"),
        (LINK.replace("'Line'", "'Line' ; kr:whenSubject t:Gone"), "not declared"),
        (f"{LINK}\n{LINK.replace('t:p a', 't:c a')}", "twice for the same case"),
        (
            f"{LINK}\n{LINK.replace('t:p a', 't:c a').replace('t:fliesIn', 't:lifts')}",
            "twice for the same case",
        ),
        ("t:mapping kr:documentationProperty t:gone .", "not declared"),
        ("t:nameless a kr:Mapping .", "kr:format"),
    ],
)
def test_each_kind_of_fault_is_found_with_its_place(text: str, expected: str) -> None:
    entries = " , ".join(each for each in ("t:c", "t:p") if f"{each} a" in text) or "t:c"
    found = faults(text + ("" if "t:c a" in text else f"\n{CLASS}"), entries)
    matching = [each for each in found if expected in each.message]
    assert matching, found
    assert all(each.source == "ontology/mappings/drawing.ttl" for each in matching)
    assert all(each.line > PREFIXES.count("\n") for each in matching)


def test_a_fault_stands_at_its_statement() -> None:
    text = "t:c a kr:ClassMapping ;\n  kr:mapsClass t:Kite ;\n  kr:toElementKind 'Hexagon' ."
    (fault,) = faults(text, "t:c")
    assert fault.line == PREFIXES.count("\n") + 4


def test_the_words_of_an_unknown_format_are_not_judged() -> None:
    documents = [
        Document("toys.ttl", PREFIXES + SOUND),
        Document(
            "m.ttl", PREFIXES + "t:m a kr:Mapping ; kr:format 'song' ; kr:entry t:c . " + CLASS
        ),
    ]
    assert "song" in read_metamodel(documents, notations={"drawing": NOTATION}).mappings
