"""The empty store behind ``serve --scratch``: the engine as it is, for conformance suites.

No bundle, no gate, no entailment, no canonical literals, no log, and the default graph is plain.
Nothing of it is kept when the service stops. A reader may see a graph half replaced.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from orthogramic.errors import (
    InvalidParameterError,
    QueryRefusedError,
    RdfSyntaxError,
    UnknownGraphError,
    WriteRefusedError,
)
from orthogramic.service.scratch_differences import Difference
from orthogramic.service.using_clause import with_dataset
from orthogramic.store import SparqlAnswer
from orthogramic.syntax.media import RdfSyntax
from orthogramic.syntax.reader import read_quads
from orthogramic.syntax.sparql_certainty import certain
from orthogramic.syntax.sparql_errors import explain_syntax_error
from orthogramic.syntax.sparql_text import SparqlText

Graph = NamedNode | DefaultGraph
Functions = dict[NamedNode, Callable[..., NamedNode | BlankNode | Literal | Triple | None]]

OTHER_GRAPH = "A patch changes the graph that it is sent to, and no other."
#: What says that a named graph exists: names that no document can write.
_EXISTS, _NAMES = NamedNode("urn:x-orthogramic:exists"), NamedNode("urn:x-orthogramic:graphs")
_EVERYTHING = (None, None, None, DefaultGraph())
_UNKNOWN_FUNCTION = re.compile(r"custom function <(?P<iri>[^>]*)> is not supported")


class Observer(Protocol):
    """Is told when a change begins and when it was made, while nobody else writes."""

    def before(self) -> None:
        """Look at the store before a change."""

    def after(self) -> None:
        """Look at the store after a change."""

    def told(self, going: Sequence[Quad], coming: Sequence[Quad]) -> None:
        """Take note of a change that was made, as quads of :meth:`ScratchStore.content`."""


class ScratchStore:
    """Quads in memory. Reads run side by side, writes one after another."""

    def __init__(self) -> None:
        self._store = Store()
        # Who has the turn may take his time to find out what to change; the other lock is held
        # only while something changes. The turn is taken first.
        self._turn = threading.RLock()
        self._writing = threading.RLock()
        self._revision = 0
        self._observer: Observer | None = None

    @property
    def revision(self) -> int:
        """Return a number that grows with every write."""
        return self._revision

    def size(self) -> int:
        """Return the number of quads."""
        return len(self._store)

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> SparqlAnswer:
        """Evaluate a query that has been looked at for what may not be evaluated.

        What is evaluated has no other reading than the one that was looked at.

        :param default_graphs: IRIs whose union is the default graph; ``None`` for the store's own.
        :param named_graphs: IRIs that ``GRAPH`` may reach; ``None`` for all.
        :raises QuerySyntaxError: if the text does not parse.
        :raises QueryRefusedError: if the engine cannot evaluate it.
        """
        functions: Functions = {}
        text = certain(text)
        while True:
            try:
                result = self._store.query(
                    text,
                    base_iri=base_iri,
                    default_graph=None if default_graphs is None else [*_iris(default_graphs)],
                    named_graphs=None if named_graphs is None else [*_iris(named_graphs)],
                    custom_functions=functions,
                )
                break
            except SyntaxError as error:
                raise explain_syntax_error(error, text) from None
            except RuntimeError as error:
                functions |= _unknown_function(error, functions)
        return SparqlAnswer(result, SparqlText.of(text))

    def update(
        self,
        text: str,
        *,
        using: Sequence[str] | None = None,
        using_named: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> None:
        """Carry out an update, as a whole or not at all.

        :raises QuerySyntaxError: if the text does not parse.
        :raises InvalidParameterError: if text and parameters both name a dataset.
        :raises WriteRefusedError: if an operation cannot be done (a graph to make is there).
        """
        text = certain(text)
        if using is not None or using_named is not None:
            text = with_dataset(text, using or (), using_named or ())
        with self._changing():
            try:
                self._store.update(text, base_iri=base_iri)
            except SyntaxError as error:
                raise explain_syntax_error(error, text) from None
            except RuntimeError as error:
                raise WriteRefusedError(f"{error}; nothing was changed.") from None

    def observe(self, observer: Observer | None) -> None:
        """Tell somebody about every change from now on, or nobody any more."""
        with self._writing:
            self._observer = observer

    def content(self) -> set[Quad]:
        """Return every quad, and one for each named graph that says that it exists."""
        with self._writing:
            return {*self._store, *self._existing()}

    def _existing(self) -> Iterator[Quad]:
        return (Quad(each, _EXISTS, each, _NAMES) for each in self._store.named_graphs())

    def worked_out(
        self,
        text: str,
        *,
        using: Sequence[str] | None = None,
        using_named: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> Difference:
        """Return what an update would come to; parameters and errors as :meth:`update`."""
        trial = self._trial()
        trial.update(text, using=using, using_named=using_named, base_iri=base_iri)
        return Difference(tuple(self._beside(trial)), tuple(trial._beside(self)))

    def _trial(self) -> ScratchStore:
        trial = ScratchStore()
        trial._store.extend(self._store)
        for each in self._store.named_graphs():
            trial._store.add_graph(each)
        return trial

    def _beside(self, other: ScratchStore) -> Iterator[Quad]:
        """Yield what is here and not in another store."""
        yield from (each for each in self._store if each not in other._store)
        for each in self._existing():
            if not other._store.contains_named_graph(each.subject):  # type: ignore[arg-type]
                yield each

    def follow(self, going: Iterable[Quad], coming: Iterable[Quad]) -> None:
        """Do what was done to another store: take quads of its :meth:`content` out, put others in.

        No graph is taken away before it is empty.
        """
        gone, come = list(going), list(coming)
        with self._changing((gone, come)):
            for each in gone:
                self._store.remove(each)
            for each in gone:
                if each.graph_name == _NAMES:
                    self._store.remove_graph(each.subject)  # type: ignore[arg-type]
            for each in come:
                if each.graph_name == _NAMES:
                    self._store.add_graph(each.subject)  # type: ignore[arg-type]
                else:
                    self._store.add(each)

    @contextmanager
    def _changing(self, known: tuple[list[Quad], list[Quad]] | None = None) -> Iterator[None]:
        """Make one change; whoever observes knows of it before anybody is told that it was made.

        :param known: what goes and comes, if that is known.
        """
        with self._turn, self._writing:
            observer = self._observer
            if observer and not known:
                observer.before()
            yield
            if observer and known:
                observer.told(*known)
            elif observer:
                observer.after()
            self._revision += 1

    def holds(self, graph: Graph) -> bool:
        """Tell whether a graph exists; the default graph always does, a named one may be empty."""
        return isinstance(graph, DefaultGraph) or self._store.contains_named_graph(graph)

    def graphs(self) -> list[NamedNode]:
        """Return the names of the named graphs, sorted."""
        named = (each for each in self._store.named_graphs() if isinstance(each, NamedNode))
        return sorted(named, key=lambda each: each.value)

    def triples(self, graph: Graph) -> Iterator[Triple]:
        """Yield the triples of a graph.

        :raises UnknownGraphError: if there is none of this name.
        """
        if not self.holds(graph):
            raise UnknownGraphError(f"There is no graph {graph}.")
        return (each.triple for each in self._store.quads_for_pattern(None, None, None, graph))

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[bool]:
        """Hold back other writes while one is made in several steps.

        :param patience: seconds to wait for others; ``None`` for as long as it takes.
        :returns: whether the others were done in time.
        """
        has_turn = self._turn.acquire(timeout=-1 if patience is None else patience)
        try:
            yield has_turn
        finally:
            if has_turn:
                self._turn.release()

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Hold back changes; whoever finds out what to change is not waited for."""
        with self._writing:
            yield

    def change(self, graph: Graph, removed: Sequence[Triple], added: Sequence[Triple]) -> None:
        """Take triples out of a graph and put others in; the graph is there afterwards."""
        with self._changing():
            for each in _quads(graph, removed):
                self._store.remove(each)
            if isinstance(graph, NamedNode):
                self._store.add_graph(graph)
            self._store.extend(_quads(graph, added))

    def delete(self, graph: Graph) -> None:
        """Take a graph away; the default graph is emptied.

        :raises UnknownGraphError: if there is none of this name.
        """
        with self._changing():
            if not self.holds(graph):
                raise UnknownGraphError(f"There is no graph {graph}.")
            self._store.remove_graph(graph)

    def patched(self, graph: Graph, text: str, base_iri: str | None) -> Difference:
        """Return what an update would change of the graph that is its default graph.

        :raises QuerySyntaxError: if the text does not parse.
        :raises InvalidParameterError: if the update would change another graph.
        """
        trial = self._trial()
        if isinstance(graph, NamedNode):
            trial._store.clear_graph(DefaultGraph())
            trial._store.extend(_quads(DefaultGraph(), self._held(graph)))
        before = trial._named()
        trial.update(text, base_iri=base_iri)
        changed = before ^ trial._named()
        if any(each.graph_name != graph for each in changed):
            raise InvalidParameterError(OTHER_GRAPH)
        after = {each.triple for each in trial._store.quads_for_pattern(*_EVERYTHING)}
        gone = {each.triple for each in changed if each in before}
        after = after - gone | {each.triple for each in changed if each not in before}
        held = set(self._held(graph))
        return Difference(tuple(_quads(graph, held - after)), tuple(_quads(graph, after - held)))

    def _held(self, graph: Graph) -> Iterable[Triple]:
        return self.triples(graph) if self.holds(graph) else ()

    def _named(self) -> set[Quad]:
        """Return the quads of the named graphs."""
        return {each for each in self._store if not isinstance(each.graph_name, DefaultGraph)}


