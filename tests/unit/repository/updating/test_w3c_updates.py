"""The update tests of the W3C, with ``kr:default`` in the place of the default graph.

The suite stands beside the checkout, in ``../shared/conformance``. Its default graph is a plain
one, which is a setting here. Blank nodes get addresses on the way in; to compare, they become
blank nodes again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph
import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
)

from orthogramic.repository.updating import UpdateSettings, effect_of
from orthogramic.store import EmbeddedStore
from orthogramic.syntax import skolemize
from orthogramic.vocabulary import KR, RDF, RDFS

ROOT = Path(__file__).resolve().parents[4]
SUITE = ROOT.parent / "shared" / "conformance" / "data"
WEB = "https://w3c.github.io/rdf-tests/sparql/"
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
UPDATE = "http://www.w3.org/2009/sparql/tests/test-update#"
HOST = "https://nodes.example/"

Node = NamedNode | BlankNode


class Manifest:
    """One manifest, as a graph."""

    def __init__(self, path: Path) -> None:
        base = f"{WEB}{path.relative_to(SUITE)}"
        self._store = Store()
        self._store.extend(pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE, base_iri=base))

    def objects(self, node: Node, name: str) -> list[Node | pyoxigraph.Literal]:
        """Return the values of a property."""
        found = self._store.quads_for_pattern(node, NamedNode(name), None, None)
        return [each.object for each in found]  # type: ignore[misc]

    def one(self, node: Node, name: str) -> Node:
        """Return the only value of a property."""
        (found,) = self.objects(node, name)
        assert not isinstance(found, pyoxigraph.Literal)
        return found

    def tests(self) -> Iterator[NamedNode]:
        """Yield the evaluation tests."""
        kind = NamedNode(f"{MANIFEST}UpdateEvaluationTest")
        for quad in self._store.quads_for_pattern(None, RDF.type, kind, None):
            assert isinstance(quad.subject, NamedNode)
            yield quad.subject


def cases() -> Iterator[tuple[str, Manifest, NamedNode]]:
    for path in sorted((SUITE / "sparql11").glob("*/manifest.ttl")):
        if "UpdateEvaluationTest" in path.read_text("utf-8"):
            manifest = Manifest(path)
            for test in sorted(manifest.tests(), key=lambda each: each.value):
                yield f"{path.parent.name}/{test.value.rpartition('#')[2]}", manifest, test


CASES = list(cases())

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the conformance suites are not beside the checkout"
)


def text_of(iri: str) -> Path:
    return SUITE / unquote(iri.removeprefix(WEB))


def dataset(manifest: Manifest, node: Node) -> list[Quad]:
    """Read the graphs that a test begins or ends with, their blank nodes as addresses."""
    quads: list[Quad] = []
    parts = [(each.value, KR.default) for each in manifest.objects(node, f"{UPDATE}data")]
    for each in manifest.objects(node, f"{UPDATE}graphData"):
        assert isinstance(each, BlankNode)
        (label,) = manifest.objects(each, RDFS.label.value)
        file = manifest.one(each, f"{UPDATE}graph")
        parts.append((file.value, NamedNode(label.value)))
    for base, graph in parts:
        content = text_of(base).read_bytes()
        found = pyoxigraph.parse(content, RdfFormat.TURTLE, base_iri=base)
        placed = (Quad(each.subject, each.predicate, each.object, graph) for each in found)
        quads += skolemize(placed, HOST, base)
    return quads


def shown(quads: list[Quad]) -> set[Quad]:
    """Return quads in canonical form, addresses of blank nodes as blank nodes."""
    store = Store()
    store.extend(quads)
    canonical = pyoxigraph.Dataset()
    for each in store:
        terms = [_node(term) for term in (each.subject, each.object, each.graph_name)]
        canonical.add(Quad(terms[0], each.predicate, terms[1], terms[2]))
    canonical.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(canonical)


def _node(term: object) -> pyoxigraph.NamedNode:
    if isinstance(term, NamedNode) and "/.well-known/genid/" in term.value:
        return BlankNode(term.value.rpartition("/")[2])  # type: ignore[return-value]
    return term  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("manifest", "test"), [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_effects_are_those_of_the_suite(manifest: Manifest, test: NamedNode) -> None:
    action = manifest.one(test, f"{MANIFEST}action")
    result = manifest.one(test, f"{MANIFEST}result")
    request = manifest.one(action, f"{UPDATE}request")
    settings = UpdateSettings(plain=True, base_iri=request.value, nodes_base=HOST)
    store = EmbeddedStore(apart=settings.apart)
    store.add_in_bulk(dataset(manifest, action))
    effect = effect_of(text_of(request.value).read_text("utf-8"), store, settings)
    store.apply(effect.removed, effect.added)
    assert shown(list(store.quads())) == shown(dataset(manifest, result))


def test_the_whole_suite_is_here() -> None:
    assert len(CASES) == 94
