"""Whether an output uses words of the shipped ontology where it may only use those of the toy.

A name or label that a foreign domain is shown proves that a domain word has got into the engine,
or that the shipped bundle leaks into one that did not ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyoxigraph
import rdflib.namespace
from pyoxigraph import Literal, NamedNode

from tests.architecture.domain_words import DomainWords, domain_words
from tests.architecture.sources import ROOT

LABEL = NamedNode(str(rdflib.namespace.RDFS.label))
NAMESPACE = "https://orthogramic.com/metamodel"
PREFIXES = ("orth:", "orthsh:")
#: Labels that are also everyday English of the engine, whatever the domain.
EVERYDAY = frozenset({"depends on", "is part of"})
#: Names that W3C vocabularies use as well: ``sd:Service``.
SHARED = frozenset({"Service"})


@cache
def names() -> DomainWords:
    """Return the local names of the shipped ontology.

    A name of one lower-case word ("owner") is plain English in a sentence, so there it counts only
    where punctuation marks it as a term.
    """
    known = domain_words(ROOT / "ontology").names - SHARED
    return DomainWords(known, frozenset(each for each in known if each.islower()))


@cache
def labels() -> tuple[str, ...]:
    """Return the labels of two words or more; one word alone would be plain English."""
    found = {
        quad.object.value.casefold()
        for path in sorted((ROOT / "ontology").rglob("*.ttl"))
        for quad in pyoxigraph.parse(path=path)
        if quad.predicate == LABEL
        and isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(f"{NAMESPACE}#")
    }
    return tuple(sorted(each for each in found - EVERYDAY if " " in each))


def words_of_ours(text: str) -> list[str]:
    """Return what a text holds of the shipped ontology, sorted."""
    return sorted(set(_found(text)))


def _found(text: str) -> Iterator[str]:
    yield from (each for each in (NAMESPACE, *PREFIXES) if each in text)
    yield from names().in_text(f"{text} \n")
    spoken = " ".join(text.casefold().split())
    for label in labels():
        if re.search(rf"\b{re.escape(label)}\b", spoken):
            yield label
