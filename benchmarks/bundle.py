"""What a generated model must look like, read from the Turtle of a bundle.

Read with SPARQL straight from the files, not through the engine, so that a fault of the engine's
reading cannot hide in the data that the engine is measured on. No class or property is named here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

REPOSITORY = Path(__file__).resolve().parents[1]
UNLIMITED = 1_000_000
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_PREFIXES = """
PREFIX kr: <https://orthogramic.com/repository#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
"""
_CLASSES = """
SELECT DISTINCT ?class ?key ?structure WHERE {
  ?class rdfs:subClassOf+ ?root . VALUES ?root { kr:Entity kr:StructuralNode }
  BIND (?root = kr:StructuralNode AS ?structure)
  FILTER EXISTS { ?shape sh:targetClass ?class }
  FILTER NOT EXISTS { ?below rdfs:subClassOf ?class . FILTER (?below != ?class) }
  OPTIONAL { ?class rdfs:subClassOf* / kr:businessKey ?key }
} ORDER BY ?class
"""
_SHAPES = """
SELECT ?class ?shape ?path ?datatype ?min ?max ?pattern ?least ?most ?required WHERE {
  ?class rdfs:subClassOf* ?ancestor .
  ?node sh:targetClass ?ancestor ; sh:property ?shape .
  ?shape sh:path ?path . FILTER isIRI(?path)
  OPTIONAL { ?shape sh:datatype ?datatype }
  OPTIONAL { ?shape sh:minCount ?min }
  OPTIONAL { ?shape sh:maxCount ?max }
  OPTIONAL { ?shape sh:pattern ?pattern }
  OPTIONAL { ?shape sh:minInclusive ?least }
  OPTIONAL { ?shape sh:maxInclusive ?most }
  BIND (NOT EXISTS { ?shape sh:severity ?other . FILTER (?other != sh:Violation) } AS ?required)
} ORDER BY ?class ?path ?shape
"""
_ALLOWED = """
SELECT ?shape ?value WHERE { ?shape sh:in / rdf:rest* / rdf:first ?value } ORDER BY ?shape ?value
"""
_NOT_AFTER = "SELECT ?shape ?other { ?shape sh:lessThanOrEquals|sh:lessThan ?other }"
_TARGETS = """
SELECT DISTINCT ?shape ?target WHERE {
  { ?shape sh:class ?target } UNION { ?shape sh:or / rdf:rest* / rdf:first / sh:class ?target }
} ORDER BY ?shape ?target
"""
_BELOW = "SELECT DISTINCT ?class ?above WHERE { ?class rdfs:subClassOf* ?above }"
_INVERSES = "SELECT DISTINCT ?inverse ?primary WHERE { ?inverse owl:inverseOf ?primary }"
_BROADER = """
SELECT DISTINCT ?narrow ?broad WHERE {
  ?narrow rdfs:subPropertyOf+ ?broad . FILTER (?narrow != ?broad)
}
"""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property with literal values, as one class may have it.

    :param label: whether the value names the entity for people.
    :param not_after: the property whose value may not come before this one, if there is one.
    """

    property: str
    datatype: str
    label: bool
    required: bool
    most: int
    allowed: tuple[str, ...]
    pattern: str | None
    least_value: float | None
    most_value: float | None
    not_after: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A property with resources as values, as one class may have it.

    :param property: the property to write, always the declared direction of a pair.
    :param forward: whether the class that owns the link is its subject.
    """

    property: str
    forward: bool
    targets: tuple[str, ...]
    required: bool
    most: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A class with what its instances may say."""

    iri: str
    key: str | None
    structure: bool
    attributes: tuple[Attribute, ...]
    links: tuple[Link, ...]
    structures: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the generator knows of the domain."""

    entities: tuple[Kind, ...]
    structures: tuple[Kind, ...]


@lru_cache(maxsize=4096)
def local_name(iri: str) -> str:
    """Return the part of an IRI after the last ``#`` or ``/``."""
    return re.split(r"[#/]", iri)[-1]


def read_vocabulary(bundle: Path = REPOSITORY) -> Vocabulary:
    """Read the classes, attributes and links of a bundle.

    :param bundle: the folder with ``ontology/`` and ``shapes/``.
    :returns: entity classes and structural classes that have shapes and no subclass.
    """
    return _Reader(bundle).vocabulary()


