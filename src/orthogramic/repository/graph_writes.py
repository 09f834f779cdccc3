"""Writes of whole graphs: what to take out and put in so that a graph holds what was sent.

Every one is a plan for :meth:`KnowledgeBase.write`: made while other writes wait, judged and
committed as a whole. Only the difference to what is there becomes part of the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import EmptyInputError, ProtectedGraphError, UnknownGraphError
from orthogramic.repository.asking import Timing
from orthogramic.repository.bounds import bounded, read_within
from orthogramic.repository.changes import Intention
from orthogramic.repository.described_links import plain_triples
from orthogramic.repository.graph_tags import GraphTags
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.places import Places
from orthogramic.repository.preconditions import Precondition
from orthogramic.repository.sent_documents import SentDocument
from orthogramic.repository.written import WriteOutcome
from orthogramic.validation import Locate
from orthogramic.vocabulary import SYSTEM_GRAPHS


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What goes along with a write, whatever it writes.

    :param most: statements that may come and go; ``None`` for any number.
    :param timing: when the work for an update ends that is still finding out what to change.
    """

    author: str | None = None
    message: str | None = None
    dry_run: bool = False
    precondition: Precondition = field(default_factory=Precondition)
    most: int | None = None
    timing: Timing | None = None


@dataclass(frozen=True, slots=True)
class GraphWritten(WriteOutcome):
    """The outcome of the write of a graph.

    :param created: whether the graph was not there before.
    :param tag: its entity tag now, ``None`` if it is not there (any more).
    """

    created: bool = False
    tag: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-serialisable data."""
        return {**WriteOutcome.to_dict(self), "created": self.created, "tag": self.tag}


class GraphWrites:
    """Writes graphs of one repository."""

    def __init__(self, knowledge: KnowledgeBase, tags: GraphTags) -> None:
        self._knowledge = knowledge
        self._tags = tags

    def put(
        self, graph: NamedNode, documents: Sequence[SentDocument], options: WriteOptions
    ) -> GraphWritten:
        """Make a graph hold exactly what some documents say.

        The plain triple of a qualified relationship belongs to it and stays. Nothing at all is an
        empty graph, but takes the place of no other: more often than not it was sent by mistake.

        :raises EmptyInputError: if nothing is sent, and the graph holds something.
        """
        refuse_system_graph(graph)
        sent = self._read(graph, documents, options.most, allow_empty=True)
        nothing = all(each.is_empty for each in documents)

        def plan() -> Intention:
            present = set(self._knowledge.store.quads(None, None, None, graph))
            if nothing and present:
                raise EmptyInputError(
                    f"Nothing was sent, and the graph <{graph.value}> holds {len(present)} "
                    "statements. Delete it if it is to be empty."
                )
            gone = present - sent.keys()
            wanted = {**sent, **dict.fromkeys(self._plain(sent, gone))}
            return Intention(
                removed=present - wanted.keys(), added=[q for q in wanted if q not in present]
            )

        return self._write(graph, plan, options, "Replace", _places(documents, graph))

    def merge(
        self, graph: NamedNode, documents: Sequence[SentDocument], options: WriteOptions
    ) -> GraphWritten:
        """Add what some documents say to a graph."""
        refuse_system_graph(graph)
        sent = self._read(graph, documents, options.most)

        def plan() -> Intention:
            return Intention(added=[q for q in sent if not self._knowledge.store.holds(q)])

        return self._write(graph, plan, options, "Add to", _places(documents, graph))

    def delete(self, graph: NamedNode, options: WriteOptions) -> GraphWritten:
        """Take out everything that a graph holds.

        :raises UnknownGraphError: if it holds nothing.
        """
        refuse_system_graph(graph)

        def plan() -> Intention:
            present = list(self._knowledge.store.quads(None, None, None, graph))
            if not present:
                raise UnknownGraphError(f"The graph <{graph.value}> holds nothing.")
            return Intention(removed=present)

        return self._write(graph, plan, options, "Delete")

    def change(
        self, graph: NamedNode, make: Callable[[], Intention], options: WriteOptions
    ) -> GraphWritten:
        """Change a graph in another way.

        :param make: says what to take out and put in; called while other writes wait.
        """
        refuse_system_graph(graph)
        return self._write(graph, make, options, "Patch")

    def _write(
        self,
        graph: NamedNode,
        make: Callable[[], Intention],
        options: WriteOptions,
        verb: str,
        locate: Locate | None = None,
    ) -> GraphWritten:
        created = False

        def plan() -> Intention:
            nonlocal created
            if options.precondition.asks:
                tag = self._tags.tag(graph)
                options.precondition.check(tag, f"The graph <{graph.value}>")
            created = self._is_empty(graph)
            return bounded(make(), options.most)

        with self._knowledge.turn():
            written = self._knowledge.write(
                plan,
                author=options.author,
                message=options.message or f"{verb} the graph {graph.value}",
                dry_run=options.dry_run,
                locate=locate,
            )
            said = {each.name: getattr(written, each.name) for each in fields(written)}
            return GraphWritten(**said, created=created, tag=self._tags.tag(graph))

    def _is_empty(self, graph: NamedNode) -> bool:
        found = self._knowledge.store.quads(None, None, None, graph)
        return next(iter(found), None) is None

    def _plain(self, quads: Iterable[Quad], gone: Container[Quad]) -> Iterator[Quad]:
        return plain_triples(quads, self._knowledge.store, gone=gone)

    def _read(
        self,
        graph: NamedNode,
        documents: Sequence[SentDocument],
        most: int | None,
        *,
        allow_empty: bool = False,
    ) -> dict[Quad, None]:
        """Read documents before others have to wait."""
        base = self._knowledge.base_iri
        read = (each.quads(graph, base, allow_empty=allow_empty) for each in documents)
        quads = (quad for each in read for quad in each)
        return read_within(quads, self._knowledge.store, most)


def _places(documents: Sequence[SentDocument], graph: NamedNode) -> Locate:
    return Places(lambda: [each.places(graph) for each in documents]).locate


def refuse_system_graph(graph: NamedNode) -> None:
    """Refuse to write a graph that the repository keeps itself.

    :raises ProtectedGraphError: if it is one.
    """
    if graph in SYSTEM_GRAPHS:
        raise ProtectedGraphError(
            f"The graph <{graph.value}> is kept by the repository itself and can only be read; "
            "put the data into another graph."
        )
