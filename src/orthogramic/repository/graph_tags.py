"""Entity tags of graphs: the same tag exactly as long as a graph holds the same statements.

A tag is a digest of the set of statements: the sum of their digests (a multiset hash, Bellare and
Micciancio 1997, "A new paradigm for collision-free hashing", section 3), which a commit changes
by its own statements only. It is worked out from the whole graph when it is first asked for, and
from the commit log afterwards, so that a tag also outlives the process.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from pyoxigraph import NamedNode, Quad, Triple

from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS

_SIZE = 32
_MODULUS = 1 << 8 * _SIZE
#: Statements of commits that are gone through rather than the graphs counted anew.
_MOST_FOLLOWED = 1_000_000
#: Graphs that the log does not speak of: made from the bundle, or along with commits.
_DERIVED = SYSTEM_GRAPHS - {KR.datasets}
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class GraphContent:
    """What a graph held at one moment.

    :param triples: its statements; to be taken once, on the thread that asked.
    :param tag: its entity tag; ``None`` while a bulk load is under way.
    :param snapshot: number of the commit that was seen.
    """

    triples: Iterator[Triple]
    tag: str | None
    snapshot: int


class GraphTags:
    """Knows the tags of the graphs that somebody asked for. Safe from many threads."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._lock = threading.Lock()
        self._number = 0
        self._sums: dict[NamedNode, int] = {}

    def tag(self, graph: NamedNode) -> str | None:
        """Return the tag of a graph; ``None`` if it holds nothing or is being filled in bulk."""
        return self.content(graph).tag

    def content(self, graph: NamedNode) -> GraphContent:
        """Return the statements of a graph and the tag that belongs to exactly these."""
        for _ in range(_ATTEMPTS):
            number = self._applied()
            triples, again = self._triples(graph), self._triples(graph)
            if self._applied() != number:
                continue
            if number < 0:
                return GraphContent(triples, None, self._knowledge.snapshot)
            if graph in _DERIVED:
                return GraphContent(triples, self._derived(number), number)
            found = self._sum_at(number, graph, again)
            if found is not None:
                return GraphContent(triples, _tag(found), number)
        with self._knowledge.unchanging() as number:
            found = self._sum_at(number, graph, self._triples(graph))
            tag = None if found is None else _tag(found)
            return GraphContent(self._triples(graph), tag, number)

    def _triples(self, graph: NamedNode) -> Iterator[Triple]:
        # The engine gives an iterator what was there when it was made.
        found = self._knowledge.store.quads(None, None, None, graph)
        return (each.triple for each in found)

    def _applied(self) -> int:
        """Return the commit that the store shows: its marker changes with the data, at once."""
        store = self._knowledge.store
        for each in store.quads(KR.repository, KR.appliedCommit, None, KR.commits):
            return int(each.object.value)  # type: ignore[union-attr]
        return 0

    def _derived(self, number: int) -> str:
        digest = self._knowledge.metamodel.digest
        return blake2b(f"{number} {digest}".encode(), digest_size=16).hexdigest()

    def _sum_at(self, number: int, graph: NamedNode, triples: Iterable[Triple]) -> int | None:
        """Return the sum of a graph at a commit, ``None`` if others have gone past it.

        :param triples: what the graph held then.
        """
        with self._lock:
            if self._number > number and graph in self._sums:
                return None
            self._follow(number)
            if graph not in self._sums:
                counted = sum(map(_digest, triples)) % _MODULUS
                if self._number > number:
                    return counted
                self._sums[graph] = counted
            return self._sums[graph]

    def _follow(self, number: int) -> None:
        """Bring the sums to a commit by what the commits since have changed."""
        log = self._knowledge.log
        ahead = range(self._number + 1, number + 1)
        records = [log.record(each) for each in ahead] if self._sums else []
        if sum(each.added + each.removed for each in records) > _MOST_FOLLOWED:
            self._sums.clear()
            records = []
        for record in records:
            self._add(log.removals(record.number), -1)
            self._add(log.additions(record.number), 1)
        self._number = max(number, self._number)

    def _add(self, quads: Iterable[Quad], sign: int) -> None:
        for each in quads:
            graph = each.graph_name
            if isinstance(graph, NamedNode) and graph in self._sums:
                self._sums[graph] = (self._sums[graph] + sign * _digest(each.triple)) % _MODULUS


def _digest(triple: Triple) -> int:
    return int.from_bytes(blake2b(str(triple).encode(), digest_size=_SIZE).digest(), "big")


def _tag(total: int) -> str | None:
    """Return the tag for a sum; a graph that holds nothing is not there and has none."""
    if not total:
        return None
    return blake2b(total.to_bytes(_SIZE, "big"), digest_size=16).hexdigest()
