"""Ontology and reference data contradict each other nowhere, and a contradiction would be seen.

What follows is derived by a reasoner for OWL 2 RL that is not ours and quick (reasonable); it does
not say what is contradictory, so the rules with a false conclusion that can apply are applied here,
and another reasoner (owlrl, too slow for the whole) has to find the same in a small ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import owlrl
import reasonable
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection

from tests.ontology.bundle import (
    KR,
    ORTH,
    classes,
    entail,
    local_name,
    ontology,
    parse,
    reference_data,
)

if TYPE_CHECKING:
    from rdflib.term import Node

#: The property by which owlrl reports a contradiction.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")

#: What a reasoner can draw a conclusion from; labels and definitions only make it slow.
AXIOMS = {
    RDF.type,
    RDF.first,
    RDF.rest,
    RDFS.domain,
    RDFS.range,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.disjointWith,
    OWL.inverseOf,
    OWL.members,
    OWL.unionOf,
}
#: What else may speak of a term in the vocabulary of OWL, and contradicts nothing.
HARMLESS = {
    OWL.AllDisjointClasses,
    OWL.AnnotationProperty,
    OWL.Class,
    OWL.DatatypeProperty,
    OWL.NamedIndividual,
    OWL.ObjectProperty,
    OWL.Ontology,
    OWL.SymmetricProperty,
    OWL.imports,
    OWL.versionIRI,
    OWL.versionInfo,
}


def together(*graphs: Graph) -> Graph:
    """Return the union of graphs as a new graph."""
    union = Graph()
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    return union


@cache
def axioms() -> Graph:
    """Return what the ontology states about its terms, without what it tells people."""
    found = Graph()
    for triple in ontology():
        if triple[1] in AXIOMS:
            found.add(triple)
    return found


def closure(graph: Graph) -> set[tuple[Node, Node, Node]]:
    """Return what follows from a graph under OWL 2 RL, the graph included."""
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    return set(reasoner.reason())


@cache
def derived() -> set[tuple[Node, Node, Node]]:
    """Return what follows from ontology and reference data, both included."""
    return closure(together(axioms(), reference_data()))


def apart(schema: Graph) -> Iterator[tuple[Node, Node]]:
    """Yield every two classes that a schema states to be disjoint."""
    yield from schema.subject_objects(OWL.disjointWith)
    for head in schema.objects(None, OWL.members):
        yield from combinations(Collection(schema, head), 2)


def contradictory(schema: Graph, triples: Iterable[tuple[Node, Node, Node]]) -> set[str]:
    """Return the local names of what belongs to two disjoint classes, or to none that can be.

    :param schema: the axioms.
    :param triples: what follows from axioms and data (rules cax-dw, cax-adc and cls-nothing2 of
        OWL 2 Profiles, section 4.3, are what is left to apply).
    """
    members: dict[Node, set[Node]] = {}
    for subject, predicate, value in triples:
        if predicate == RDF.type:
            members.setdefault(value, set()).add(subject)
    wrong = set(members.get(OWL.Nothing, ()))
    for one, other in apart(schema):
        wrong |= members.get(one, set()) & members.get(other, set())
    return {str(each).rsplit("/", 1)[-1] for each in wrong}


def test_no_axiom_is_of_a_kind_whose_contradictions_are_not_looked_for() -> None:
    used = {each for _, *rest in ontology() for each in rest}
    named = {each for each in used if str(each).startswith(str(OWL))}
    assert named <= AXIOMS | HARMLESS


def test_the_reference_data_contradicts_nothing() -> None:
    assert contradictory(axioms(), derived()) == set()


def test_values_are_of_the_datatypes_that_the_ontology_declares() -> None:
    declared = dict(ontology().subject_objects(RDFS.range))
    used = {
        (predicate, value.datatype or XSD.string)
        for _, predicate, value in reference_data()
        if isinstance(value, Literal)
    }
    wrong = [each for each in used if declared.get(each[0], each[1]) != each[1]]
    assert wrong == []


def test_planted_contradictions_are_caught() -> None:
    planted = parse("""
        ex:both a orth:Capability , orth:ValueStream .
        ex:entity-and-part a kr:Entity , kr:StructuralNode .
        ex:two-parts a orth:PersonaDemographics , orth:CustomerRelationshipRisk .
        ex:persona orth:requires ex:stream . ex:stream a orth:CustomerJourney .
        ex:indicator orth:isIndicatorOfMetric ex:mishap . ex:mishap a orth:Risk .
        ex:application orth:supportsCapability ex:team . ex:team a orth:OrganizationUnit .
        ex:effort orth:pursues ex:course . ex:course a orth:Strategy .
        ex:number orth:hasEvaluativeModel ex:limit . ex:limit a orth:PerformanceThreshold .
        ex:story-and-risk orth:storyID "US-1" ; orth:riskID "RISK-1" .
        ex:segment orth:consumes ex:offer . ex:offer a orth:Product .
    """)
    assert contradictory(axioms(), closure(together(axioms(), planted))) == {
        "both",
        "entity-and-part",
        "two-parts",
        "story-and-risk",
        # as the other end of a link
        "stream",
        "mishap",
        "team",
        "course",
        "limit",
        # but not "offer", which may be product and service at once
    }


def test_another_reasoner_finds_the_same_contradictions() -> None:
    small = parse("""
        ex:Cat rdfs:subClassOf ex:Animal . ex:Moss rdfs:subClassOf ex:Plant .
        ex:Animal owl:disjointWith ex:Plant .
        [] a owl:AllDisjointClasses ; owl:members ( ex:River ex:Sea ex:Lake ) .
        ex:eats rdfs:domain ex:Animal ; rdfs:range ex:Plant .
        ex:feeds owl:inverseOf ex:eats . ex:grazes rdfs:subPropertyOf ex:eats .
        ex:borders a owl:SymmetricProperty ; rdfs:domain ex:Lake .

        ex:both a ex:Cat , ex:Moss .
        ex:eater a ex:Moss ; ex:eats ex:leaf .
        ex:grazer a ex:Cat ; ex:grazes ex:prey . ex:prey a ex:Cat .
        ex:fed a ex:Plant . ex:stem ex:feeds ex:fed .
        ex:inlet a ex:River . ex:pond ex:borders ex:inlet .
        ex:estuary a ex:River , ex:Cat .
        ex:nothing a owl:Nothing .
    """)
    closed = together(small)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    reported = "\n".join(str(each) for each in closed.objects(None, ERROR))
    names = {local_name(each).rsplit("/", 1)[-1] for each in small.all_nodes()}
    found = contradictory(small, closure(small))
    assert found == {"both", "eater", "prey", "fed", "inlet", "nothing"}
    assert {name for name in names if f"id/{name}" in reported} >= found
    assert not [name for name in ("grazer", "stem", "pond", "estuary") if name in reported]


def test_every_pair_of_metamodel_classes_but_offers_is_disjoint() -> None:
    data = Graph()
    for root in (KR.Entity, KR.StructuralNode):
        for pair in combinations(classes(root), 2):
            both = URIRef("https://example.org/id/" + "-".join(map(local_name, pair)))
            for each in pair:
                data.add((both, RDF.type, each))
    found = contradictory(axioms(), closure(together(axioms(), data)))
    planted = {str(each).rsplit("/", 1)[-1] for each in data.subjects()}
    assert len(planted) > 1000
    assert planted - found == {"Product-Service"}


def test_domains_and_ranges_make_nothing_an_instance_of_a_second_class() -> None:
    named = {*classes(KR.Entity), *classes(KR.StructuralNode)}
    stated = {(one, value) for one, value in reference_data().subject_objects(RDF.type)}
    found = {(one, value) for one, predicate, value in derived() if predicate == RDF.type}
    assert {each for each in found if each[1] in named} == {
        each for each in stated if each[1] in named
    }


def test_what_we_materialise_follows_from_the_ontology() -> None:
    # The reasoner writes plain strings with their datatype, so literals are compared as text.
    follows = {(one, two, str(value)) for one, two, value in derived()}
    ours = entail(reference_data())
    assert {(one, two, str(value)) for one, two, value in ours} <= follows
    assert (None, ORTH.isRequiredBy, None) in ours
    assert (None, RDFS.label, None) in ours
