"""The files of the bundle say the same to every reader, and are written one way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph

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


def canonical(quads: Iterable[pyoxigraph.Quad]) -> pyoxigraph.Dataset:
    """Name blank nodes by where they stand, so that equal graphs are equal sets."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_rdflib_and_oxigraph_read_the_same_graph(path: Path) -> None:
    text = Graph().parse(path, format="turtle").serialize(format="nt")
    by_rdflib = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)
    by_oxigraph = pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    assert canonical(by_rdflib) == canonical(by_oxigraph)


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
