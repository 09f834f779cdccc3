"""The graphs of a scratch store, for the routes of the Graph Store HTTP Protocol.

There is no gate and no log, so an outcome names no commit, and the report of a change says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Unpack

from pyoxigraph import DefaultGraph, Quad, Triple

from orthogramic.facade.write_options import WriteArguments
from orthogramic.repository.asking import Timing
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.graph_tags import GraphContent
from orthogramic.repository.graph_writes import GraphWritten
from orthogramic.repository.preconditions import Precondition
from orthogramic.repository.sent_documents import SentDocument
from orthogramic.service.graph_request import Graph
from orthogramic.service.scratch_store import ScratchStore, read_triples
from orthogramic.service.scratch_updates import ScratchUpdates
from orthogramic.service.settings import Limits
from orthogramic.syntax import refuse
from orthogramic.validation import ValidationReport


class ScratchGraphs:
    """The graphs of a scratch store.

    :param store: its tags are those of the whole store: they change with every write.
    :param updates: works patches out, and says whose turn it is.
    """

    def __init__(self, store: ScratchStore, updates: ScratchUpdates, limits: Limits) -> None:
        self._store = store
        self._updates = updates
        self._limits = limits

    @property
    def prefixes(self) -> Mapping[str, str]:
        """No prefixes: there is no bundle."""
        return {}

    def tag(self, graph: Graph) -> str | None:
        """Return the tag of the store, if the graph is there."""
        return str(self._store.revision) if self._store.holds(graph) else None

    def content(self, graph: Graph) -> GraphContent:
        """Return what a graph holds."""
        revision = self._store.revision
        return GraphContent(self._store.triples(graph), str(revision), revision)

    def put(
        self, graph: Graph, documents: Sequence[SentDocument], **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Make a graph hold exactly what some documents say."""
        triples = _read(documents)
        with self._updates.turn():
            before = set(self._store.triples(graph)) if self._store.holds(graph) else set()
            gone = before.difference(triples)
            return self._write(graph, gone, triples, options)

    def merge(
        self, graph: Graph, documents: Sequence[SentDocument], **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Add what some documents say to a graph."""
        triples = _read(documents)
        with self._updates.turn():
            return self._write(graph, (), triples, options)

    def delete(self, graph: Graph, **options: Unpack[WriteArguments]) -> GraphWritten:
        """Take a graph away; the default graph is emptied."""
        with self._updates.turn():
            gone = list(self._store.triples(graph))
            self._check(graph, options)
            if not options.get("dry_run"):
                self._store.delete(graph)
            return self._written(graph, gone, (), created=False, options=options)

    def patch(
        self, graph: Graph, text: str, base_iri: str, **options: Unpack[WriteArguments]
    ) -> GraphWritten:
        """Change a graph by a SPARQL update whose default graph it is."""
        refuse(
            text,
            max_length=self._limits.query_length,
            max_depth=self._limits.query_nesting,
            allow_update=True,
        )
        with self._updates.turn():
            timing = options.get("timing") or Timing()
            found = self._updates.patch(graph, text, base_iri, timing)
            going = [each.triple for each in found.going]
            return self._write(graph, going, [each.triple for each in found.coming], options)

    def impact(self, _change: ChangeSet) -> None:
        """Nobody can tell: there is no profile."""

    def words(self, _change: ChangeSet) -> None:
        """There are none: nothing has a label."""

    def _write(
        self, graph: Graph, gone: Iterable[Triple], come: Iterable[Triple], options: WriteArguments
    ) -> GraphWritten:
        self._check(graph, options)
        created = not self._store.holds(graph)
        going, coming = list(gone), list(come)
        if not options.get("dry_run"):
            self._store.change(graph, going, coming)
        return self._written(graph, going, coming, created=created, options=options)

    def _check(self, graph: Graph, options: WriteArguments) -> None:
        wanted = Precondition.of(options.get("if_match"), options.get("if_none_match"))
        wanted.check(self.tag(graph), f"The graph {graph}")

    def _written(
        self,
        graph: Graph,
        gone: Iterable[Triple],
        come: Iterable[Triple],
        *,
        created: bool,
        options: WriteArguments,
    ) -> GraphWritten:
        return GraphWritten(
            record=None,
            change=ChangeSet(tuple(_in(graph, gone)), tuple(_in(graph, come))),
            report=ValidationReport(),
            dry_run=options.get("dry_run", False),
            created=created,
            tag=self.tag(graph),
        )


def _read(documents: Sequence[SentDocument]) -> list[Triple]:
    return [
        triple
        for each in documents
        for triple in read_triples(each.data, each.syntax, each.base_iri or "")
    ]


def _in(graph: Graph, triples: Iterable[Triple]) -> Iterable[Quad]:
    place = DefaultGraph() if isinstance(graph, DefaultGraph) else graph
    return (Quad(each.subject, each.predicate, each.object, place) for each in triples)
