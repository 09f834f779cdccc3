"""A change set: the triples that a write adds and removes, made sound before anyone judges them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from orthogramic.errors import ProtectedGraphError, UnreadableInputError
from orthogramic.repository.described_links import left_behind, plain_triples, still_stated
from orthogramic.store import QuadStore
from orthogramic.syntax import LiteralCanonicalizer
from orthogramic.vocabulary import RDF, SYSTEM_GRAPHS

#: Types of text that has a language tag: without one, no document could say it, nor the log.
LANGUAGE_STRINGS = frozenset({RDF.langString, RDF.dirLangString})


@dataclass(frozen=True, slots=True)
class Intention:
    """What a write means to do, before it is made sound; a quad in both is added.

    :param added: quads to add, in data graphs.
    :param removed: quads to remove; those that are not there are no fault.
    :param descriptions: quads of ``kr:datasets`` that go along.
    """

    added: Iterable[Quad] = ()
    removed: Iterable[Quad] = ()
    descriptions: Iterable[Quad] = ()


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Quads to remove and quads to add; a quad in both is added."""

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the change set changes nothing."""
        return not self.removed and not self.added


def effective_change(removed: Iterable[Quad], added: Iterable[Quad], store: QuadStore) -> ChangeSet:
    """Make the exact change that a write has on the store.

    Literals become canonical, every qualified relationship and its plain triple come and go
    together, and what the store has already (or never had) falls away.

    :raises ProtectedGraphError: if a quad stands in a system graph.
    """
    canonicalizer = LiteralCanonicalizer()
    coming = dict.fromkeys(canonicalizer.canonical_quad(each) for each in added)
    going = dict.fromkeys(canonicalizer.canonical_quad(each) for each in removed)
    coming.update(dict.fromkeys(plain_triples(coming, store, gone=going)))
    coming.update(dict.fromkeys(still_stated(going, coming, store)))
    going.update(dict.fromkeys(left_behind(going, coming, store)))
    for each in (*coming, *going):
        guard(each)
    return ChangeSet(
        removed=tuple(each for each in going if each not in coming and store.holds(each)),
        added=tuple(each for each in coming if not store.holds(each)),
    )


def guard(quad: Quad) -> None:
    """Refuse a quad that no write may add or remove.

    :raises ProtectedGraphError: if it stands in a system graph.
    :raises UnreadableInputError: if its object is of a kind that RDF 1.2 adds: what was let in
        without the gate would stop every later write at it; or if no syntax can say it, so that
        the log could not be read again.
    """
    graph, value = quad.graph_name, quad.object
    if isinstance(graph, NamedNode) and graph in SYSTEM_GRAPHS:
        raise ProtectedGraphError(
            f"The graph <{graph.value}> is kept by the repository itself; "
            "put the data into another graph."
        )
    if isinstance(value, Triple) or (isinstance(value, Literal) and value.direction):
        raise UnreadableInputError(
            f"{value} cannot be kept: triple terms and strings with a direction are not supported. "
            "A relationship that carries facts is a kr:QualifiedRelationship."
        )
    if isinstance(value, Literal) and value.datatype in LANGUAGE_STRINGS and not value.language:
        raise UnreadableInputError(
            f"{value} cannot be kept: text of the type {value.datatype} has a language tag. Give "
            "it one, or leave the type out."
        )
