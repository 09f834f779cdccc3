"""The shipped datasets as files, read without the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
ENTITIES = "https://data.orthogramic.com/id/"
METAMODEL = "https://orthogramic.com/metamodel#"
SYSTEM = "https://orthogramic.com/repository#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

_VOID_DUMP = NamedNode("http://rdfs.org/ns/void#dataDump")
_REQUIRES = NamedNode("http://purl.org/dc/terms/requires")
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SUB_CLASS = NamedNode(f"{_RDFS}subClassOf")
_SUB_PROPERTY = NamedNode(f"{_RDFS}subPropertyOf")
_INVERSE = NamedNode(f"{_OWL}inverseOf")
_SYMMETRIC = NamedNode(f"{_OWL}SymmetricProperty")
_SOMEWHERE = "https://example.org/"

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder under ``data/`` with a manifest.

    :param files: the file of each graph.
    :param required: names of the datasets that this one builds on.
    """

    name: str
    manifest: tuple[Triple, ...]
    files: dict[NamedNode, Path]
    required: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return DATA / self.name


@cache
def datasets() -> tuple[Dataset, ...]:
    """Return every dataset with a manifest, sorted by name."""
    return tuple(_read(path.parent) for path in sorted(DATA.glob("*/dataset.ttl")))


def dataset(name: str) -> Dataset:
    """Return one dataset."""
    return next(each for each in datasets() if each.name == name)


def files(names: Sequence[str]) -> dict[NamedNode, Path]:
    """Return the files of datasets (``bank``) and of single graphs (``bank/enterprise``)."""
    found: dict[NamedNode, Path] = {}
    for name in names:
        whole, _, stem = name.partition("/")
        chosen = {
            graph: path for graph, path in dataset(whole).files.items() if stem in ("", path.stem)
        }
        assert chosen, f"there is no data called {name}"
        found |= chosen
    return found


def triples(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file."""
    return [quad.triple for quad in parse(path=path)]


@cache
def bundle_triples(folder: str) -> tuple[Triple, ...]:
    """Return the triples of all Turtle files under a folder of the bundle.

    Shapes in ``meta`` are about the bundle itself, not about data.
    """
    return tuple(
        quad.triple
        for path in sorted((ROOT / folder).rglob("*.ttl"))
        if path.parent.name != "meta"
        for quad in parse(path=path, rename_blank_nodes=True)
    )


def entail(ontology: Iterable[Triple], asserted: Iterable[Triple]) -> set[Triple]:
    """Derive superclasses, superproperties, inverses and symmetric links, to the fixpoint."""
    rules = _Rules(list(ontology))
    known = set(asserted)
    fresh = set(known)
    while fresh:
        derived = {new for each in fresh for new in rules.follow(each)}
        fresh = derived - known
        known |= fresh
    return known - set(asserted)


class _Rules:
    def __init__(self, schema: Sequence[Triple]) -> None:
        self._supers: dict[Term, list[NamedNode]] = {}
        self._wider: dict[Term, list[NamedNode]] = {}
        self._inverse: dict[Term, list[NamedNode]] = {}
        for each in schema:
            if isinstance(each.object, NamedNode):
                if each.predicate == _SUB_CLASS:
                    self._supers.setdefault(each.subject, []).append(each.object)
                elif each.predicate == _SUB_PROPERTY:
                    self._wider.setdefault(each.subject, []).append(each.object)
                elif each.predicate == _INVERSE:
                    assert isinstance(each.subject, NamedNode)
                    self._inverse.setdefault(each.subject, []).append(each.object)
                    self._inverse.setdefault(each.object, []).append(each.subject)
                elif each.object == _SYMMETRIC:
                    assert isinstance(each.subject, NamedNode)
                    self._inverse.setdefault(each.subject, []).append(each.subject)

    def follow(self, each: Triple) -> Iterable[Triple]:
        """Yield what follows from one triple in one step."""
        if each.predicate == RDF_TYPE:
            for upper in self._supers.get(each.object, ()):
                yield Triple(each.subject, RDF_TYPE, upper)
        for upper in self._wider.get(each.predicate, ()):
            yield Triple(each.subject, upper, each.object)
        if isinstance(each.object, NamedNode):
            for other in self._inverse.get(each.predicate, ()):
                yield Triple(each.object, other, each.subject)


def _read(folder: Path) -> Dataset:
    manifest = tuple(
        quad.triple for quad in parse(path=folder / "dataset.ttl", base_iri=_SOMEWHERE)
    )
    found: dict[NamedNode, Path] = {}
    required: list[str] = []
    for each in manifest:
        assert isinstance(each.subject, NamedNode)
        if each.predicate == _VOID_DUMP:
            assert isinstance(each.object, NamedNode)
            found[each.subject] = folder / each.object.value.removeprefix(_SOMEWHERE)
        elif each.predicate == _REQUIRES:
            assert isinstance(each.object, NamedNode)
            required.append(each.object.value.rsplit("/", 1)[1])
    return Dataset(folder.name, manifest, found, tuple(sorted(required)))
