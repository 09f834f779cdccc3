"""Laws of the canonical writer; the parsers and the isomorphism test are not ours."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from rdflib.compare import isomorphic

from orthogramic.syntax import to_trig, to_turtle
from tests.properties.syntax.strategies import DATASETS, GRAPHS_WITH_LISTS, PREFIXES

ALGORITHM = CanonicalizationAlgorithm.RDFC_1_0


def canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(ALGORITHM)
    return dataset


def read(text: str, rdf_format: RdfFormat = RdfFormat.TURTLE) -> list[Quad]:
    return list(parse(text.encode(), rdf_format))


def as_quads(triples: list[Triple]) -> list[Quad]:
    return [Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in triples]


def relabelled(quads: list[Quad]) -> list[Quad]:
    """The same dataset in reverse order, every blank node renamed."""

    def rename(term: object) -> object:
        return BlankNode(f"z{hash(term.value) % 10**9}") if isinstance(term, BlankNode) else term

    return [
        Quad(*(rename(part) for part in (q.subject, q.predicate, q.object, q.graph_name)))  # type: ignore[arg-type]
        for q in reversed(quads)
    ]


@given(GRAPHS_WITH_LISTS)
def test_turtle_says_what_the_graph_says(graph: list[Triple]) -> None:
    written = to_turtle(graph, PREFIXES)
    assert canonical(read(written)) == canonical(as_quads(graph))


@given(DATASETS)
def test_trig_says_what_the_dataset_says(dataset: list[Quad]) -> None:
    written = to_trig(dataset, PREFIXES)
    assert canonical(read(written, RdfFormat.TRIG)) == canonical(dataset)


@given(GRAPHS_WITH_LISTS)
@settings(max_examples=60)
def test_rdflib_reads_the_same_graph(graph: list[Triple]) -> None:
    ours, plain = rdflib.Graph(), rdflib.Graph()
    ours.parse(data=to_turtle(graph, PREFIXES), format="turtle")
    triples = serialize(graph, format=RdfFormat.N_TRIPLES)
    assert triples is not None
    plain.parse(data=triples, format="nt")
    assert isomorphic(ours, plain)


@given(GRAPHS_WITH_LISTS, st.randoms(use_true_random=False))
def test_turtle_does_not_depend_on_order_or_labels(
    graph: list[Triple], random: st.DataObject
) -> None:
    expected = to_turtle(graph, PREFIXES)
    shuffled = relabelled(as_quads(graph))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert to_turtle([quad.triple for quad in shuffled], PREFIXES) == expected


@given(DATASETS)
def test_trig_does_not_depend_on_order_or_labels(dataset: list[Quad]) -> None:
    assert to_trig(relabelled(dataset), PREFIXES) == to_trig(dataset, PREFIXES)


@given(GRAPHS_WITH_LISTS)
def test_turtle_is_idempotent(graph: list[Triple]) -> None:
    once = to_turtle(graph, PREFIXES)
    assert to_turtle([quad.triple for quad in read(once)], PREFIXES) == once


@given(DATASETS)
def test_trig_is_idempotent(dataset: list[Quad]) -> None:
    once = to_trig(dataset, PREFIXES)
    assert to_trig(read(once, RdfFormat.TRIG), PREFIXES) == once


# rdflib's own parser calls what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@given(DATASETS)
@settings(max_examples=40)
def test_rdflib_reads_the_same_dataset(dataset: list[Quad]) -> None:
    ours, plain = rdflib.Dataset(), rdflib.Dataset()
    ours.parse(data=to_trig(dataset, PREFIXES), format="trig")
    quads = serialize(dataset, format=RdfFormat.N_QUADS)
    assert quads is not None
    plain.parse(data=quads, format="nquads")
    assert isomorphic(_flat(ours), _flat(plain))


def _flat(dataset: rdflib.Dataset) -> rdflib.Graph:
    """A graph that says of each statement in which graph it stands."""
    flat = rdflib.Graph()
    for subject, predicate, term, name in dataset.quads():
        node = rdflib.BNode()
        for number, part in enumerate((subject, predicate, term, name)):
            if part is not None and part != rdflib.graph.DATASET_DEFAULT_GRAPH_ID:
                flat.add((node, rdflib.URIRef(f"urn:{number}"), part))
    return flat
