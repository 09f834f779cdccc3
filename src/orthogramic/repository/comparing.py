"""Compares two stores, and two catalogues, statement by statement and entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from orthogramic.repository.catalogue import Catalogue
from orthogramic.repository.differences import Difference, Sample
from orthogramic.store import EmbeddedStore
from orthogramic.validation import Progress
from orthogramic.vocabulary import KR

_AT_ONCE = 10_000
#: Graphs of the bundle: small, and the only ones with blank nodes, whose names mean nothing.
_OF_THE_BUNDLE = frozenset({KR.ontology, KR.shapes})

_LACKS, _HAS = "lacks {} that the log says", "has {} that the log does not say"

Statements = Callable[[EmbeddedStore], Iterator[Any]]
Row = tuple[Any, ...]


def store_differences(
    expected: EmbeddedStore, found: EmbeddedStore, progress: Progress | None = None
) -> Iterator[Difference]:
    """Yield what two stores do not have in common, graph by graph, the merge of graphs last."""
    for graph in sorted({*expected.graphs(), *found.graphs()}, key=lambda each: each.value):
        name = f"graph <{graph.value}>"
        if graph in _OF_THE_BUNDLE:
            yield from _set_differences(name, _canonical(expected, graph), _canonical(found, graph))
            continue
        yield from _part_differences(
            name, (expected, found), _quads_of(graph), EmbeddedStore.holds, progress
        )
    yield from _part_differences(
        "default graph of queries",
        (expected, found),
        EmbeddedStore.merge,
        EmbeddedStore.merges,
        progress,
    )


def _quads_of(graph: NamedNode) -> Callable[[EmbeddedStore], Iterator[Quad]]:
    return lambda store: store.quads(None, None, None, graph)


def _canonical(store: EmbeddedStore, graph: NamedNode) -> set[Quad]:
    """Return a graph with names for its blank nodes that follow from the graph (RDFC-1.0)."""
    dataset = Dataset(store.quads(None, None, None, graph))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _set_differences(name: str, expected: set[Quad], found: set[Quad]) -> Iterator[Difference]:
    for kind, words, only in (
        ("missing", _LACKS, expected - found),
        ("surplus", _HAS, found - expected),
    ):
        sample = Sample()
        for each in sorted(map(str, only)):
            sample.take(f"{each} .")
        yield from sample.differences("store", kind, f"The {name} {words}.", "statement")


def _part_differences(
    name: str,
    stores: tuple[EmbeddedStore, EmbeddedStore],
    statements: Statements,
    has: Callable[[EmbeddedStore, Any], bool],
    progress: Progress | None,
) -> Iterator[Difference]:
    """Compare a part as sequences, and only where these differ by looking up each statement."""
    expected, found = stores
    if _same_sequence(statements(expected), statements(found), progress):
        return
    for kind, one, other, words in (
        ("missing", expected, found, _LACKS),
        ("surplus", found, expected, _HAS),
    ):
        sample = Sample()
        for each in statements(one):
            if not has(other, each):
                sample.take(f"{each} .")
        yield from sample.differences("store", kind, f"The {name} {words}.", "statement")


def _same_sequence(one: Iterator[Any], other: Iterator[Any], progress: Progress | None) -> bool:
    """Tell whether two parts come in the same order: those of one engine mostly do."""
    for count, (left, right) in enumerate(zip_longest(one, other), 1):
        if left != right:
            return False
        if progress and count % _AT_ONCE == 0:
            progress.advance(_AT_ONCE)
    return True


def catalogue_differences(expected: Catalogue, found: Catalogue) -> Iterator[Difference]:
    """Yield what two catalogues do not have in common; an entry that differs is in neither.

    :raises StoreFormatError: if one cannot be read.
    """
    missing, surplus = Sample(), Sample()
    for is_missing, row in _unpaired(expected.contents(), found.contents()):
        (missing if is_missing else surplus).take(" | ".join(map(str, row)))
    for kind, sample, words in (
        ("missing", missing, _LACKS),
        ("surplus", surplus, _HAS),
    ):
        yield from sample.differences("catalogue", kind, f"The catalogue {words}.", "name")


def _unpaired(expected: Iterator[Row], found: Iterator[Row]) -> Iterator[tuple[bool, Row]]:
    """Yield the rows that only one side has, and whether it is the first; both go by their key."""
    left, right = next(expected, None), next(found, None)
    while left is not None or right is not None:
        take_left = right is None or (left is not None and left[0] <= right[0])
        take_right = left is None or (right is not None and right[0] <= left[0])
        if left != right:
            if take_left and left is not None:
                yield True, left
            if take_right and right is not None:
                yield False, right
        left = next(expected, None) if take_left else left
        right = next(found, None) if take_right else right