class _Reader:
    def __init__(self, bundle: Path) -> None:
        self.store = Store()
        for folder in ("ontology", "shapes"):
            for path in sorted((bundle / folder).rglob("*.ttl")):
                self.store.load(path=path, format=RdfFormat.TURTLE)
        self.inverses = dict(_pairs(self.rows(_INVERSES)))
        self.above = _grouped(self.rows(_BELOW))
        self.broader = _grouped(self.rows(_BROADER))
        self.allowed = _grouped(self.rows(_ALLOWED))
        self.targets = _grouped(self.rows(_TARGETS))
        self.not_after = _grouped(self.rows(_NOT_AFTER))

    def rows(self, query: str) -> list[tuple[str | None, ...]]:
        """Answer a query with plain text in every cell."""
        solutions = self.store.query(_PREFIXES + query)
        assert isinstance(solutions, QuerySolutions)
        width = len(solutions.variables)
        return [tuple(_text(row[column]) for column in range(width)) for row in solutions]

    def vocabulary(self) -> Vocabulary:
        """Put everything together."""
        declared = [
            (iri, key, structure == "true")
            for iri, key, structure in self.rows(_CLASSES)
            if iri is not None
        ]
        entities = [iri for iri, _, structure in declared if not structure]
        structures = [iri for iri, _, structure in declared if structure]
        shapes = self.rows(_SHAPES)
        attributes = {iri: self.attributes(iri, shapes) for iri, _, _ in declared}
        links = self.owned(
            {iri: self.links(iri, shapes, entities) for iri in entities + structures}
        )
        contained = {iri: self.links(iri, shapes, structures) for iri in entities}
        kinds = [
            Kind(
                iri,
                key,
                structure,
                attributes[iri],
                links[iri],
                tuple(each for each in contained.get(iri, ()) if each.forward),
            )
            for iri, key, structure in declared
        ]
        return Vocabulary(
            tuple(each for each in kinds if not each.structure),
            tuple(each for each in kinds if each.structure),
        )

    def attributes(self, iri: str, shapes: list[tuple[str | None, ...]]) -> tuple[Attribute, ...]:
        """Return what a class may say in literals, one entry per property."""
        found: dict[str, Attribute] = {}
        for owner, shape, path, datatype, low, high, pattern, least, most, blocks in shapes:
            allowed = tuple(self.allowed.get(shape or "", ()))
            if owner != iri or path is None or (datatype is None and not allowed):
                continue
            if path in found and not pattern and not allowed:
                continue
            found[path] = Attribute(
                path,
                datatype or "http://www.w3.org/2001/XMLSchema#string",
                _LABEL in self.broader.get(path, ()),
                (int(low or 0) > 0 and blocks == "true")
                or (path in found and found[path].required),
                int(high) if high else UNLIMITED,
                allowed,
                pattern,
                float(least) if least else None,
                float(most) if most else None,
                next(iter(self.not_after.get(shape or "", ())), None),
            )
        return tuple(found.values())

    def links(
        self, iri: str, shapes: list[tuple[str | None, ...]], among: list[str]
    ) -> tuple[Link, ...]:
        """Return the links of a class to some other classes, in the declared direction."""
        found: dict[str, Link] = {}
        for owner, shape, path, _, low, high, _, _, _, blocks in shapes:
            wanted = set(self.targets.get(shape or "", ()))
            targets = tuple(each for each in among if wanted & set(self.above[each]))
            if owner != iri or path is None or not targets:
                continue
            primary = self.inverses.get(path)
            found[path] = Link(
                primary or path,
                primary is None,
                targets,
                int(low or 0) > 0 and blocks == "true",
                int(high) if high else UNLIMITED,
            )
        # A value of a narrower property is a value of the broader one too, and would break its
        # limit: the broader one is enough.
        return tuple(
            link
            for path, link in found.items()
            if not any(
                broad in found and found[broad].most < UNLIMITED
                for broad in self.broader.get(path, ())
            )
        )

    def owned(self, links: dict[str, tuple[Link, ...]]) -> dict[str, tuple[Link, ...]]:
        """Let each relationship be written from one side: the one with the tighter limits."""

        def loses(iri: str, link: Link) -> bool:
            others = [
                other
                for target in link.targets
                for other in links.get(target, ())
                if other.forward != link.forward and iri in other.targets
            ]
            broader = self.broader.get(link.property, ())
            if any(each.property in broader and each.most < UNLIMITED for each in others):
                return True
            rivals = [each for each in others if each.property == link.property]
            mine = (link.most, not link.required, not link.forward)
            return any((each.most, not each.required, not each.forward) < mine for each in rivals)

        return {
            iri: tuple(link for link in group if not loses(iri, link))
            for iri, group in links.items()
        }


def _text(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None


def _pairs(rows: list[tuple[str | None, ...]]) -> list[tuple[str, str]]:
    return [(first, second) for first, second in rows if first is not None and second is not None]


def _grouped(rows: list[tuple[str | None, ...]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for first, second in _pairs(rows):
        groups.setdefault(first, []).append(second)
    return groups
