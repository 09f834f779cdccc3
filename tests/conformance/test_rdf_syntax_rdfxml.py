"""The W3C RDF/XML test files (RDF 1.1): what is stricter here refuses no valid document."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad

from orthogramic.errors import RdfSyntaxError
from orthogramic.syntax import RdfSyntax, read_quads

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "data" / "rdf" / "rdf-xml"
BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-xml/"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C test files are not here")

# XML literals: the parser does not write them in exclusive canonical XML, and refuses empty ones.
XML_LITERALS = {
    "rdfms-empty-property-elements/test003.rdf",
    "rdfms-empty-property-elements/test009.rdf",
    "rdfms-xml-literal-namespaces/test001.rdf",
    "rdfms-xml-literal-namespaces/test002.rdf",
    "xml-canon/test001.rdf",
    "xml-canon/test002.rdf",
}


def name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def read(path: Path, syntax: RdfSyntax) -> list[Quad]:
    return list(read_quads(path.read_bytes(), syntax, base_iri=BASE + name(path), allow_empty=True))


def canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


GOOD = sorted(
    each
    for each in FOLDER.rglob("*.rdf")
    if each.with_suffix(".nt").exists() and name(each) not in XML_LITERALS
)


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_rdf_xml_means_what_the_n_triples_beside_it_mean(path: Path) -> None:
    expected = read(path.with_suffix(".nt"), RdfSyntax.NTRIPLES)
    assert canonical(read(path, RdfSyntax.RDFXML)) == canonical(expected)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("error*.rdf")), ids=name)
def test_bad_rdf_xml_is_refused_with_its_line(path: Path) -> None:
    with pytest.raises(RdfSyntaxError) as caught:
        read(path, RdfSyntax.RDFXML)
    assert caught.value.line is not None
    assert caught.value.line <= path.read_bytes().count(b"\n") + 1
