"""What an element of an exchange file is made of, case by case."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tests.exchange.archimate_file import read
from tests.exchange.archimate_toy import (
    MAPPED,
    UNMAPPED,
    exchange_file,
    quads,
    text_quad,
    written,
)

SHIP = 'id:a a h:Ship ; h:number "S-1" ; h:caption "Anna" ; h:story "Carries tea." ; h:depth 4.5 .'


def test_name_text_and_properties() -> None:
    anna = exchange_file(SHIP).element("Anna")
    assert anna.type == "BusinessActor"
    assert anna.documentation == ("Carries tea.",)
    assert anna.properties == {
        "Specialization": ["Vessel"],
        "Class": ["Ship"],
        "Key": ["S-1"],
        "IRI": ["https://harbour.example/id/a"],
        "Class IRI": ["https://harbour.example/terms#Ship"],
        "depth": ["4.5"],
    }


def test_archi_takes_the_specialization_from_the_property_of_that_identifier() -> None:
    assert exchange_file(SHIP).definitions["specialization"] == "Specialization"


def test_definitions_have_types_and_names_of_their_own() -> None:
    document = b"".join(
        written(
            quads('id:a a h:Ship ; h:depth 4.5 ; h:lit true ; h:built "2001-02-03"^^xsd:date .')
        )
    ).decode()
    for kind, name in (("number", "depth"), ("boolean", "lit"), ("date", "built")):
        assert f'type="{kind}">\n      <name>{name}</name>' in document
    file = exchange_file('id:a a h:Ship ; h:flag "red" ; h:oldFlag "blue" .')
    assert {"flag (h:flag)", "flag (h:oldFlag)"} <= set(file.definitions.values())


def test_a_class_without_entry_goes_by_its_superclass_and_keeps_its_name() -> None:
    tug = exchange_file('id:t a h:Tug ; h:caption "Tilda" .').element("Tilda")
    assert (tug.type, tug.value("Specialization")) == ("BusinessActor", "Tug")


@pytest.mark.parametrize("kind", ["h:Buoy", "h:Unheard"])
def test_a_class_without_any_mapping_becomes_a_grouping(kind: str) -> None:
    exported = written(quads(f'id:b a {kind} ; h:caption "Red" .'))
    assert "1 element without mapping" in exported.summary
    element = read(b"".join(exported)).element("Red")
    assert element.type == "Grouping"
    assert element.value("Class IRI").endswith(kind[2:])


def test_a_bundle_without_a_mapping_exports_all_the_same() -> None:
    anna = exchange_file(SHIP, UNMAPPED).element("Anna")
    assert (anna.type, anna.value("Specialization")) == ("Grouping", "Ship")
    assert anna.properties["story"] == ["Carries tea."]
    assert read(b"".join(written(quads(SHIP), None))).elements


def test_an_entity_without_a_name_goes_by_its_key_or_its_address() -> None:
    file = exchange_file('id:a a h:Ship ; h:number "S-1" ; h:caption "" . id:b%20c a h:Ship .')
    assert [each.name for each in file.elements] == ["S-1", "b%20c"]


def test_an_entity_without_a_description_has_no_text() -> None:
    assert exchange_file('id:a a h:Ship ; h:caption "Anna" .').element("Anna").documentation == ()


def test_two_entities_of_one_name_are_two_elements() -> None:
    file = exchange_file('id:a a h:Ship ; h:caption "Anna" . id:b a h:Ship ; h:caption "Anna" .')
    assert len({each.identifier for each in file.elements}) == 2


def test_languages_are_kept_and_english_comes_first() -> None:
    text = 'id:a a h:Ship ; h:caption "Anne"@fr , "Anna"@en , "Änne"@de-at ; h:flag "rot"@de .'
    element = exchange_file(text).element("Anna")
    assert element.names == (("Anna", "en"), ("Änne", "de-at"), ("Anne", "fr"))
    assert element.properties["flag (h:flag)"] == ["rot"]


def test_several_names_and_texts_of_one_language_are_all_there() -> None:
    text = 'id:a a h:Ship ; h:caption "Anna" , "Bella" ; h:story "One." , "Two." .'
    element = exchange_file(text).element("Anna")
    assert element.properties["caption"] == ["Bella"]
    assert element.documentation == ("One.\n\nTwo.",)


def test_what_xml_cannot_carry_is_replaced_and_counted() -> None:
    data = [*quads("id:a a h:Ship ."), text_quad("a", "caption", "A\x00nn\x1ba")]
    exported = written([*data, text_quad("a", "flag", "a]]>&<b\r\n\tc\"'")])
    assert "1 value with characters that XML cannot carry" in exported.summary
    element = read(b"".join(exported)).element("A\ufffdnn\ufffda")
    assert element.properties["flag (h:flag)"] == ["a]]>&<b\r\n\tc\"'"]


def test_very_long_text_is_whole() -> None:
    text = "tea and " * 200_000
    data = [*quads('id:a a h:Ship ; h:caption "Anna" .'), text_quad("a", "story", text)]
    assert read(b"".join(written(data))).element("Anna").documentation == (text,)


def test_parts_become_properties_in_their_order() -> None:
    text = """
        id:a a h:Ship ; h:caption "Anna" ; h:hasHold id:z , id:y .
        id:y a h:Hold ; kr:position 2 ; h:depth 3.0 .
        id:z a h:Hold ; kr:position 1 ; h:depth 7.0 ; h:hasCrate id:x .
        id:x a h:Crate ; h:flag "tea" .
    """
    anna = exchange_file(text).element("Anna")
    assert anna.value("hold / depth") == "7.0"
    assert anna.value("hold (2) / depth") == "3.0"
    assert anna.value("hold / crate / flag (h:flag)") == "tea"
    assert len(exchange_file(text).elements) == 1


def test_a_part_that_was_stated_from_its_own_side_belongs_to_its_owner_too() -> None:
    text = 'id:a a h:Ship ; h:caption "Anna" . id:y a h:Hold ; h:holdOf id:a ; h:depth 3.0 .'
    file = exchange_file(text)
    assert file.element("Anna").value("hold / depth") == "3.0"
    assert not file.relationships


def test_a_part_that_refers_to_an_entity_says_so_in_words_and_as_a_relationship() -> None:
    text = """
        id:a a h:Ship ; h:caption "Anna" ; h:hasHold id:y . id:q a h:Quay ; h:caption "West" .
        id:y a h:Hold ; h:hasCrate id:x . id:x a h:Crate ; h:crateFor id:q .
    """
    file = exchange_file(text)
    assert file.element("Anna").value("hold / crate / is for") == "West"
    (link,) = file.between("Anna", "West")
    assert (link.type, link.name) == ("Association", "is for")


@pytest.mark.parametrize(
    "text",
    [
        "id:y a h:Hold ; h:depth 3.0 .",
        "id:y a h:Hold ; h:hasCrate id:x . id:x a h:Crate ; h:hasCrate id:x .",
        "id:y a h:Hold ; h:hasHold id:y .",
    ],
)
def test_a_part_that_no_entity_owns_stands_for_itself(text: str) -> None:
    names = {each.name for each in exchange_file(text).elements}
    assert "y" in names


def test_what_is_only_referred_to_gets_an_element_that_says_so() -> None:
    exported = written(quads('id:a a h:Ship ; h:caption "Anna" ; h:moorsAt id:nowhere .'))
    assert "1 element described nowhere" in exported.summary
    element = read(b"".join(exported)).element("nowhere")
    assert element.value("Specialization") == "Unresolved reference"


def test_what_is_referred_to_and_described_elsewhere_is_what_it_is() -> None:
    west = quads('id:q a h:Quay ; h:caption "West" .')
    exported = written(
        quads('id:a a h:Ship ; h:caption "Anna" ; h:moorsAt id:q .'),
        outside=lambda node: [each for each in west if each.subject == node],
    )
    assert "described nowhere" not in exported.summary
    assert read(b"".join(exported)).element("West").type == "BusinessObject"


def test_an_address_that_is_no_entity_is_text() -> None:
    text = 'id:a a h:Ship ; h:caption "Anna" ; dcterms:source <https://harbour.example/book> .'
    file = exchange_file(text)
    assert file.element("Anna").value("dcterms:source") == "https://harbour.example/book"
    assert len(file.elements) == 1


def test_elements_are_filed_by_domain_and_class() -> None:
    file = exchange_file('id:a a h:Tug ; h:caption "Anna" . id:b a h:Buoy ; h:caption "Red" .')
    assert file.folders[file.element("Anna").identifier] == ("Harbour", "Tug")
    assert file.folders[file.element("Red").identifier] == ("Other", "Buoy")


def test_the_model_has_a_title_and_tells_what_it_amounts_to() -> None:
    exported = written(quads(SHIP), MAPPED, title="Ships & quays", subject="https://h.example/")
    file = read(b"".join(exported))
    assert (file.name, file.documentation) == ("Ships & quays", exported.summary)
    assert exported.summary == "1 element, 0 relationships, 0 written as association."


def test_an_empty_export_is_a_valid_file() -> None:
    exported = written([])
    assert read(b"".join(exported)).elements == []
    assert exported.summary.startswith("0 elements, 0 relationships")


def test_what_was_inferred_is_left_out() -> None:
    inferred = NamedNode("https://orthogramic.com/repository#inferred")
    data = quads('id:a a h:Ship ; h:caption "Anna" .')
    more = [Quad(each.subject, each.predicate, Literal("x"), inferred) for each in data]
    assert b"".join(written(data)) == b"".join(written([*data, *more]))
