"""A store that counts its commits, and a pool of workers on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.store import EmbeddedStore
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.pool import Followed, QueryPool
from orthogramic.store.question import Question

SYSTEM = NamedNode("https://things.example/system")
STORE, COMMIT = (
    NamedNode("https://things.example/store"),
    NamedNode("https://things.example/commit"),
)
GRAPH, THING, SAYS = (NamedNode(f"https://things.example/{each}") for each in ("g", "x", "says"))
APART = frozenset({SYSTEM})
LITTLE = Bounds(seconds=20, memory=256 << 20, workers=1, spares=0)


@dataclass
class Commits:
    """A store in which every change has a number, as the repository's has."""

    store: EmbeddedStore
    number: int = 0

    def commit(self, added: list[Quad], removed: list[Quad] | None = None) -> None:
        """Make a change in one transaction."""
        self.store.apply([*(removed or []), *self._marker()], [*added, _mark(self.number + 1)])
        self.number += 1

    def commit_in_bulk(self, added: list[Quad]) -> None:
        """Make a change in many steps."""
        self.store.apply(self._marker(), [_mark(-self.number - 1)])
        self.store.add_in_bulk(added)
        self.store.apply(self._marker(), [_mark(self.number + 1)])
        self.number += 1

    def _marker(self) -> list[Quad]:
        return list(self.store.quads(STORE, COMMIT, None, SYSTEM))


def _mark(number: int) -> Quad:
    return Quad(STORE, COMMIT, Literal(number), SYSTEM)


@contextmanager
def pool_on(commits: Commits, folder: Path, bounds: Bounds = LITTLE) -> Iterator[QueryPool]:
    """Give a pool, and end its workers."""
    followed = Followed(commits.store, APART, (STORE, COMMIT, SYSTEM), lambda: commits.number)
    pool = QueryPool(followed, folder, bounds)
    try:
        yield pool
    finally:
        pool.close()


def answer(pool: QueryPool, text: str) -> bytes:
    """Return the whole answer to a query."""
    found = pool.evaluate(Question(text))
    try:
        return b"".join(found.pieces())
    finally:
        found.close()
