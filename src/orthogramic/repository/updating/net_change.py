"""What the operations of an update have changed so far, seen from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import ChangeTooLargeError, ProtectedGraphError
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.store import QuadStore


class _Difference:
    """What went and what came since some moment; nothing is in both."""

    def __init__(self) -> None:
        self.removed: dict[Quad, None] = {}
        self.added: dict[Quad, None] = {}

    def remove(self, quad: Quad) -> None:
        """Note that a quad went, which was there."""
        if quad in self.added:
            del self.added[quad]
        else:
            self.removed[quad] = None

    def add(self, quad: Quad) -> None:
        """Note that a quad came, which was not there."""
        if quad in self.removed:
            del self.removed[quad]
        else:
            self.added[quad] = None

    def change(self) -> ChangeSet:
        return ChangeSet(tuple(self.removed), tuple(self.added))


class NetChange:
    """A store and what has changed of it, without changing it.

    A graph is there if it holds anything, or if an operation made or emptied it.

    :param limit: how many quads may be changed.
    """

    def __init__(self, store: QuadStore, settings: UpdateSettings, limit: int) -> None:
        self._store = store
        self._settings = settings
        self._limit = limit
        self._all = _Difference()
        self._untold = _Difference()
        self._known = {settings.unnamed}

    # -- what is there now ---------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether everything is as the store has it."""
        return not self._all.removed and not self._all.added

    def has(self, quad: Quad) -> bool:
        """Tell whether a quad is there."""
        if quad in self._all.added:
            return True
        return quad not in self._all.removed and self._store.holds(quad)

    def quads(self, graph: NamedNode) -> Iterator[Quad]:
        """Yield what a graph holds."""
        for each in self._store.quads(None, None, None, graph):
            if each not in self._all.removed:
                yield each
        yield from [each for each in self._all.added if each.graph_name == graph]

    def holders(self, quad: Quad) -> set[NamedNode]:
        """Return the graphs that hold the triple of a quad."""
        subject, predicate, value, _ = quad
        found = self._store.quads(subject, predicate, value)
        holders = {each.graph_name for each in found if each not in self._all.removed}
        for graph in self._known:
            if Quad(subject, predicate, value, graph) in self._all.added:
                holders.add(graph)
        return {each for each in holders if isinstance(each, NamedNode)}

    def data_graphs(self) -> list[NamedNode]:
        """Return the graphs that hold anything and may be changed, sorted by IRI."""
        names = {each for each in self._store.graphs() if self._holds_any(each)}
        names.update(each.graph_name for each in self._all.added)  # type: ignore[misc]
        return sorted(names - self._settings.protected, key=lambda each: each.value)

    def exists(self, graph: NamedNode) -> bool:
        """Tell whether a graph is there."""
        return graph in self._known or self._holds_any(graph)

    def _holds_any(self, graph: NamedNode) -> bool:
        return next(self.quads(graph), None) is not None

    # -- changing it ---------------------------------------------------------------------------

    def apply(self, removed: Iterable[Quad], added: Iterable[Quad] = ()) -> tuple[int, int]:
        """Take quads away, then add some.

        :returns: how many were there and went, and how many were not there and came.
        :raises ProtectedGraphError: if that changes a system graph.
        :raises ChangeTooLargeError: if too much has changed by now.
        """
        counts = [0, 0]
        for quad in removed:
            if self.has(quad):
                self._known_graph(quad)
                self._all.remove(quad)
                self._untold.remove(quad)
                counts[0] += 1
                self.bound()
        for quad in added:
            if not self.has(quad):
                self._known_graph(quad)
                self._all.add(quad)
                self._untold.add(quad)
                counts[1] += 1
                self.bound()
        return counts[0], counts[1]

    def bound(self, more: int = 0) -> None:
        """Refuse to change more than may be changed.

        :param more: quads that are about to be changed.
        """
        if len(self._all.removed) + len(self._all.added) + more > self._limit:
            raise ChangeTooLargeError(
                f"The update changes more than {self._limit:,} statements, and one write may "
                "change no more. Change them in parts.",
                limit=self._limit,
            )

    def guard(self, graph: NamedNode) -> None:
        """Refuse to change a system graph.

        :raises ProtectedGraphError: if it is one.
        """
        if graph in self._settings.protected:
            raise ProtectedGraphError(
                f"The update would change the graph <{graph.value}>, which is kept by the "
                "repository itself; name another graph."
            )

    def make(self, graph: NamedNode) -> None:
        """Let a graph be there though it is empty."""
        self._known.add(graph)

    def unmake(self, graph: NamedNode) -> None:
        """Let an empty graph not be there; the unnamed graph always is."""
        self._known -= {graph} - {self._settings.unnamed}

    def _known_graph(self, quad: Quad) -> None:
        graph = quad.graph_name
        assert isinstance(graph, NamedNode)
        if graph not in self._known:
            self.guard(graph)
            self._known.add(graph)

    # -- telling it ----------------------------------------------------------------------------

    def total(self) -> ChangeSet:
        """Return all that has changed."""
        return self._all.change()

    def untold(self) -> ChangeSet:
        """Return what has changed since this was asked last."""
        change = self._untold.change()
        self._untold = _Difference()
        return change
