"""A graph that is kept in step with commits is what reading everything anew would give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.analysis import (
    Direction,
    MatrixQuestion,
    PathQuestion,
    Question,
    Side,
    ask,
    fill_matrix,
    find_paths,
)
from orthogramic.graph import (
    EntityGraph,
    EntityRecord,
    Relationship,
    packed,
    project,
    to_networkx,
)
from orthogramic.metamodel import ImpactProfile
from orthogramic.repository import projection as projecting
from orthogramic.repository.changes import Intention
from orthogramic.repository.graph_reading import read_graph
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.projection import Projection
from orthogramic.vocabulary import KR, RDF, RDFS, XSD
from tests.properties.analysis.harbours import (
    CLASSES,
    DATA,
    INVERSES,
    PRIMARIES,
    entity,
    metamodel,
    profile,
    term,
)
from tests.properties.analysis.strategies import rules

#: In the order of IRIs, so that what comes later may come between; the last are rarely entities.
NAMES = ("a", "b", "c", "d", "e")
NODES = ("n", "o")


@dataclass(frozen=True)
class Commit:
    """What one commit removes and adds."""

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]


def quads() -> st.SearchStrategy[Quad]:
    """Draw a statement that may matter to the graph."""
    name = st.sampled_from(NAMES).map(entity)
    node = st.sampled_from(NODES).map(entity)
    graph = st.sampled_from(["g", "h"]).map(entity)
    relationship = st.sampled_from([*PRIMARIES, *INVERSES]).map(term)
    strength = st.one_of(st.integers(0, 6).map(number), st.just(Literal("much")))
    return st.one_of(
        st.builds(Quad, name, relationship, name, graph),
        st.builds(Quad, name, st.just(RDF.type), st.sampled_from(CLASSES).map(term), graph),
        st.builds(Quad, name, st.just(RDFS.label), st.sampled_from("XY").map(Literal), graph),
        st.builds(Quad, node, st.just(KR.source), name, graph),
        st.builds(Quad, node, st.just(KR.property), relationship, graph),
        st.builds(Quad, node, st.just(KR.target), name, graph),
        st.builds(Quad, node, st.just(KR.strength), strength, graph),
    )


def number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


@st.composite
def described(draw: st.DrawFn) -> list[Quad]:
    """Draw a whole qualified relationship: its parts seldom meet by chance."""
    node, graph = entity(draw(st.sampled_from(NODES))), entity(draw(st.sampled_from("gh")))
    relationship = term(draw(st.sampled_from([*PRIMARIES, *INVERSES])))
    ends = [entity(draw(st.sampled_from(NAMES))) for _ in range(2)]
    facts: list[tuple[NamedNode, NamedNode | Literal]] = [
        (KR.source, ends[0]),
        (KR.property, relationship),
        (KR.target, ends[1]),
    ]
    if draw(st.booleans()):
        facts.append((KR.strength, number(draw(st.integers(1, 5)))))
    return [Quad(node, fact, value, graph) for fact, value in facts]


def additions() -> st.SearchStrategy[list[Quad]]:
    some = st.one_of(quads().map(lambda each: [each]), described())
    return st.lists(some, max_size=5).map(lambda found: [each for few in found for each in few])


@st.composite
def histories(draw: st.DrawFn) -> list[Commit]:
    """Draw a few commits; what they remove is mostly there."""
    classes = draw(st.lists(st.sampled_from(CLASSES), min_size=2, max_size=4))
    first = [
        Quad(entity(name), RDF.type, term(each), entity("g"))
        for name, each in zip(draw(st.permutations(NAMES)), classes, strict=False)
    ]
    there = list(dict.fromkeys([*first, *draw(additions()), *draw(additions())]))
    commits = [Commit((), tuple(there))]
    for _ in range(draw(st.integers(1, 4))):
        removed = draw(st.lists(st.sampled_from(there), max_size=4)) if there else []
        added = draw(additions())
        commits.append(Commit(tuple(removed), tuple(added)))
        there = [each for each in there if each not in removed]
        there = list(dict.fromkeys([*there, *added]))
    return commits


def told(knowledge: KnowledgeBase, under: ImpactProfile) -> EntityGraph:
    """Project what is asserted from records, statement by statement."""
    asserted = list(knowledge.asserted())
    types: dict[NamedNode, list[NamedNode]] = {}
    for each in asserted:
        if each.predicate == RDF.type:
            types.setdefault(each.subject, []).append(each.object)  # type: ignore[arg-type]
    entities = [
        EntityRecord(NamedNode(each.iri), each.label, tuple(types[NamedNode(each.iri)]))
        for each in knowledge.catalogue.everything()
    ]
    return project(entities, relationships(asserted), metamodel(), under)


def relationships(asserted: list[Quad]) -> Iterator[Relationship]:
    ends = [term(each) for each in (*PRIMARIES, *INVERSES)]
    for quad in asserted:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        assert isinstance(subject, NamedNode)
        assert isinstance(graph, NamedNode)
        if quad.predicate in ends and isinstance(value, NamedNode):
            yield Relationship(subject, quad.predicate, value, graph)
        if quad.predicate == KR.property and isinstance(value, NamedNode):
            facts = [
                each for each in asserted if (each.subject, each.graph_name) == (subject, graph)
            ]
            for source in facts:
                for target in facts:
                    if (source.predicate, target.predicate) == (KR.source, KR.target):
                        yield from said(source, value, target, facts)


def said(source: Quad, value: NamedNode, target: Quad, facts: list[Quad]) -> Iterator[Relationship]:
    texts = [each.object.value for each in facts if each.predicate == KR.strength]  # type: ignore[union-attr]
    strengths: list[int | None] = [int(each) for each in texts if each.isdigit()]
    for strength in strengths or [None]:
        yield Relationship(
            source.object,  # type: ignore[arg-type]
            value,
            target.object,  # type: ignore[arg-type]
            source.graph_name,  # type: ignore[arg-type]
            strength,
            True,
        )


def content(graph: EntityGraph) -> Any:
    """Return all that a graph says, in order."""
    view = to_networkx(graph)
    lacking = [(iri, each.shape.iri.value) for iri, each in graph.lacking()]
    return list(view.nodes(data=True)), list(view.edges(keys=True, data=True)), lacking


def answers(graph: EntityGraph) -> Iterator[str]:
    """Ask a graph all kinds of questions."""
    present = [NamedNode(graph.entities[each]) for each in graph.present().tolist()]
    for direction in Direction:
        for source in present:
            for limit in (None, 2):
                question = Question(direction, (source,), max_hops=limit, paths=3)
                yield json.dumps(ask(graph, metamodel(), question).to_dict())
        for source, target in pairwise(present):
            between = PathQuestion(direction, source, target, paths=5)
            yield json.dumps(find_paths(graph, metamodel(), between).to_dict())
        if present:
            together = Question(direction, tuple(present[:2]), paths=2, limit=2)
            yield json.dumps(ask(graph, metamodel(), together).to_dict())
        matrix = MatrixQuestion(Side(term("Place")), Side(term("Boat")), direction=direction)
        yield json.dumps(fill_matrix(graph, metamodel(), matrix).to_dict())


@given(histories(), rules(), st.booleans(), st.booleans())
@settings(max_examples=60)
def test_a_graph_kept_in_step_is_what_reading_anew_gives(
    history: list[Commit], ruled: Any, crowded: bool, few: bool
) -> None:
    knowledge, under = KnowledgeBase(metamodel()), profile(ruled)
    kept = Projection(knowledge)
    seen: list[tuple[EntityGraph, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        if crowded:
            # Commits find no room, or find that too much has moved.
            patch.setattr("orthogramic.graph.rows._LEAST_ROOM", 3)
            patch.setattr("orthogramic.graph.amendment._MOST_MOVED", 5)
        if few:
            # Everything is read in bulk, however little it is.
            patch.setattr("orthogramic.repository.graph_reading._FEW", 1)
        for at, commit in enumerate(history):
            plan = Intention(added=commit.added, removed=commit.removed)
            knowledge.write(lambda plan=plan: plan, gate=False)  # type: ignore[misc]
            snapshot, graph = kept.under(under)
            assert snapshot == knowledge.snapshot
            assert content(graph) == content(told(knowledge, under))
            if at == 0:
                patch.setattr(projecting, "read_graph", read_again)
            seen.append((graph, content(graph)))
        fresh = read_graph(knowledge, under)
        assert content(graph) == content(fresh)
        assert list(answers(graph)) == list(answers(fresh))
        assert content(packed(graph)) == content(fresh)
    # Nobody who still holds an earlier graph sees any of this.
    for graph, before in seen:
        assert content(graph) == before


def read_again(*_: object) -> EntityGraph:
    raise AssertionError("everything was read again")


def test_what_is_written_in_bulk_is_read_anew() -> None:
    knowledge = KnowledgeBase(metamodel())
    kept = Projection(knowledge)
    assert len(kept.under(profile())[1].present()) == 0
    knowledge.commit_stream([Quad(entity("a"), RDF.type, term("Boat"), entity("g"))])
    snapshot, graph = kept.under(profile())
    assert snapshot == 1
    assert [graph.entities[each] for each in graph.present()] == [DATA + "a"]


def test_a_change_of_a_good_part_of_everything_is_read_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("orthogramic.repository.graph_changes._MOST_PLACES", 1)
    monkeypatch.setattr("orthogramic.repository.graph_changes._SHARE", 1)
    knowledge = KnowledgeBase(metamodel())
    kept = Projection(knowledge)
    _, before = kept.under(profile())
    kinds = [Quad(entity(each), RDF.type, term("Place"), entity("g")) for each in "abc"]
    pairs = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a")]
    feeding = [Quad(entity(x), term("feeds"), entity(y), entity("g")) for x, y in pairs]
    knowledge.commit([*kinds, *feeding], gate=False)
    _, graph = kept.under(profile())
    assert (before.edge_count, graph.edge_count) == (0, 4)
    assert graph.entities is not before.entities
