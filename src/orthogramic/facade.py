"""What :func:`orthogramic.open` returns: a repository and exchange under one roof.

Every door (CLI, HTTP, Python) asks these methods, so all of them give the same answer.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pyoxigraph import NamedNode

from orthogramic.analysis import Answer, Direction, Matrix, PathAnswer
from orthogramic.exchange.exported import Exported
from orthogramic.exchange.exporting import export
from orthogramic.exchange.jsonld_context import context as jsonld_context
from orthogramic.metamodel import ClassTerm, Metamodel, SavedQuery
from orthogramic.repository.asking import Asking, SavedAnswer, graph_name
from orthogramic.repository.backup import LogSource, source_of, write_backup
from orthogramic.repository.backup_file import Backup
from orthogramic.repository.bundle import reference_datasets
from orthogramic.repository.catalogue import EntitySummary, SearchHit
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.history import CommitDetail, commit_detail, history
from orthogramic.repository.inputs import LoadPlan, RdfInput, plan
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.listing import Listing
from orthogramic.repository.loading import load
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import Page, check_page
from orthogramic.repository.questions import Questions
from orthogramic.repository.statistics import GraphSummary, Statistics, graph_summaries, statistics
from orthogramic.repository.viewing import Viewing
from orthogramic.repository.views import EntityView
from orthogramic.store import SparqlAnswer
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import Progress, ValidationReport, validate_documents
from orthogramic.vocabulary import KR

__all__ = ["Repository"]

StrPath = str | os.PathLike[str]


class Repository:
    """A knowledge repository. Reading is safe from many threads; writes take turns."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._naming = Naming(
            knowledge.catalogue, knowledge.metamodel, knowledge.store, knowledge.base_iri
        )
        self._asking = Asking(knowledge, self._naming)
        self._viewing = Viewing(knowledge.store, knowledge.metamodel, knowledge.catalogue)
        self._listing = Listing(knowledge.catalogue, knowledge.metamodel)
        self._questions = Questions(knowledge, self._naming)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files and let the directory go."""
        self._knowledge.close()

    # -- what it is ------------------------------------------------------------------------------

    @property
    def metamodel(self) -> Metamodel:
        """What the bundle says."""
        return self._knowledge.metamodel

    @property
    def snapshot(self) -> int:
        """Number of the last commit, 0 if there is none."""
        return self._knowledge.snapshot

    @property
    def base_iri(self) -> str:
        """Base of the IRIs of entities and commits."""
        return self._knowledge.base_iri

    @property
    def location(self) -> Path | None:
        """The directory, or ``None`` in memory."""
        directory = self._knowledge.directory
        return directory.root if directory else None

    def announce(self, url: str) -> None:
        """Let other processes find the service that holds this repository."""
        if self._knowledge.directory:
            self._knowledge.directory.announce(url)

    def withdraw(self) -> None:
        """Take the announcement of :meth:`announce` back."""
        if self._knowledge.directory:
            self._knowledge.directory.withdraw()

    # -- loading and validating --------------------------------------------------------------------

    def load(
        self,
        inputs: StrPath | Sequence[StrPath],
        *,
        graph: str | None = None,
        syntax: str | None = None,
        author: str | None = None,
        message: str | None = None,
        gate: bool = True,
        progress: Progress | None = None,
    ) -> CommitRecord | None:
        """Load files, and dataset folders with a manifest, in one commit.

        :param graph: IRI of the graph for triples that name none; by default ``kr:default``.
        :param syntax: name of the RDF syntax of all files; by default the file names tell.
        :param gate: whether the shapes judge the load; without it memory stays bounded.
        :returns: the commit, or ``None`` if everything was there already.
        :raises UnreadableInputError: if something cannot be read or does not parse.
        :raises MissingDatasetError: if a dataset builds on one that is neither here nor loaded.
        :raises NonConformingDataError: if the data would violate the shapes.
        :raises ProtectedGraphError: if a document writes into a system graph.
        :raises StoreNotWritableError: if the disk refuses. Nothing is changed in any of these.
        """
        known = RdfSyntax.of_name(syntax) if syntax else None
        paths = [Path(each) for each in _several(inputs)]
        planned = plan(paths, self._graph(graph), self.base_iri, known)
        return load(
            self._knowledge, planned, author=author, message=message, gate=gate, progress=progress
        )

    def load_bytes(
        self,
        data: bytes,
        *,
        syntax: str,
        source: str = "the document",
        graph: str | None = None,
        author: str | None = None,
        message: str | None = None,
        gate: bool = True,
        progress: Progress | None = None,
    ) -> CommitRecord | None:
        """Load one document from memory; see :meth:`load`.

        :param source: what the person calls the document.
        """
        document = RdfInput(source, RdfSyntax.of_name(syntax), self._graph(graph), data=data)
        planned = LoadPlan((document,), ())
        return load(
            self._knowledge, planned, author=author, message=message, gate=gate, progress=progress
        )

    def load_reference(
        self,
        progress: Progress | None = None,
        *,
        author: str | None = None,
        message: str | None = None,
    ) -> CommitRecord | None:
        """Load the shipped datasets.

        :returns: the commit, or ``None`` if everything was there already.
        """
        return self.load(
            reference_datasets(),
            author=author,
            message=message or "Load the reference data",
            progress=progress,
        )

    def validate(self, progress: Progress | None = None) -> ValidationReport:
        """Validate everything against the shapes of the bundle."""
        return self._knowledge.validate(progress)

    def validate_bytes(
        self,
        data: bytes,
        syntax: str,
        *,
        shapes: bytes | None = None,
        shapes_syntax: str | None = None,
        source: str = "data",
        progress: Progress | None = None,
    ) -> ValidationReport:
        """Validate one document by itself, never through the store.

        :param shapes: shapes of the caller's own, in ``shapes_syntax`` (by default Turtle); by
            default those of the bundle.
        :raises UnreadableInputError: if a document does not parse.
        """
        return validate_documents(
            data,
            RdfSyntax.of_name(syntax),
            shapes,
            RdfSyntax.of_name(shapes_syntax) if shapes_syntax else RdfSyntax.TURTLE,
            metamodel=None if shapes is not None else self.metamodel,
            entail=self._knowledge.entail,
            source=source,
            progress=progress,
        )

    # -- asking ------------------------------------------------------------------------------------

    def sparql(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> SparqlAnswer:
        """Evaluate a read-only SPARQL query; see :meth:`Asking.sparql`."""
        return self._asking.sparql(
            text, default_graphs=default_graphs, named_graphs=named_graphs, base_iri=base_iri
        )

    def queries(self) -> tuple[SavedQuery, ...]:
        """Return the saved queries, sorted by name."""
        return tuple(self.metamodel.queries.values())

    def saved_query(self, name: str, parameters: Mapping[str, str]) -> SavedAnswer:
        """Evaluate a saved query.

        :param parameters: text by parameter name.
        :raises UnknownQueryError: if there is no such query.
        :raises InvalidParameterError: for an unknown, missing or ill-typed parameter.
        :raises NamingError: if a parameter names no entity, or several.
        """
        return self._asking.saved(self.metamodel.query(name), parameters)

    def impact(self, sources: str | Sequence[str], **options: Any) -> Answer:
        """Answer who is affected if the sources change.

        :param sources: names of entities.
        :param options: as those of :meth:`orthogramic.repository.questions.Questions.ask`.
        """
        return self._questions.ask(Direction.IMPACT, sources, **options)

    def dependencies(self, sources: str | Sequence[str], **options: Any) -> Answer:
        """Answer what the sources need; parameters as in :meth:`impact`."""
        return self._questions.ask(Direction.DEPENDENCIES, sources, **options)

    def paths(self, source: str, target: str, **options: Any) -> PathAnswer:
        """Explain in which ways one entity needs (or affects) another, best way first.

        :param options: as those of :meth:`orthogramic.repository.questions.Questions.paths`.
        """
        return self._questions.paths(source, target, **options)

    def matrix(self, rows: str | None = None, columns: str | None = None, **options: Any) -> Matrix:
        """Answer how each entity of one class needs (or affects) each entity of another.

        :param options: as those of :meth:`orthogramic.repository.questions.Questions.matrix`.
        """
        return self._questions.matrix(rows, columns, **options)

    # -- looking -----------------------------------------------------------------------------------

    def resolve(self, name: str, class_name: str | None = None) -> EntitySummary:
        """Return the entity of this name.

        :param class_name: if given, only entities of this class and its subclasses count.
        :raises UnknownEntityError: if there is none, with near names.
        :raises AmbiguousNameError: if there are several, with all of them.
        """
        return self._naming.resolve(name, self._class(class_name))

    def entity(self, name: str) -> EntityView:
        """Return everything about an entity; errors as :meth:`resolve`."""
        return self._viewing.view(self.resolve(name))

    def entities(
        self,
        class_name: str | None = None,
        domain: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> Page[EntitySummary]:
        """List entities by label.

        :param class_name: only this class and its subclasses.
        :param domain: only classes of this module, by IRI or label.
        :raises UnknownTermError: if there is no such class or domain.
        """
        return self._listing.entities(class_name, domain, limit, offset)

    def search(
        self, text: str, class_name: str | None = None, limit: int = 20, offset: int = 0
    ) -> Page[SearchHit]:
        """Find entities by the words of their title and text, best first."""
        return self._listing.search(text, class_name, limit, offset)

    def stats(self) -> Statistics:
        """Count what is in here."""
        return statistics(self._knowledge)

    def graphs(self) -> tuple[GraphSummary, ...]:
        """Return the graphs that hold data, sorted by IRI."""
        return graph_summaries(self._knowledge)

    def history(self, limit: int = 50, offset: int = 0) -> Page[CommitRecord]:
        """List commits, newest first."""
        check_page(limit, offset)
        return history(self._knowledge.log, limit, offset)

    def commit(self, number: int, limit: int = 1000, offset: int = 0) -> CommitDetail:
        """Return one commit with its exact triples.

        :param limit: at most so many of the removed triples, and of the added ones.
        :param offset: leave out so many of each first.
        :raises UnknownCommitError: if there is none of that number.
        """
        check_page(limit, offset)
        return commit_detail(self._knowledge.log, number, limit, offset)

    # -- leaving -----------------------------------------------------------------------------------

    def export(
        self,
        syntax: str,
        *,
        graph: str | None = None,
        entity: str | None = None,
        inferred: bool = False,
    ) -> Exported:
        """Write everything, one graph, or an entity with its surroundings.

        :param syntax: name of a format: turtle, trig, ntriples, nquads, rdfxml, jsonld or
            archimate.
        :param inferred: whether what follows from the data goes along.
        :returns: the document in pieces, with what is to be said about it in ``summary``.
        :raises UnsupportedMediaTypeError: if there is no such format.
        :raises UnknownGraphError: if the graph holds nothing.
        :raises NamingError: if the entity is unknown or ambiguous.
        """
        return export(
            self._knowledge, self._naming, syntax, graph=graph, entity=entity, inferred=inferred
        )

    def backup(self, path: StrPath, progress: Progress | None = None) -> Backup:
        """Copy every commit that is acknowledged now into one file; writing may go on meanwhile.

        :param path: the file; it is there whole, or not at all.
        :raises PlaceTakenError: if something has that name already.
        :raises StoreNotWritableError: if the disk is full or read-only.
        :raises StoreFormatError: if the commit log is damaged.
        :raises UsageError: if the repository is kept in memory.
        """
        return write_backup(self.backup_source(), Path(path), progress)

    def backup_source(self) -> LogSource:
        """Return what gives the bytes of a backup; errors as :meth:`backup`."""
        return source_of(self._knowledge.log, self.snapshot, self.base_iri)

    def context(self) -> dict[str, Any]:
        """Return the JSON-LD context that exports are written with."""
        return jsonld_context(self.metamodel, self.base_iri)

    def _graph(self, graph: str | None) -> NamedNode:
        return graph_name(graph) if graph else KR.default

    def _class(self, name: str | None) -> ClassTerm | None:
        return self.metamodel.class_named(name) if name else None


def _several(paths: StrPath | Sequence[StrPath]) -> Sequence[StrPath]:
    return (paths,) if isinstance(paths, str | os.PathLike) else paths
