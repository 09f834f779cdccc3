"""Finds words of the domain in code that may not know any.

The rule, in three parts:

- *Identifiers*: a name of the domain may not be an identifier, nor, when it has several words, may
  its words stand side by side in one (``customerSegment`` is found in ``load_customer_segment``).
- *Tokens* (strings without white space: keys, CURIEs, IRIs, file names): no part between
  punctuation may be a name of the domain.
- *Prose and markup*: names of several words, class names and attribute names may not stand there
  as whole words. One-word relationship names are ordinary English verbs ("requires"), so in prose
  they count only where punctuation marks them as a term (``:requires``, ``"requires"``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph
import rdflib.namespace
from pyoxigraph import NamedNode

from tests.architecture.sources import Found, identifiers, string_constants, words_of

RDF_TYPE = NamedNode(str(rdflib.namespace.RDF.type))
SYSTEM = "https://orthogramic.com/repository#"
TERM_TYPES = {
    NamedNode(str(each))
    for each in (
        rdflib.namespace.OWL.Class,
        rdflib.namespace.OWL.ObjectProperty,
        rdflib.namespace.OWL.DatatypeProperty,
        rdflib.namespace.OWL.AnnotationProperty,
        rdflib.namespace.OWL.NamedIndividual,
    )
}
#: Vocabularies whose words belong to everybody.
SHARED = tuple(
    vars(rdflib.namespace)[name]
    for name in (
        "DCAT", "DCTERMS", "OWL", "PROV", "RDF", "RDFS", "SH", "SKOS", "VOID", "XSD",
    )
)  # fmt: skip
#: Folders of ``ontology/`` that declare no term of their own.
NOT_TERMS = {"alignments", "mappings", "migrations", "profiles"}


@dataclass(frozen=True)
class DomainWords:
    """The names of one domain, sorted by how they are looked for.

    :param names: every local name.
    :param verbs: those of one lower-case word that name a relationship.
    """

    names: frozenset[str]
    verbs: frozenset[str] = frozenset()

    def in_identifier(self, identifier: str) -> tuple[str, ...]:
        """Return the names of the domain that an identifier is or contains."""
        return _names_in(self.names, identifier)

    def in_text(self, text: str) -> Iterator[str]:
        """Yield the names of the domain that a string constant or template uses."""
        prose = any(character.isspace() for character in text.strip())
        for match in re.finditer(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*", text):
            word = match.group()
            if prose and word in self.verbs and not _marked(text, match.start(), match.end()):
                continue
            yield from self.in_identifier(word)

    def in_python(self, source: str) -> Iterator[Found]:
        """Yield the names of the domain in a Python module, with their lines."""
        tree = ast.parse(source)
        for found in identifiers(tree):
            yield from (Found(found.line, name) for name in self.in_identifier(found.text))
        for found in string_constants(tree):
            yield from (Found(found.line, name) for name in self.in_text(found.text))

    def in_template(self, source: str) -> Iterator[Found]:
        """Yield the names of the domain in a template, style sheet or script, with their lines."""
        without_comments = re.sub(
            r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/",
            lambda match: "\n" * match.group().count("\n"),
            source,
            flags=re.DOTALL,
        )
        for number, line in enumerate(without_comments.splitlines(), start=1):
            yield from (Found(number, name) for name in self.in_text(f"{line} \n"))


@cache
def _phrases(names: frozenset[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Index the names of several words by their first word."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in sorted(names):
        parts = words_of(name)
        if len(parts) > 1:
            index.setdefault(parts[0], []).append((parts, name))
    return index


@cache
def _names_in(names: frozenset[str], identifier: str) -> tuple[str, ...]:
    words = words_of(identifier)
    inside = {
        name
        for word in words
        for parts, name in _phrases(names).get(word, ())
        if _contains(words, parts)
    }
    return tuple(sorted(inside | ({identifier} & names)))


def _contains(words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return any(
        words[start : start + len(parts)] == parts for start in range(len(words) - len(parts) + 1)
    )


def _marked(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before in ":#/?$'\"`[<" or after in "'\"`=]>"


def shared_names() -> frozenset[str]:
    """Return the local names that belong to W3C (and DCMI) vocabularies."""
    return frozenset(
        str(term)[len(str(vocabulary)) :]
        for vocabulary in SHARED
        for term in dir(vocabulary)
        if str(term).startswith("http")
    )


def domain_words(ontology: Path) -> DomainWords:
    """Read the names that the modules of a bundle declare.

    :param ontology: the folder of Turtle files.
    :returns: the local names, minus those of W3C vocabularies and of the system vocabulary.
    """
    names: set[str] = set()
    relationships: set[str] = set()
    system: set[str] = set()
    for path in sorted(ontology.rglob("*.ttl")):
        if NOT_TERMS & set(path.relative_to(ontology).parts):
            continue
        for quad in pyoxigraph.parse(path=path):
            if not isinstance(quad.subject, NamedNode) or quad.predicate != RDF_TYPE:
                continue
            name = re.split(r"[#/]", quad.subject.value)[-1]
            if quad.subject.value.startswith(SYSTEM):
                system.add(name)
            elif quad.object in TERM_TYPES:
                names.add(name)
                if quad.object.value.endswith("ObjectProperty"):
                    relationships.add(name)
    ours = frozenset(names - system - shared_names())
    return DomainWords(ours, frozenset(ours & {each for each in relationships if each.islower()}))
