"""A set of triples that changes, found by any of their terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from orthogramic.validation.graph_index import Node

_Bucket = dict[Triple, None]


class TripleIndex:
    """Triples by subject, by predicate and by object; each counts how often it was put in.

    :param triples: what is there to begin with.
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._counts: Counter[Triple] = Counter()
        self._buckets: dict[object, _Bucket] = {}
        for each in triples:
            self.add(each)

    def __contains__(self, triple: Triple) -> bool:
        return triple in self._counts

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._counts)

    def add(self, triple: Triple) -> None:
        """Put a triple in, once more if it is there."""
        self._counts[triple] += 1
        for key in _keys(triple):
            self._buckets.setdefault(key, {})[triple] = None

    def discard(self, triple: Triple) -> None:
        """Take a triple out as often as it was put in; nothing happens if it is not there."""
        if self._counts.pop(triple, 0):
            for key in _keys(triple):
                del self._buckets[key][triple]

    def find(
        self, subject: NamedNode | BlankNode | None, predicate: NamedNode | None, value: Node | None
    ) -> Iterator[Triple]:
        """Yield each triple with the given terms once; ``None`` is any."""
        wanted = (("s", subject), ("o", value), ("p", predicate))
        given = [key for key in wanted if key[1] is not None]
        if not given:
            return iter(tuple(self._counts))
        buckets = [self._buckets.get(key, {}) for key in given]
        smallest = min(buckets, key=len)
        return (each for each in tuple(smallest) if all(each in bucket for bucket in buckets))


def _keys(triple: Triple) -> tuple[tuple[str, object], ...]:
    return ("s", triple.subject), ("p", triple.predicate), ("o", triple.object)
