"""The bundle as the tests see it: read by libraries that are not ours, straight from the files.

Nothing here uses the engine: these graphs are what its readings are compared with.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CATALOGUE = SHARED / "metamodel" / "catalogue.json"

ORTH = Namespace("https://orthogramic.com/metamodel#")
ORTHSH = Namespace("https://orthogramic.com/metamodel/shapes#")
KR = Namespace("https://orthogramic.com/repository#")
SH = Namespace("http://www.w3.org/ns/shacl#")

_PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/id/> .
@prefix kr: <https://orthogramic.com/repository#> .
@prefix krsh: <https://orthogramic.com/repository/shapes#> .
@prefix orth: <https://orthogramic.com/metamodel#> .
@prefix orthsh: <https://orthogramic.com/metamodel/shapes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def ontology_files() -> list[Path]:
    """Return the modules, extensions and profiles, sorted."""
    return sorted((ROOT / "ontology").rglob("*.ttl"))


def shape_files() -> list[Path]:
    """Return the shapes that speak about data, sorted."""
    meta = ROOT / "shapes" / "meta"
    return [path for path in sorted((ROOT / "shapes").rglob("*.ttl")) if meta not in path.parents]


def meta_files() -> list[Path]:
    """Return the shapes that speak about the ontology and the shapes, sorted."""
    return sorted((ROOT / "shapes" / "meta").glob("*.ttl"))


def data_files() -> list[Path]:
    """Return the files of the shipped datasets, sorted; what is wrong on purpose is none."""
    folders = sorted(each.parent for each in (ROOT / "data").glob("*/dataset.ttl"))
    return [path for folder in folders for path in sorted(folder.glob("*.ttl"))]


def local_name(term: Node | None) -> str:
    """Return what stands behind the ``#`` of an IRI; nothing for no term."""
    return "" if term is None else str(term).rsplit("#", 1)[-1]


def turtle(text: str) -> str:
    """Put the prefixes in front of a snippet."""
    return _PREFIXES + text


def parse(text: str) -> Graph:
    """Read a snippet of Turtle that uses the usual prefixes."""
    return Graph().parse(data=turtle(text), format="turtle")


def _read(paths: Iterable[Path]) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


@cache
def ontology() -> Graph:
    """Return the ontology; not to be altered."""
    return _read(ontology_files())


@cache
def shapes() -> Graph:
    """Return the shapes about data; not to be altered."""
    return _read(shape_files())


@cache
def meta_shapes() -> Graph:
    """Return the shapes about ontology and shapes; not to be altered."""
    return _read(meta_files())


@cache
def reference_data() -> Graph:
    """Return the reference data, all its graphs merged; not to be altered."""
    return _read(data_files())


def store() -> pyoxigraph.Store:
    """Load ontology and shapes into a store to be asked."""
    filled = pyoxigraph.Store()
    for path in [*ontology_files(), *shape_files()]:
        filled.load(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    return filled


def entail(data: Graph) -> Graph:
    """Add what follows from one triple and the ontology: supers, inverses, symmetry.

    A plain fixpoint over the definitions of RDFS and OWL 2 RL (rules cax-sco, prp-spo1, prp-inv1,
    prp-inv2, prp-symp), written for clarity; domain and range are left out on purpose.
    """
    known = set(data)
    fresh = set(known)
    while fresh:
        fresh = {each for triple in fresh for each in _consequences(triple)} - known
        known |= fresh
    result = Graph()
    for triple in known:
        result.add(triple)
    return result


def _consequences(triple: tuple[Node, Node, Node]) -> list[tuple[Node, Node, Node]]:
    subject, predicate, value = triple
    terms = ontology()
    if predicate == RDF.type:
        return [(subject, RDF.type, each) for each in terms.objects(value, RDFS.subClassOf)]
    found: list[tuple[Node, Node, Node]] = [
        (subject, each, value) for each in terms.objects(predicate, RDFS.subPropertyOf)
    ]
    backwards = {
        *terms.subjects(OWL.inverseOf, predicate),
        *terms.objects(predicate, OWL.inverseOf),
    }
    if (predicate, RDF.type, OWL.SymmetricProperty) in terms:
        backwards.add(predicate)
    found += [(value, each, subject) for each in backwards]
    return found


def classes(root: URIRef) -> list[URIRef]:
    """Return the named classes below a root, the root excluded, sorted."""
    below = set(ontology().transitive_subjects(RDFS.subClassOf, root)) - {root}
    return sorted(each for each in below if isinstance(each, URIRef))
