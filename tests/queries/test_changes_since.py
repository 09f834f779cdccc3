"""Whatever a commit changes, the element that it is about is named.

The independent store knows no commits, so each kind of change is made here and looked up.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic import Repository
from orthogramic.repository.knowledge_base import KnowledgeBase
from tests.data.datasets import DATA, ENTITIES, METAMODEL, SYSTEM
from tests.queries.reference_store import compact

GRAPH = NamedNode("https://data.orthogramic.com/graph/wealth-management/illustrative")
MICHAEL = NamedNode(f"{ENTITIES}CustomerPersona/PERSONA-001")
DEMOGRAPHICS = NamedNode(f"{MICHAEL.value}/demographics")
LINK = NamedNode(f"{ENTITIES}QualifiedRelationship/PERSONA-001-requires-investment-research")
ESTATE = NamedNode(f"{ENTITIES}Capability/estate-planning")


@pytest.fixture
def knowledge(reference: Repository) -> Iterator[KnowledgeBase]:
    """Return the worked example as one commit, to be changed."""
    knowledge = KnowledgeBase(reference.metamodel)
    with Repository(knowledge) as repository:
        repository.load(DATA / "wealth-management", gate=False)
        yield knowledge


def changed(knowledge: KnowledgeBase, since: int) -> list[tuple[str | None, ...]]:
    """Return number, author, message, key, label and presence of each row."""
    answer = Repository(knowledge).saved_query("changes-since", {"commit": str(since)})
    columns = ("number", "who", "message", "entity", "entityLabel", "present")
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    return [tuple(compact(row[name]) for name in columns) for row in rows]


def asserted(knowledge: KnowledgeBase, subject: NamedNode) -> list[Quad]:
    """Return every quad of data with the subject."""
    return [
        each
        for each in knowledge.store.quads(subject, None, None)
        if isinstance(each.graph_name, NamedNode) and not each.graph_name.value.startswith(SYSTEM)
    ]


def test_an_attribute_counts_for_its_element(knowledge: KnowledgeBase) -> None:
    description = NamedNode(f"{METAMODEL}description")
    quads = [each for each in asserted(knowledge, ESTATE) if each.predicate == description]
    knowledge.commit(
        [Quad(ESTATE, description, Literal("Anew"), GRAPH)], quads, author="ann", message="Reword"
    )
    assert changed(knowledge, 1) == [
        ("2", "ann", "Reword", "estate-planning", "Estate Planning", "true")
    ]


def test_a_part_counts_for_its_whole(knowledge: KnowledgeBase) -> None:
    age = Quad(DEMOGRAPHICS, NamedNode(f"{METAMODEL}education"), Literal("Evening school"), GRAPH)
    gone = [each for each in asserted(knowledge, DEMOGRAPHICS) if each.predicate == age.predicate]
    knowledge.commit([age], gone, author="ann", message="Correct")
    assert changed(knowledge, 1) == [("2", "ann", "Correct", "PERSONA-001", "Michael Chen", "true")]


def test_a_part_that_is_gone_counts_for_its_whole(knowledge: KnowledgeBase) -> None:
    holds = list(knowledge.store.quads(MICHAEL, None, DEMOGRAPHICS))
    gone = [*asserted(knowledge, DEMOGRAPHICS), *holds]
    knowledge.commit([], gone, author="ann", message="Forget", gate=False)
    assert changed(knowledge, 1) == [("2", "ann", "Forget", "PERSONA-001", "Michael Chen", "true")]


def test_a_link_counts_for_what_it_begins_at(knowledge: KnowledgeBase) -> None:
    strength = NamedNode(f"{SYSTEM}strength")
    gone = [each for each in asserted(knowledge, LINK) if each.predicate == strength]
    assert gone
    added = [Quad(LINK, strength, Literal(5), each.graph_name) for each in gone]
    knowledge.commit(added, gone, author="ann", message="Assess")
    assert changed(knowledge, 1) == [("2", "ann", "Assess", "PERSONA-001", "Michael Chen", "true")]


def test_an_element_that_is_gone_is_named(knowledge: KnowledgeBase) -> None:
    unit = NamedNode(f"{ENTITIES}OrganizationUnit/invented")
    title = Quad(unit, NamedNode(f"{METAMODEL}title"), Literal("Invented"), GRAPH)
    kind = Quad(
        unit,
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        NamedNode(f"{METAMODEL}OrganizationUnit"),
        GRAPH,
    )
    knowledge.commit([title, kind], author="ann", message="Found", gate=False)
    knowledge.commit([], [title, kind], author="bob", message="Close", gate=False)
    assert changed(knowledge, 1) == [
        ("3", "bob", "Close", "invented", None, "false"),
        ("2", "ann", "Found", "invented", None, "false"),
    ]
    assert changed(knowledge, 2) == [("3", "bob", "Close", "invented", None, "false")]
    assert changed(knowledge, 3) == []


def test_a_number_that_no_commit_has_yet_changes_nothing(knowledge: KnowledgeBase) -> None:
    assert changed(knowledge, 99) == []


def test_zero_is_the_beginning(knowledge: KnowledgeBase) -> None:
    elements = Repository(knowledge).entities(limit=1).total
    assert len(changed(knowledge, 0)) == elements
