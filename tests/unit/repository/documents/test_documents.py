"""What the documents of the toy domain say, and what writing them does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    ChangeTooLargeError,
    EntityExistsError,
    EntityReferencedError,
    NonConformingDataError,
    PreconditionFailedError,
    ProtectedGraphError,
    UnknownEntityError,
    UnknownTermError,
)
from orthogramic.vocabulary import KR
from tests.conftest import TOY

ID = "https://bees.example/id/"
BEE = "https://bees.example/terms#"
YEAR = "https://bees.example/year"


@pytest.fixture
def bees() -> Iterator[Repository]:
    """Return a repository of the toy domain, under its own base, that a test may change."""
    with orthogramic.open_memory(bundle=[TOY], base_iri="https://bees.example/") as repository:
        repository.load([TOY / "data"])
        yield repository


def quads(repository: Repository, name: str | None = None) -> set[str]:
    """Return all asserted statements, or those of a graph."""
    text = b"".join(repository.export("nquads", graph=name)).decode()
    return {line for line in text.splitlines() if line}


HIVE = {
    "class": "Hive",
    "key": "H-1",
    "iri": f"{ID}Hive/H-1",
    "hiveCode": "H-1",
    "caption": "Old Willow",
    "temper": "gentle",
    "foragesAt": ["Meadow/brook"],
    "hasWeighing": [{"iri": f"{ID}Hive/H-1/weighing/1", "kilograms": 41.5}],
}


def test_a_document_says_what_the_entity_itself_states(bees: Repository) -> None:
    found = bees.entity_document("Old Willow")
    assert found == HIVE
    assert list(found) == list(HIVE)


def test_a_link_with_facts_is_an_object(bees: Repository) -> None:
    assert bees.entity_document("Young Willow")["foragesAt"] == [
        {"to": "Meadow/brook", "iri": f"{ID}link/brook", "strength": 5},
        "Meadow/hill",
    ]


def test_an_entity_is_created_from_its_document(bees: Repository) -> None:
    written = bees.create_entity(
        "Hive",
        {
            "hiveCode": "H-9",
            "caption": "New",
            "foragesAt": [{"to": "Brook", "strength": 2, "validFrom": "2025-04-01"}, "Hill"],
            "hasWeighing": [{"kilograms": "12.340"}, {"kilograms": 7}],
        },
        author="Ada",
    )
    assert written.record is not None
    assert (written.record.author, written.record.message) == ("Ada", "Create Hive “New”")
    assert written.created
    assert written.entity.iri == f"{ID}Hive/H-9"
    assert bees.entity_document("New") == {
        "class": "Hive",
        "key": "H-9",
        "iri": f"{ID}Hive/H-9",
        "hiveCode": "H-9",
        "caption": "New",
        "foragesAt": [
            {
                "to": "Meadow/brook",
                "iri": f"{ID}QualifiedRelationship/H-9-foragesAt-brook",
                "strength": 2,
                "validFrom": "2025-04-01",
            },
            "Meadow/hill",
        ],
        "hasWeighing": [
            {"iri": f"{ID}Hive/H-9/weighing/1", "kilograms": 12.34},
            {"iri": f"{ID}Hive/H-9/weighing/2", "kilograms": 7},
        ],
    }
    assert {each.graph_name for each in written.change.added} == {KR.default}


def test_a_name_becomes_a_slug_and_an_identifier_stays(bees: Repository) -> None:
    assert bees.create_entity("Meadow", {"caption": "Über dem Bach"}).entity.key == "uber-dem-bach"
    code = bees.create_entity("Hive", {"hiveCode": "H/1 ü", "caption": "x"}).entity
    assert code.iri == f"{ID}Hive/H%2F1%20%C3%BC"
    assert bees.entity_document("Hive/H/1 ü")["key"] == "H/1 ü"
    assert bees.create_entity("Meadow", {"caption": "Fen"}, key="wet").entity.key == "wet"


def test_a_scope_stands_before_the_slug(reference: Repository) -> None:
    stage = {
        "stageTitle": "Say Good Bye",
        "orth:isStageOfValueStream": "ValueStream/wealth-advisory-value-stream",
    }
    written = reference.create_entity("ValueStreamStage", stage, dry_run=True)
    assert written.entity.key == "wealth-advisory-value-stream-say-good-bye"


def test_what_is_there_is_not_created_again(bees: Repository) -> None:
    with pytest.raises(EntityExistsError, match="“Brook”"):
        bees.create_entity("Meadow", {"caption": "BROOK"})


def test_replacing_touches_what_the_document_changes_and_keeps_graphs(bees: Repository) -> None:
    written = bees.replace_entity(
        "Hive/H-1", {**HIVE, "temper": "fierce", "foragesAt": ["Meadow/hill", "Meadow/brook"]}
    )
    hive, year = NamedNode(f"{ID}Hive/H-1"), NamedNode(YEAR)
    temper, forages = NamedNode(f"{BEE}temper"), NamedNode(f"{BEE}foragesAt")
    assert written.change.removed == (Quad(hive, temper, Literal("gentle"), year),)
    assert set(written.change.added) == {
        Quad(hive, temper, Literal("fierce"), year),
        Quad(hive, forages, NamedNode(f"{ID}Meadow/hill"), year),
    }
    assert not written.created


def test_new_statements_go_to_the_graph_that_is_asked_for(bees: Repository) -> None:
    bees.patch_entity("Lonely", {"foragesAt": "Hill"}, graph="https://bees.example/notes")
    (line,) = quads(bees, "https://bees.example/notes")
    assert "foragesAt" in line
    # What every graph says is one statement of the document, and goes from every graph.
    bees.load_bytes(
        f"<{ID}Hive/H-3> <{BEE}foragesAt> <{ID}Meadow/hill> .".encode(), syntax="turtle"
    )
    gone = bees.patch_entity("Lonely", {"foragesAt": []}).change.removed
    assert {each.graph_name for each in gone} == {
        KR.default,
        NamedNode("https://bees.example/notes"),
    }


def test_facts_stand_beside_their_plain_link(bees: Repository) -> None:
    added = bees.patch_entity("Hive/H-1", {"foragesAt": [{"to": "Brook"}]}).change.added
    assert {each.graph_name for each in added} == {NamedNode(YEAR)}
    assert bees.impact("Brook", to="Hive").total
    gone = bees.patch_entity("Hive/H-1", {"foragesAt": ["Brook"]}).change
    assert not gone.added
    assert {each.subject for each in gone.removed} == {each.subject for each in added}


def test_parts_keep_their_addresses(bees: Repository) -> None:
    first = f"{ID}Hive/H-1/weighing/1"
    grown: Any = {"hasWeighing": [{"kilograms": 3}, {"kilograms": 41.5}]}
    bees.patch_entity("Hive/H-1", grown)
    found = bees.entity_document("Hive/H-1")["hasWeighing"]
    # The part of the same content is the same part, wherever it stands now.
    assert found[1] == {"iri": first, "kilograms": 41.5}
    assert bees.patch_entity("Hive/H-1", grown).record is None
    bees.patch_entity("Hive/H-1", {"hasWeighing": [{"kilograms": 3}]})
    assert bees.entity_document("Hive/H-1")["hasWeighing"] == [
        {"iri": f"{ID}Hive/H-1/weighing/2", "kilograms": 3}
    ]
    bees.patch_entity("Hive/H-1", {"hasWeighing": None})
    assert not [line for line in quads(bees) if "weighing/" in line]


def test_positions_that_are_not_the_places_are_said(bees: Repository) -> None:
    weighings = [{"kilograms": 1, "position": 2}, {"kilograms": 2, "position": 7}]
    bees.patch_entity("Hive/H-3", {"hasWeighing": weighings})
    found = bees.entity_document("Hive/H-3")["hasWeighing"]
    assert [each["position"] for each in found] == [2, 7]
    assert bees.replace_entity("Hive/H-3", bees.entity_document("Hive/H-3")).record is None


def test_a_patch_names_members_as_it_likes(bees: Repository) -> None:
    bees.patch_entity("Hive/H-1", {"bee:temper": "lively", f"{BEE}foragesAt": None})
    found = bees.entity_document("Hive/H-1")
    assert found["temper"] == "lively"
    assert "foragesAt" not in found


def test_what_other_vocabularies_say_is_kept(bees: Repository) -> None:
    said: Any = {
        "dcterms:source": {"iri": "https://bees.example/notebook"},
        "rdfs:comment": [{"value": "süß", "language": "de"}, "sweet"],
    }
    bees.patch_entity("Brook", said)
    found = bees.entity_document("Brook")
    assert found["dcterms:source"] == [{"iri": "https://bees.example/notebook"}]
    assert found["rdfs:comment"] == ["sweet", {"value": "süß", "language": "de"}]
    assert bees.replace_entity("Brook", found).record is None


def test_put_creates_and_replaces(bees: Repository) -> None:
    document = {"hiveCode": "H-9", "caption": "New"}
    assert bees.put_entity("Hive/H-9", document, if_none_match="*").created
    again = bees.put_entity("Hive/H-9", {**document, "caption": "Newer"})
    assert (again.created, again.entity.label) == (False, "Newer")
    with pytest.raises(PreconditionFailedError):
        bees.put_entity("Hive/H-9", document, if_none_match="*")
    with pytest.raises(PreconditionFailedError):
        bees.put_entity("Hive/H-10", document, if_match="*")
    with pytest.raises(UnknownEntityError, match="Class/key"):
        bees.put_entity("Hyve/H-9", document)


def test_the_tag_is_that_of_the_state(bees: Repository) -> None:
    before = bees.entity_etag("Lonely")
    changed = bees.patch_entity("Lonely", {"temper": "lively"}, if_match=f'"other", "{before}"')
    assert changed.tag == bees.entity_etag("Lonely") != before
    with pytest.raises(PreconditionFailedError) as refused:
        bees.patch_entity("Lonely", {"temper": "fierce"}, if_match=before)
    assert refused.value.current == changed.tag
    # Another entity's change is none of this one, and an equal state is the same state.
    bees.patch_entity("Brook", {"caption": "The Brook"})
    back = bees.patch_entity("Lonely", {"temper": None}, if_match=f'"{changed.tag}.view"')
    assert back.tag == before


def test_a_dry_run_changes_nothing_and_tells_violations(bees: Repository) -> None:
    before, snapshot = quads(bees), bees.snapshot
    written = bees.patch_entity("Lonely", {"temper": "angry"}, dry_run=True)
    assert not written.accepted
    assert len(written.change.added) == 1
    assert (quads(bees), bees.snapshot) == (before, snapshot)
    with pytest.raises(NonConformingDataError):
        bees.patch_entity("Lonely", {"temper": "angry"})
    assert quads(bees) == before


def test_deleting_takes_parts_and_own_links_along(bees: Repository) -> None:
    before = quads(bees)
    # Its address has the name of another class, so references to it are by IRI.
    document = bees.entity_document("Young Willow")
    with pytest.raises(EntityReferencedError) as refused:
        bees.delete_entity("Young Willow")
    assert refused.value.referrers == (
        {"iri": f"{ID}Keeper/ada", "label": "Ada", "class": "Keeper", "relationship": "minds"},
    )
    bees.patch_entity("Ada", {"minds": ["Hive/H-1"]})
    bees.delete_entity("Young Willow")
    assert not [line for line in quads(bees) if "H-2" in line or "/link/" in line]
    bees.create_entity(None, document, graph=YEAR)
    bees.patch_entity("Ada", {"minds": ["Hive/H-1", f"{ID}Hive/H-2"]})
    assert quads(bees) == before


def test_detaching_takes_along_what_others_say(bees: Repository) -> None:
    with pytest.raises(EntityReferencedError, match="Old Willow") as refused:
        bees.delete_entity("Brook")
    # One line for each entity and relationship, though a link with facts says it twice.
    assert [each["label"] for each in refused.value.referrers] == ["Old Willow", "Young Willow"]
    assert refused.value.extra["total"] == 2
    bees.delete_entity("Brook", detach=True)
    assert not [line for line in quads(bees) if "brook" in line]
    assert bees.entity_document("Young Willow")["foragesAt"] == ["Meadow/hill"]


def test_referrers_beyond_twenty_are_counted(bees: Repository) -> None:
    for number in range(25):
        bees.create_entity(
            "Hive", {"hiveCode": f"N-{number}", "caption": f"N {number}", "foragesAt": "Hill"}
        )
    with pytest.raises(EntityReferencedError) as refused:
        bees.delete_entity("Hill")
    assert len(refused.value.referrers) == 20
    # The 25, Young Willow, and the meadow that borders on it.
    assert refused.value.extra["total"] == 27


def test_what_inverses_say_belongs_to_the_other_end(bees: Repository) -> None:
    assert "mindedBy" not in bees.entity_document("Hive/H-1")
    bees.patch_entity("Lonely", {"mindedBy": "Ada"})
    assert bees.entity_document("Lonely")["mindedBy"] == ["Keeper/ada"]
    assert bees.entity_document("Ada")["minds"] == [
        "Hive/H-1",
        f"{ID}Hive/H-2",
    ]


def test_an_entity_may_refer_to_itself(bees: Repository) -> None:
    document = {"caption": "Ring", "abutsMeadow": ["Meadow/ring"]}
    bees.create_entity("Meadow", document)
    assert bees.entity_document("Ring")["abutsMeadow"] == ["Meadow/ring"]
    bees.delete_entity("Ring")


@pytest.mark.parametrize("graph", [KR.inferred.value, KR.commits.value, KR.shapes.value])
def test_no_entity_is_written_into_a_system_graph(bees: Repository, graph: str) -> None:
    before = quads(bees)
    with pytest.raises(ProtectedGraphError):
        bees.create_entity("Meadow", {"caption": "Fen"}, graph=graph)
    with pytest.raises(ProtectedGraphError):
        bees.patch_entity("Brook", {"caption": "Fen"}, graph=graph)
    assert quads(bees) == before


def test_a_change_keeps_to_its_bound(bees: Repository) -> None:
    with pytest.raises(ChangeTooLargeError):
        bees.delete_entity("Ada", most=2)


def test_there_is_no_entity_of_an_unknown_class(bees: Repository) -> None:
    with pytest.raises(UnknownTermError, match="Did you mean Hive"):
        bees.create_entity("Hyve", {"caption": "x"})
