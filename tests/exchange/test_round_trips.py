"""What is written is read back as the same quads by parsers that are not ours."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given, settings
from pyoxigraph import Quad

from orthogramic.exchange import write
from orthogramic.syntax import RdfSyntax
from tests.exchange.coast import CONTEXT, PREFIXES
from tests.exchange.datasets import (
    DATASETS,
    by_pyoxigraph,
    by_rdflib,
    merged,
    same,
)

#: rdflib warns about its own internals.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated"),
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),
]
PYOXIGRAPH = {
    RdfSyntax.TURTLE: "TURTLE",
    RdfSyntax.TRIG: "TRIG",
    RdfSyntax.NTRIPLES: "N_TRIPLES",
    RdfSyntax.NQUADS: "N_QUADS",
    RdfSyntax.RDFXML: "RDF_XML",
    RdfSyntax.JSONLD: "JSON_LD",
}
RDFLIB = {
    RdfSyntax.TURTLE: "turtle",
    RdfSyntax.TRIG: "trig",
    RdfSyntax.NTRIPLES: "nt",
    RdfSyntax.NQUADS: "nquads",
    RdfSyntax.RDFXML: "xml",
    RdfSyntax.JSONLD: "json-ld",
}
EVERY_SYNTAX = pytest.mark.parametrize("syntax", list(RdfSyntax), ids=lambda each: each.key)


@pytest.fixture(autouse=True)
def exact_literals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have rdflib keep lexical forms, and be silent about ill-typed ones."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def document(quads: list[Quad], syntax: RdfSyntax) -> bytes:
    """Write with the prefixes and the context of the coast."""
    return b"".join(write(quads, syntax, prefixes=PREFIXES, context=CONTEXT))


def carried(quads: list[Quad], syntax: RdfSyntax) -> list[Quad]:
    """Return what the syntax is to carry of the quads."""
    return quads if syntax.has_named_graphs else merged(quads)


@EVERY_SYNTAX
@settings(deadline=None)
@given(quads=DATASETS)
def test_pyoxigraph_reads_the_same_quads(syntax: RdfSyntax, quads: list[Quad]) -> None:
    read = by_pyoxigraph(document(quads, syntax), PYOXIGRAPH[syntax])
    assert same(read, carried(quads, syntax))


@EVERY_SYNTAX
@settings(deadline=None, max_examples=50)
@given(quads=DATASETS)
def test_rdflib_reads_the_same_quads(syntax: RdfSyntax, quads: list[Quad]) -> None:
    read = by_rdflib(document(quads, syntax), RDFLIB[syntax])
    assert same(read, carried(quads, syntax))
