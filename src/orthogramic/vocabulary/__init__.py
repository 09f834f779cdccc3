"""The IRIs that the engine knows: W3C vocabularies and the system vocabulary ``kr:``.

This room may hold no domain word and does nothing but name things.
"""

from __future__ import annotations

from orthogramic.vocabulary.namespace import Namespace
from orthogramic.vocabulary.system import KR, SYSTEM_GRAPHS
from orthogramic.vocabulary.w3c import (
    DCTERMS,
    OWL,
    PROV,
    RDF,
    RDFS,
    SH,
    SKOS,
    STANDARD_PREFIXES,
    VOID,
    XSD,
)

__all__ = [
    "DCTERMS",
    "KR",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SH",
    "SKOS",
    "STANDARD_PREFIXES",
    "SYSTEM_GRAPHS",
    "VOID",
    "XSD",
    "Namespace",
]
