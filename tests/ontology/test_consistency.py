"""Ontology and reference data contradict each other nowhere, and a contradiction would be seen.

Two OWL 2 RL reasoners that are not ours: owlrl reports contradictions, reasonable is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import owlrl
import pytest
import reasonable
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from tests.ontology.bundle import (
    KR,
    ORTH,
    classes,
    data_files,
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

#: What says which classes lie within or apart from others.
CLASS_AXIOMS = {RDFS.subClassOf, OWL.disjointWith, OWL.members, RDF.first, RDF.rest}

#: What else a reasoner can draw a conclusion from; labels and definitions only make it slow.
AXIOMS = CLASS_AXIOMS | {
    RDF.type,
    RDFS.domain,
    RDFS.range,
    RDFS.subPropertyOf,
    OWL.inverseOf,
    OWL.unionOf,
    OWL.disjointUnionOf,
    OWL.propertyDisjointWith,
}

needs_data = pytest.mark.skipif(not data_files(), reason="the reference data is not there yet")


def together(*graphs: Graph) -> Graph:
    """Return the union of graphs as a new graph."""
    union = Graph()
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    return union


def axioms() -> Graph:
    """Return what the ontology states about its terms, without what it tells people."""
    found = Graph()
    for triple in ontology():
        if triple[1] in AXIOMS:
            found.add(triple)
    return found


def contradictions(graph: Graph) -> list[str]:
    """Close a graph under OWL 2 RL and return what is contradictory in it."""
    closed = together(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return sorted(str(each) for each in closed.objects(None, ERROR))


def closure(graph: Graph) -> set[tuple[Node, Node, Node]]:
    """Return what the other reasoner derives from a graph, the graph included."""
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    return set(reasoner.reason())


@needs_data
def test_the_reference_data_contradicts_nothing() -> None:
    assert contradictions(together(axioms(), reference_data())) == []


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
    found = "\n".join(contradictions(together(axioms(), planted)))
    whole = ("both", "entity-and-part", "two-parts", "story-and-risk")
    linked = ("stream", "mishap", "team", "course", "limit")
    assert {name for name in (*whole, *linked, "offer") if f"id/{name}" in found} == {
        *whole,
        *linked,
    }


def test_every_pair_of_metamodel_classes_but_offers_is_disjoint() -> None:
    for root in (KR.Entity, KR.StructuralNode):
        names = classes(root)
        data = Graph()
        for index, one in enumerate(names):
            for other in names[index + 1 :]:
                both = URIRef(f"https://example.org/id/{local_name(one)}-{local_name(other)}-both")
                data.add((both, RDF.type, one))
                data.add((both, RDF.type, other))
        # Only the axioms about classes: with all the rest a reasoner needs minutes.
        schema = Graph()
        for triple in ontology():
            if triple[1] in CLASS_AXIOMS or triple[2] == OWL.AllDisjointClasses:
                schema.add(triple)
        found = contradictions(together(schema, data))
        missed = [
            str(each).rsplit("/", 1)[-1]
            for each in set(data.subjects())
            if not any(str(each) in text for text in found)
        ]
        assert missed == (["Product-Service-both"] if root == KR.Entity else [])


@needs_data
def test_domains_and_ranges_make_nothing_an_instance_of_a_second_class() -> None:
    named = {*classes(KR.Entity), *classes(KR.StructuralNode)}
    stated = {(one, value) for one, value in reference_data().subject_objects(RDF.type)}
    derived = {
        (one, value)
        for one, predicate, value in closure(together(ontology(), reference_data()))
        if predicate == RDF.type and value in named
    }
    assert derived == {each for each in stated if each[1] in named}


@needs_data
def test_what_we_materialise_follows_from_the_ontology() -> None:
    # The reasoner writes plain strings with their datatype, so literals are compared as text.
    derived = {
        (one, two, str(value))
        for one, two, value in closure(together(ontology(), reference_data()))
    }
    ours = entail(reference_data())
    assert {(one, two, str(value)) for one, two, value in ours} <= derived
    assert (None, ORTH.isRequiredBy, None) in ours
    assert (None, RDFS.label, None) in ours
