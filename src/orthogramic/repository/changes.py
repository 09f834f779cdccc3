"""A change set: the triples that a write adds and removes, made sound before anyone judges them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from orthogramic.errors import ProtectedGraphError, UnreadableInputError
from orthogramic.store import QuadStore
from orthogramic.syntax import LiteralCanonicalizer
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS

_ENDS = frozenset({KR.source, KR.property, KR.target})

#: A node and its graph.
_Place = tuple[NamedNode, NamedNode]


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

    Literals become canonical, the plain triple of every qualified relationship is added beside
    its node, and what the store has already (or never had) falls away.

    :raises ProtectedGraphError: if a quad stands in a system graph.
    """
    canonicalizer = LiteralCanonicalizer()
    coming = dict.fromkeys(canonicalizer.canonical_quad(each) for each in added)
    going = dict.fromkeys(canonicalizer.canonical_quad(each) for each in removed)
    coming.update(dict.fromkeys(plain_triples(coming, store, gone=going)))
    for each in (*coming, *going):
        guard(each)
    return ChangeSet(
        removed=tuple(each for each in going if each not in coming and holds(store, each)),
        added=tuple(each for each in coming if not holds(store, each)),
    )


def guard(quad: Quad) -> None:
    """Refuse a quad that no write may add or remove.

    :raises ProtectedGraphError: if it stands in a system graph.
    :raises UnreadableInputError: if its object is of a kind that RDF 1.2 adds: what was let in
        without the gate would stop every later write at it.
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


def holds(store: QuadStore, quad: Quad) -> bool:
    """Tell whether the store has exactly this quad."""
    found = store.quads(quad.subject, quad.predicate, quad.object, quad.graph_name)  # type: ignore[arg-type]
    return next(iter(found), None) is not None


def plain_triples(
    quads: Iterable[Quad], store: QuadStore, *, gone: Container[Quad] = ()
) -> Iterator[Quad]:
    """Yield the plain triple of each qualified relationship, in the graph of its node.

    What a node lacks among the quads is looked up in the store, where an earlier write may have
    put it. A node that is not whole even so yields nothing; the shapes report it.

    :param gone: quads of the store that go.
    """
    waiting: dict[_Place, dict[NamedNode, NamedNode]] = {}
    for quad in quads:
        # Of most quads only the predicate is looked at: taking all four terms out costs time.
        if quad.predicate not in _ENDS or not isinstance(quad.object, NamedNode):
            continue
        node, predicate, value, graph = quad
        assert isinstance(node, NamedNode)
        assert isinstance(graph, NamedNode)
        parts = waiting.setdefault((node, graph), {})
        parts[predicate] = value
        if len(parts) == len(_ENDS):
            del waiting[node, graph]
            yield _plain(parts, graph)
    for (node, graph), parts in waiting.items():
        for predicate in _ENDS - parts.keys():
            for quad in store.quads(node, predicate, None, graph):
                if isinstance(quad.object, NamedNode) and quad not in gone:
                    parts[predicate] = quad.object
        if len(parts) == len(_ENDS):
            yield _plain(parts, graph)


def _plain(parts: dict[NamedNode, NamedNode], graph: NamedNode) -> Quad:
    return Quad(parts[KR.source], parts[KR.property], parts[KR.target], graph)
