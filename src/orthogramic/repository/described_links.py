"""Keeps each qualified relationship and its plain triple in step: they come and go together."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR

_ENDS = frozenset({KR.source, KR.property, KR.target})

#: A node and its graph.
_Place = tuple[NamedNode, NamedNode]


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


def still_stated(
    going: Collection[Quad], coming: Collection[Quad], store: QuadStore
) -> Iterator[Quad]:
    """Yield the plain triples that cannot go: the change says more about what stands for them.

    :param going: quads that go, if they are there.
    :param coming: quads that come, or stay.
    """
    said = frozenset((each.subject, each.graph_name) for each in coming)
    for quad in going if said else ():
        graph = quad.graph_name
        if quad in coming or not isinstance(graph, NamedNode) or not _may_be_plain(quad):
            continue
        places = ((node, graph) for node in _nodes_of(quad, store))
        if any(place in said and _stated(place, store, going) == quad for place in places):
            yield quad


def left_behind(
    going: Collection[Quad], coming: Collection[Quad], store: QuadStore
) -> Iterator[Quad]:
    """Yield what a change would leave of a link without its other half.

    With a qualified relationship goes its plain triple, and the other way round, in the same
    graph; unless the change itself says that it stays, or another qualified relationship does.

    :param going: quads that go, if they are there.
    :param coming: quads that come, or stay.
    """
    if not going:
        return
    said = frozenset((each.subject, each.graph_name) for each in coming)
    yield from _plain_left(going, coming, store)
    for quad in going:
        graph = quad.graph_name
        if quad in coming or not isinstance(graph, NamedNode) or not _may_be_plain(quad):
            continue
        for node in _nodes_of(quad, store):
            if (node, graph) not in said and _stated((node, graph), store, going) == quad:
                yield from store.quads(node, None, None, graph)


def _plain_left(
    going: Collection[Quad], coming: Collection[Quad], store: QuadStore
) -> Iterator[Quad]:
    """Yield the plain triples of which no qualified relationship is left."""
    fresh: dict[_Place, list[Quad]] = {}
    for place, quad in _ends(coming):
        fresh.setdefault(place, []).append(quad)
    for place in dict.fromkeys(place for place, _ in _ends(going)):
        plain = _stated(place, store)
        if plain is None or plain in coming:
            continue
        if _stated(place, store, going, fresh.get(place, ())) == plain:
            continue
        others = ((each, place[1]) for each in _nodes_of(plain, store))
        if all(_stated(each, store, going) != plain for each in others):
            yield plain


def _may_be_plain(quad: Quad) -> bool:
    """Tell whether a quad may be a plain triple: of most edits, which are texts, none is."""
    return isinstance(quad.object, NamedNode) and quad.predicate not in _ENDS


def _ends(quads: Iterable[Quad]) -> Iterator[tuple[_Place, Quad]]:
    for each in quads:
        node, graph = each.subject, each.graph_name
        if each.predicate in _ENDS and isinstance(node, NamedNode):
            assert isinstance(graph, NamedNode)
            yield (node, graph), each


def _nodes_of(plain: Quad, store: QuadStore) -> tuple[NamedNode, ...]:
    """Return the qualified relationships that begin where a plain triple does, in its graph."""
    subject, graph = plain.subject, plain.graph_name
    if not isinstance(subject, NamedNode) or not isinstance(graph, NamedNode):
        return ()
    found = store.quads(None, KR.source, subject, graph)
    return tuple(each.subject for each in found if isinstance(each.subject, NamedNode))


def _stated(
    place: _Place, store: QuadStore, gone: Container[Quad] = (), fresh: Iterable[Quad] = ()
) -> Quad | None:
    """Return the plain triple that a qualified relationship stands for, if it is whole."""
    node, graph = place
    there = (quad for each in _ENDS for quad in store.quads(node, each, None, graph))
    parts = {
        quad.predicate: quad.object
        for quad in (*(each for each in there if each not in gone), *fresh)
        if isinstance(quad.object, NamedNode)
    }
    return _plain(parts, graph) if len(parts) == len(_ENDS) else None
