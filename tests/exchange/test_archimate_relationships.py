"""Which relationships an exchange file has, of which type and direction, and what they carry."""

from __future__ import annotations

import pytest

from tests.exchange.archimate_file import ExchangeFile, read
from tests.exchange.archimate_toy import UNMAPPED, exchange_file, quads, written

HARBOUR = """
    id:a a h:Ship ; h:caption "Anna" . id:b a h:Ship ; h:caption "Bella" .
    id:q a h:Quay ; h:caption "West" . id:r a h:Buoy ; h:caption "Red" .
"""


def harbour(text: str) -> ExchangeFile:
    return exchange_file(HARBOUR + text)


def test_a_link_has_the_type_of_the_mapping_and_the_verb_of_the_bundle() -> None:
    (link,) = harbour("id:a h:moorsAt id:q .").between("Anna", "West")
    assert (link.type, link.name) == ("Access", "moors at")
    assert link.details == (("accessType", "Read"),)
    assert link.value("Relationship IRI").endswith("#moorsAt")


def test_a_reversed_link_runs_the_other_way_and_says_so() -> None:
    file = harbour("id:q h:owns id:a .")
    (link,) = file.between("Anna", "West")
    assert (link.type, len(file.relationships)) == ("Access", 1)
    assert link.name.startswith("is what owns refers to")


def test_the_narrower_entry_counts() -> None:
    (link,) = harbour("id:q h:owns id:r .").between("West", "Red")
    assert (link.type, link.details) == ("Influence", (("modifier", "++"),))


def test_what_is_not_legal_is_written_as_association_and_counted() -> None:
    exported = written(quads(HARBOUR + "id:q h:loads id:a ."))
    assert "1 written as association" in exported.summary
    (link,) = read(b"".join(exported)).between("West", "Anna")
    assert (link.type, link.details) == ("Association", (("isDirected", "true"),))


def test_what_is_not_mapped_is_an_association_too_and_counted_apart() -> None:
    exported = written(quads(HARBOUR + "id:a h:sees id:b ."))
    assert "0 written as association" in exported.summary
    assert "1 relationship without mapping" in exported.summary


@pytest.mark.parametrize(
    "text",
    [
        "id:a h:moorsAt id:q . id:q h:moors id:a .",
        "GRAPH h:g { id:a h:moorsAt id:q . } GRAPH h:f { id:a h:moorsAt id:q . }",
        "id:b h:sees id:a . id:a h:sees id:b .",
    ],
)
def test_one_link_is_written_once(text: str) -> None:
    assert len(harbour(text).relationships) == 1


def test_a_symmetric_link_has_no_direction() -> None:
    one, other = (harbour(each) for each in ("id:b h:sees id:a .", "id:a h:sees id:b ."))
    assert one.relationships == other.relationships
    assert one.between("Anna", "Bella")[0].details == ()


def test_different_properties_between_two_elements_stay_apart() -> None:
    file = harbour("id:a h:moorsAt id:q ; h:sees id:q .")
    assert len(file.between("Anna", "West")) == 2


def test_a_link_to_itself_is_a_relationship() -> None:
    assert len(harbour("id:a h:sees id:a .").between("Anna", "Anna")) == 1


def test_a_qualified_relationship_is_what_its_link_carries() -> None:
    text = """
        id:a h:moorsAt id:q . id:l a kr:QualifiedRelationship ; kr:source id:a ;
        kr:property h:moorsAt ; kr:target id:q ; kr:strength 4 ; h:flag "red" ;
        dcterms:description "By night." .
    """
    file = harbour(text)
    (link,) = file.relationships
    assert link.documentation == ("By night.",)
    assert link.value("strength") == "4"
    assert link.value("flag (h:flag)") == "red"
    assert link.value("IRI").endswith("/l")
    assert len(file.elements) == 4


def test_one_said_by_its_inverse_speaks_of_the_same_link() -> None:
    text = """
        id:a h:moorsAt id:q . id:l a kr:QualifiedRelationship ; kr:source id:q ;
        kr:property h:moors ; kr:target id:a ; kr:strength 2 .
    """
    (link,) = harbour(text).relationships
    assert link.value("strength") == "2"


def test_two_that_speak_of_one_link_are_both_heard() -> None:
    node = "a kr:QualifiedRelationship ; kr:source id:a ; kr:property h:moorsAt ; kr:target id:q"
    (link,) = harbour(f"id:l {node} ; kr:strength 2 . id:m {node} ; kr:strength 5 .").relationships
    assert link.properties["strength"] == ["2", "5"]
    assert len(link.properties["IRI"]) == 2


def test_one_without_ends_is_an_element_rather_than_lost() -> None:
    file = harbour("id:l a kr:QualifiedRelationship ; kr:strength 4 .")
    assert file.element("l").value("strength") == "4"


def test_a_link_of_an_unknown_property_to_an_entity_is_a_relationship() -> None:
    (link,) = harbour("id:a h:unheard id:b .").between("Anna", "Bella")
    assert (link.type, link.name) == ("Association", "unheard")


def test_relationships_are_filed_by_domain_and_verb() -> None:
    file = harbour("id:a h:moorsAt id:q ; h:sees id:q .")
    folders = {file.folders[each.identifier] for each in file.relationships}
    assert folders == {("Relations", "Harbour", "moors at"), ("Relations", "Other", "sees")}


def test_without_a_mapping_every_link_is_an_association() -> None:
    file = exchange_file(f"{HARBOUR} id:a h:moorsAt id:q . id:q h:owns id:r .", UNMAPPED)
    assert {each.type for each in file.relationships} == {"Association"}
