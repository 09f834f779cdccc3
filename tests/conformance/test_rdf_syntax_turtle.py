"""The W3C Turtle and N-Triples test files (RDF 1.1), read by the reader and by the walker."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from orthogramic.errors import EmptyInputError, RdfSyntaxError
from orthogramic.syntax import RdfSyntax, read_quads, statements, to_turtle

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "data" / "rdf"
BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C test files are not here")


def files(folder: str, pattern: str) -> list[Path]:
    return sorted(each for each in (FOLDER / folder).glob(pattern) if each.stem != "manifest")


def is_bad(path: Path) -> bool:
    return "-bad-" in path.name


# Not listed in the manifest: it writes one character as two escaped surrogates.
UNLISTED = {"test-38.ttl"}
TURTLE = [each for each in files("rdf-turtle", "*.ttl") if each.name not in UNLISTED]
N_TRIPLES = files("rdf-n-triples", "*.nt")
GOOD_TURTLE = [each for each in TURTLE if not is_bad(each)]


def name(path: Path) -> str:
    return path.name


def read(path: Path, syntax: RdfSyntax) -> list[Quad]:
    data = path.read_bytes()
    return list(read_quads(data, syntax, base_iri=BASE + path.name, allow_empty=True))


def canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.parametrize("path", [each for each in TURTLE if is_bad(each)], ids=name)
def test_bad_turtle_is_refused(path: Path) -> None:
    with pytest.raises(RdfSyntaxError) as caught:
        read(path, RdfSyntax.TURTLE)
    assert caught.value.line is not None


@pytest.mark.parametrize("path", [each for each in N_TRIPLES if is_bad(each)], ids=name)
def test_bad_n_triples_are_refused(path: Path) -> None:
    with pytest.raises(RdfSyntaxError):
        read(path, RdfSyntax.NTRIPLES)


@pytest.mark.parametrize("path", [each for each in N_TRIPLES if not is_bad(each)], ids=name)
def test_good_n_triples_are_read_alike_by_both_readers(path: Path) -> None:
    assert canonical(read(path, RdfSyntax.NTRIPLES)) == canonical(read(path, RdfSyntax.TURTLE))


@pytest.mark.parametrize(
    "path", [each for each in GOOD_TURTLE if each.with_suffix(".nt").exists()], ids=name
)
def test_turtle_means_what_the_n_triples_beside_it_mean(path: Path) -> None:
    expected = read(path.with_suffix(".nt"), RdfSyntax.NTRIPLES)
    assert canonical(read(path, RdfSyntax.TURTLE)) == canonical(expected)


@pytest.mark.parametrize("path", [*GOOD_TURTLE, *files("rdf-n-triples", "[!n]*.nt")], ids=name)
def test_the_walker_finds_what_the_parser_finds(path: Path) -> None:
    def named(quads: list[Quad]) -> set[tuple[str, str, str]]:
        return {
            (
                quad.subject.value,
                quad.predicate.value,
                "_:" if isinstance(quad.object, BlankNode) else str(quad.object),
            )
            for quad in quads
            if isinstance(quad.subject, NamedNode)
        }

    text = path.read_bytes().decode()
    walked = [
        Quad(each.subject, each.predicate, each.object, each.graph)
        for each in statements(text, BASE + path.name)
    ]
    parsed = read(path, RdfSyntax.TURTLE)
    assert named(walked) == named(parsed)
    assert len(set(walked)) == len(set(parsed))


@pytest.mark.parametrize("path", GOOD_TURTLE, ids=name)
def test_the_canonical_text_means_the_same(path: Path) -> None:
    quads = read(path, RdfSyntax.TURTLE)
    text = to_turtle([quad.triple for quad in quads], {"ex": "http://a.example/"})
    again = list(read_quads(text.encode(), RdfSyntax.TURTLE, allow_empty=True))
    assert canonical(again) == canonical(quads)


def test_an_empty_file_is_told_from_an_empty_graph() -> None:
    path = FOLDER / "rdf-turtle" / "turtle-syntax-file-01.ttl"
    with pytest.raises(EmptyInputError):
        list(read_quads(path.read_bytes(), RdfSyntax.TURTLE))
