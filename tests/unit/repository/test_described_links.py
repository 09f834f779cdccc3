"""A described link and its plain triple come and go together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import orthogramic
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.vocabulary import KR, RDF, XSD
from tests.conftest import TOY

BEE = "https://bees.example/"
G, OTHER = NamedNode(BEE + "g"), NamedNode(BEE + "other")
FEEDS = NamedNode(BEE + "terms#feeds")
A, B, C, N, M = (NamedNode(f"{BEE}id/{each}") for each in ("a", "b", "c", "n", "m"))


def described(node: NamedNode, target: NamedNode = B, graph: NamedNode = G) -> list[Quad]:
    strength = Literal("4", datatype=XSD.integer)
    return [
        Quad(node, RDF.type, KR.QualifiedRelationship, graph),
        Quad(node, KR.source, A, graph),
        Quad(node, KR.property, FEEDS, graph),
        Quad(node, KR.target, target, graph),
        Quad(node, KR.strength, strength, graph),
    ]


def plain(target: NamedNode = B, graph: NamedNode = G) -> Quad:
    return Quad(A, FEEDS, target, graph)


@pytest.fixture
def knowledge() -> Iterator[KnowledgeBase]:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        yield repository._knowledge


def change(knowledge: KnowledgeBase, added: list[Quad], removed: list[Quad]) -> set[Quad]:
    """Make a change without the gate; return everything asserted."""
    knowledge.commit(added, removed, gate=False)
    return set(knowledge.asserted())


def test_with_the_description_goes_the_plain_triple(knowledge: KnowledgeBase) -> None:
    assert plain() in change(knowledge, described(N), [])
    assert change(knowledge, [], described(N)) == set()


def test_with_the_plain_triple_goes_the_description(knowledge: KnowledgeBase) -> None:
    change(knowledge, described(N), [])
    assert change(knowledge, [], [plain()]) == set()


def test_a_change_may_keep_the_plain_triple(knowledge: KnowledgeBase) -> None:
    change(knowledge, described(N), [])
    assert change(knowledge, [plain()], described(N)) == {plain()}


def test_another_description_keeps_the_plain_triple(knowledge: KnowledgeBase) -> None:
    change(knowledge, [*described(N), *described(M)], [])
    assert change(knowledge, [], described(N)) == {plain(), *described(M)}


def test_a_plain_triple_takes_all_its_descriptions_along(knowledge: KnowledgeBase) -> None:
    change(knowledge, [*described(N), *described(M)], [])
    assert change(knowledge, [], [plain()]) == set()


def test_another_target_moves_the_plain_triple(knowledge: KnowledgeBase) -> None:
    change(knowledge, described(N), [])
    after = change(knowledge, [Quad(N, KR.target, C, G)], [Quad(N, KR.target, B, G)])
    assert after == {plain(C), *described(N, C)}


def test_a_fact_of_the_description_moves_nothing(knowledge: KnowledgeBase) -> None:
    change(knowledge, described(N), [])
    gone = described(N)[-1]
    assert change(knowledge, [], [gone]) == {plain(), *described(N)} - {gone}


def test_other_graphs_are_left_alone(knowledge: KnowledgeBase) -> None:
    change(knowledge, [*described(N), plain(graph=OTHER)], [])
    assert change(knowledge, [], described(N)) == {plain(graph=OTHER)}
    change(knowledge, described(N), [])
    assert change(knowledge, [], [plain(graph=OTHER)]) == {plain(), *described(N)}


def test_what_a_change_says_more_about_keeps_its_plain_triple(knowledge: KnowledgeBase) -> None:
    change(knowledge, described(N), [])
    status = Quad(N, KR.status, Literal("agreed"), G)
    assert change(knowledge, [status], [plain()]) == {plain(), *described(N), status}