def read_triples(body: bytes, syntax: RdfSyntax, base_iri: str) -> list[Triple]:
    """Read the triples of a document, all or none; blank nodes are new ones.

    :raises RdfSyntaxError: if it does not parse or names graphs.
    """
    quads = list(
        read_quads(body, syntax, base_iri=base_iri, rename_blank_nodes=True, allow_empty=True)
    )
    if any(not isinstance(each.graph_name, DefaultGraph) for each in quads):
        raise RdfSyntaxError("The document names graphs; what is sent to a graph is one graph.")
    return [each.triple for each in quads]


def _unknown_function(error: RuntimeError, known: Functions) -> Functions:
    """Return the unknown function that the engine complained of, as one that always errs.

    A call of a function that is not there is an error of the expression, not of the query
    (SPARQL 1.1 Query, section 17.6).
    """
    match = _UNKNOWN_FUNCTION.search(str(error))
    iri = NamedNode(match["iri"]) if match else None
    if iri is None or iri in known:
        raise QueryRefusedError(f"{error}.", reason="not-supported") from None
    return {iri: _error}


def _error(*_arguments: object) -> None:
    """Stand for a function that the engine does not have."""


def _quads(graph: Graph, triples: Iterable[Triple]) -> list[Quad]:
    return [Quad(each.subject, each.predicate, each.object, graph) for each in triples]


def _iris(graphs: Sequence[str]) -> Iterator[NamedNode]:
    return (NamedNode(each) for each in graphs)
