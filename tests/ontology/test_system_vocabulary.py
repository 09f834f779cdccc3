"""The engine's list of system terms and their definitions in the bundle are one vocabulary."""

from __future__ import annotations

from rdflib import RDFS, URIRef

from orthogramic.vocabulary import KR as DECLARED
from tests.ontology.bundle import KR, local_name, ontology

MODULE = URIRef("https://orthogramic.com/repository")


def test_every_system_term_is_defined_and_every_defined_one_is_known() -> None:
    defined = {local_name(term) for term in ontology().subjects(RDFS.isDefinedBy, MODULE)}
    assert defined == set(DECLARED.names())


def test_the_namespace_is_the_same() -> None:
    assert str(KR) == DECLARED.base
