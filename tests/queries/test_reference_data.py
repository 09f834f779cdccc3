"""The reference dataset keeps the promises of its README."""

from __future__ import annotations

from collections import Counter

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from pyshacl import validate
from rdflib.namespace import SH

from orthogramic.syntax import to_turtle
from tests.queries.reference_store import (
    DATASET,
    ENTITIES,
    GRAPHS,
    METAMODEL,
    RDF_TYPE,
    SYSTEM,
    data_triples,
    entail,
    turtle,
)

each_graph = pytest.mark.parametrize("name", GRAPHS)


def local(term: object) -> str:
    assert isinstance(term, NamedNode)
    return term.value.removeprefix(ENTITIES).removeprefix(METAMODEL).removeprefix(SYSTEM)


def rdflib_graph(triples: set[Triple]) -> rdflib.Graph:
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert text is not None
    return rdflib.Graph().parse(data=text, format="nt")


@each_graph
def test_is_canonical_turtle(name: str) -> None:
    text = (DATASET / f"{name}.ttl").read_text("utf-8")
    parser = parse(text, format=RdfFormat.TURTLE)
    triples = [quad.triple for quad in parser]
    assert to_turtle(triples, parser.prefixes) == text


@each_graph
def test_stores_no_blank_node(name: str) -> None:
    terms = {term for each in data_triples(name) for term in (each.subject, each.object)}
    assert not {term for term in terms if isinstance(term, BlankNode)}


def test_no_statement_stands_in_both_graphs() -> None:
    assert not set(data_triples("tables")) & set(data_triples("illustrative"))


@each_graph
def test_a_plain_link_stands_beside_each_qualified_one(name: str) -> None:
    triples = set(data_triples(name))
    ends: dict[NamedNode, dict[str, NamedNode]] = {}
    for each in triples:
        role = each.predicate.value.removeprefix(SYSTEM)
        if role in {"source", "property", "target"}:
            assert isinstance(each.subject, NamedNode)
            assert isinstance(each.object, NamedNode)
            ends.setdefault(each.subject, {})[role] = each.object
    assert ends
    for node, end in ends.items():
        assert Triple(end["source"], end["property"], end["target"]) in triples
        keys = [local(end[role]).split("/")[-1] for role in ("source", "property", "target")]
        assert local(node) == "QualifiedRelationship/" + "-".join(keys)


def test_manifest_names_the_two_graphs_and_their_files() -> None:
    base = "https://example.org/dataset.ttl"
    manifest = {
        (each.subject, local(each.predicate).rsplit("/", 1)[-1].rsplit("#", 1)[-1]): each.object
        for each in parse(path=DATASET / "dataset.ttl", base_iri=base)
    }
    for name, graph in GRAPHS.items():
        assert manifest[graph, "dataDump"] == NamedNode(f"https://example.org/{name}.ttl")
    assert manifest[GRAPHS["illustrative"], "illustrative"] == Literal(True)
    assert (GRAPHS["tables"], "illustrative") not in manifest


def test_conforms_but_for_the_gaps_left_on_purpose() -> None:
    data = set(data_triples("tables")) | set(data_triples("illustrative"))
    _, report, text = validate(
        rdflib_graph(data | entail(turtle("ontology"), data)),
        shacl_graph=rdflib_graph(set(turtle("shapes"))),
    )
    assert isinstance(report, rdflib.Graph)
    results = Counter(report.objects(None, SH.resultSeverity))
    assert results[SH.Violation] == 0, text
    warned = {
        (local(NamedNode(str(focus))), local(NamedNode(str(report.value(node, SH.resultPath)))))
        for node in report.subjects(SH.resultSeverity, SH.Warning)
        for focus in report.objects(node, SH.focusNode)
    }
    assert warned == {
        ("Capability/order-execution", "orgUnit"),
        ("CustomerJourneyStage/JOURNEY-001-STAGE-1", "reliesOn"),
        ("CustomerSegment/CUST-SEG-003", "participatesIn"),
        ("ValueStreamStage/wealth-advisory-value-stream-grow-relationship", "enabledBy"),
    }


TABLE_VALUES = """
CUST-SEG-001|Affluent Professionals|value-based|Premium Banking Division|Segment Manager
High-income professionals with complex financial needs and limited time|Relationship Banking Lead
Time-efficient financial management|Wealth preservation|Professional referrals|Executive events
Comprehensive financial management with personalized service|Digital targeting|Dedicated advisor
Quarterly portfolio reviews|growth|25000|annually|Relationship Depth|3.7|products|NPS|42
Wealth Advisory Services|Business Owners|Enhanced mobile investment capabilities
Core focus segment for 2025 growth strategy|PERSONA-001|Michael Chen|PERSONA-002
42-year-old technology executive balancing career advancement with family needs
Male|$250,000+|Urban|Achievement|Security|Family|Technology|Travel
Researches thoroughly before decisions|prefers digital interactions
Build wealth for early retirement|fund children's education|Limited time for financial management
complex tax situation|Peer recommendations|expert financial advice|industry trends
Gathers options online, consults advisor, then makes decision|early adopter|mobile-first
financial management apps|Michael checks his portfolio during his morning commute...
I need financial solutions that work around my schedule, not the other way around
JOURNEY-001|Wealth Management Onboarding|Wealth Management Division|Discovery|Needs Assessment
Process of transitioning high-value clients into comprehensive wealth management
Solution Design|Implementation|Review|Initial consultation with wealth advisor
Share financial goals and current portfolio information|Repetitive information gathering
Concern about whether their needs will be understood|complex paperwork
Digital pre-collection of information before meeting|Financial Needs Analysis|Client Profiling
Wealth Advisory Value Stream|Time to complete stage|3|days|Client satisfaction|4.2
REL-001|Premium Advisory Relationship|Private Client Group|advisory|4|active|loyal
Comprehensive wealth management relationship with dedicated advisor|Initial engagement
March 2022|Portfolio review|Quarterly|15000|annual revenue|Advisor turnover|competitor offers
market performance dissatisfaction|Trust services|business banking integration
family office services|Quarterly in-person reviews|monthly check-ins|dedicated support line
"""


def test_tables_graph_holds_every_value_of_the_tables() -> None:
    """Typed out from the tables, list items one by one."""
    held = {
        each.object.value for each in data_triples("tables") if isinstance(each.object, Literal)
    }
    wanted = {value for line in TABLE_VALUES.strip().splitlines() for value in line.split("|")}
    assert not wanted - held


def test_entities_are_named_by_class_and_key() -> None:
    for name in GRAPHS:
        for each in data_triples(name):
            if each.predicate == RDF_TYPE and local(each.subject).count("/") == 1:
                assert local(each.subject).split("/")[0] == local(each.object)
