"""Entailment, change by change, is what entailment of the whole would be.

The oracle is a plain fixpoint over the ontology's axioms, written without the engine's rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from orthogramic.metamodel import Metamodel
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.vocabulary import KR, OWL, RDF, RDFS
from tests.conftest import TOY

BEE = "https://bees.example/terms#"
GRAPHS = [NamedNode("https://bees.example/a"), NamedNode("https://bees.example/b")]
NODES = [NamedNode(f"https://bees.example/id/{each}") for each in "pqrs"]
CLASSES = [NamedNode(BEE + each) for each in ("Hive", "NucleusHive", "Meadow", "Unheard")]
LINKS = [NamedNode(BEE + each) for each in ("foragesAt", "feeds", "abutsMeadow", "minds", "odd")]

quads = st.one_of(
    st.builds(
        Quad,
        st.sampled_from(NODES),
        st.just(RDF.type),
        st.sampled_from(CLASSES),
        st.sampled_from(GRAPHS),
    ),
    st.builds(
        Quad,
        st.sampled_from(NODES),
        st.sampled_from(LINKS),
        st.sampled_from(NODES),
        st.sampled_from(GRAPHS),
    ),
)
changes = st.lists(
    st.tuples(st.lists(quads, max_size=4), st.lists(quads, max_size=6)), min_size=1, max_size=6
)

Fact = tuple[str, str, str]


def facts(quads_: Iterable[Quad]) -> set[Fact]:
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads_}


def consequences(fact: Fact, axiom: Fact) -> Iterable[Fact]:
    """Return what one fact and one axiom of the ontology entail."""
    (s, p, o), (a, relation, b) = fact, axiom
    kind = str(RDF.type)
    if p == kind:
        return {(s, kind, b)} if (relation, a) == (str(RDFS.subClassOf), o) else ()
    if (relation, a) == (str(RDFS.subPropertyOf), p):
        return {(s, b, o)}
    if relation == str(OWL.inverseOf):
        return {(o, other, s) for one, other in ((a, b), (b, a)) if one == p}
    if (a, relation, b) == (p, kind, str(OWL.SymmetricProperty)):
        return {(o, p, s)}
    return ()


def entailed(asserted: set[Fact], axioms: set[Fact]) -> set[Fact]:
    """Close asserted facts under the axioms of the ontology, as a plain fixpoint."""
    derived: set[Fact] = set()
    while True:
        known = asserted | derived
        new = {each for fact in known for axiom in axioms for each in consequences(fact, axiom)}
        if new <= derived:
            return derived
        derived |= new


@cache
def metamodel() -> Metamodel:
    return read_bundle([TOY])


def empty() -> closing[KnowledgeBase]:
    return closing(KnowledgeBase(metamodel()))


@settings(max_examples=25, deadline=None)
@given(changes)
def test_after_any_edits_the_inferred_graph_is_the_closure_of_the_asserted(
    edits: list[tuple[list[Quad], list[Quad]]],
) -> None:
    with empty() as knowledge:
        axioms = facts(Quad(t.subject, t.predicate, t.object) for t in knowledge.metamodel.ontology)
        model: set[Quad] = set()
        for removed, added in edits:
            knowledge.commit(added, removed, gate=False)
            model = (model - set(removed)) | set(added)
            assert set(knowledge.asserted()) == model
            inferred = facts(knowledge.store.quads(None, None, None, KR.inferred))
            expected = entailed(facts(model), axioms)
            # A fact that follows from itself, there and back through an inverse, may be left out.
            assert inferred <= expected
            assert inferred | facts(model) == expected | facts(model)


@settings(max_examples=30, deadline=None)
@given(st.lists(quads, max_size=12), st.randoms(use_true_random=False))
def test_order_and_cutting_into_commits_do_not_matter(added: list[Quad], random: Random) -> None:
    shuffled = list(added)
    random.shuffle(shuffled)
    with empty() as one, empty() as many:
        one.commit(added, gate=False)
        for quad in shuffled:
            many.commit([quad], gate=False)
        assert set(one.store.quads(None, None, None, KR.inferred)) == set(
            many.store.quads(None, None, None, KR.inferred)
        )


@settings(max_examples=30, deadline=None)
@given(st.lists(quads, min_size=1, max_size=12))
def test_the_stream_and_the_gate_lead_to_the_same_store(added: list[Quad]) -> None:
    with empty() as streamed, empty() as committed:
        streamed.commit_stream(iter(added))
        committed.commit(added, gate=False)
        for graph in (*GRAPHS, KR.inferred):
            assert set(streamed.store.quads(None, None, None, graph)) == set(
                committed.store.quads(None, None, None, graph)
            )
