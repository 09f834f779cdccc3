"""The files of the bundle say the same to every reader, and are written one way."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph
from rdflib.compare import isomorphic

from orthogramic.syntax.turtle import to_turtle
from tests.ontology.bundle import ROOT, meta_files, ontology_files, shape_files

FILES = [*ontology_files(), *shape_files(), *meta_files()]
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]


def test_the_bundle_is_there() -> None:
    folders = {Path(name).parent.as_posix() for name in NAMES}
    assert folders == {
        "ontology/core",
        "ontology/domains",
        "ontology/extensions",
        "ontology/mappings",
        "ontology/profiles",
        "shapes/core",
        "shapes/domains",
        "shapes/extensions",
        "shapes/meta",
    }


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_rdflib_and_oxigraph_read_the_same_graph(path: Path) -> None:
    by_rdflib = Graph().parse(path, format="turtle")
    triples = pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    by_oxigraph = Graph().parse(data=text, format="nt")
    assert isomorphic(by_rdflib, by_oxigraph)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_files_are_canonical_turtle(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    parser = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
    triples = [quad.triple for quad in parser]
    assert to_turtle(triples, parser.prefixes) == text


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_file_is_one_module(path: Path) -> None:
    headers = list(Graph().parse(path, format="turtle").subjects(RDF.type, OWL.Ontology))
    assert len(headers) == 1
