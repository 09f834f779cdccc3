"""Small bundles for tests: sound Turtle, and the same with one thing wrong."""

from __future__ import annotations

from orthogramic.errors import BundleError, Fault
from orthogramic.metamodel import Document, Metamodel, read_metamodel

PREFIXES = """@prefix kr: <https://orthogramic.com/repository#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix t: <https://toys.example/terms#> .
"""

#: Two classes, one relationship with its inverse, one attribute.
SOUND = """
kr:Entity a owl:Class ; rdfs:label "Entity" .
t:Kite a owl:Class ; rdfs:label "Kite" ; rdfs:subClassOf kr:Entity ; kr:businessKey t:caption .
t:Wind a owl:Class ; rdfs:label "Wind" ; rdfs:subClassOf kr:Entity ; kr:businessKey t:caption .
t:caption a owl:DatatypeProperty ; rdfs:label "caption" ; rdfs:subPropertyOf rdfs:label .
t:fliesIn a owl:ObjectProperty ; rdfs:label "flies in" ; rdfs:domain t:Kite ; rdfs:range t:Wind .
t:lifts a owl:ObjectProperty ; rdfs:label "lifts" ; owl:inverseOf t:fliesIn .
"""


def read(ontology: str = "", shapes: str = "", queries: dict[str, str] | None = None) -> Metamodel:
    """Read a bundle made of the sound part and what a test adds."""
    return read_metamodel(
        [Document("ontology/toys.ttl", PREFIXES + SOUND + ontology)],
        [Document("shapes/toys.ttl", PREFIXES + shapes)] if shapes else [],
        [Document(f"queries/{name}.rq", text) for name, text in (queries or {}).items()],
    )


def faults(
    ontology: str = "", shapes: str = "", queries: dict[str, str] | None = None
) -> list[Fault]:
    """Return the faults of a bundle; none if it is sound."""
    try:
        read(ontology, shapes, queries)
    except BundleError as error:
        return list(error.faults)
    return []


def line_of(text: str, part: str) -> int:
    """Return the line, from 1, on which a part of the ontology document stands."""
    whole = PREFIXES + SOUND + text
    return whole[: whole.index(part)].count("\n") + 1
