"""The description of a SPARQL endpoint in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from orthogramic.vocabulary import RDF, RDFS, VOID, XSD, Namespace

SD = Namespace(
    "http://www.w3.org/ns/sparql-service-description#",
    "Service Dataset Graph NamedGraph SPARQL11Query SPARQL11Update UnionDefaultGraph "
    "EmptyGraphs defaultDataset defaultGraph namedGraph name graph endpoint feature inputFormat "
    "resultFormat supportedLanguage",
)
_FORMATS = Namespace(
    "http://www.w3.org/ns/formats/",
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle "
    "N-Triples RDF_XML JSON-LD",
)
#: Prefixes with which a description reads well.
PREFIXES = {"sd": SD.base, "rdf": RDF.base, "rdfs": RDFS.base, "void": VOID.base, "xsd": XSD.base}
_TRIPLES = NamedNode(VOID.base + "triples")


@dataclass(frozen=True, slots=True)
class DescribedGraph:
    """A named graph as the description lists it."""

    iri: str
    label: str
    triples: int | None


def describe_service(
    endpoint: str, *, union: bool, graphs: Iterable[DescribedGraph] = ()
) -> Iterator[Triple]:
    """Yield what there is to say about an endpoint.

    :param endpoint: its address.
    :param union: whether the default graph is the union of named graphs, and a graph is there only
        as long as it holds something; else graphs stand by themselves.
    :param graphs: its named graphs.
    :returns: triples without blank nodes: parts are named under the address.
    """
    service, dataset = NamedNode(f"{endpoint}#service"), NamedNode(f"{endpoint}#dataset")
    default = NamedNode(f"{endpoint}#default-graph")
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, NamedNode(endpoint))
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    for name in _FORMATS.names():
        yield Triple(service, SD.resultFormat, _FORMATS[name])
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Update)
    yield Triple(service, SD.feature, SD.UnionDefaultGraph if union else SD.EmptyGraphs)
    yield Triple(service, SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield Triple(dataset, SD.defaultGraph, default)
    yield Triple(default, RDF.type, SD.Graph)
    for number, each in enumerate(graphs, start=1):
        yield from _named_graph(dataset, NamedNode(f"{endpoint}#graph-{number}"), each)


def _named_graph(dataset: NamedNode, node: NamedNode, graph: DescribedGraph) -> Iterator[Triple]:
    content = NamedNode(f"{node.value}-content")
    yield Triple(dataset, SD.namedGraph, node)
    yield Triple(node, RDF.type, SD.NamedGraph)
    yield Triple(node, SD.name, NamedNode(graph.iri))
    yield Triple(node, RDFS.label, Literal(graph.label))
    yield Triple(node, SD.graph, content)
    yield Triple(content, RDF.type, SD.Graph)
    if graph.triples is not None:
        yield Triple(content, _TRIPLES, Literal(str(graph.triples), datatype=XSD.integer))
