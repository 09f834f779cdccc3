"""The reading side of the facade: questions, and looking at what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis import Answer, Direction, Matrix, PathAnswer
from orthogramic.facade.holding import Holding
from orthogramic.metamodel import SavedQuery
from orthogramic.repository.asking import SavedAnswer, Timing
from orthogramic.repository.catalogue import EntitySummary, SearchHit
from orthogramic.repository.change_words import change_in_words
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.consequences import ChangeImpact, Consequences, Owners
from orthogramic.repository.history import CommitDetail, commit_detail, history
from orthogramic.repository.isolation import query_pool
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.listing import Listing
from orthogramic.repository.matrix_questions import MatrixQuestions
from orthogramic.repository.paging import Page, check_page
from orthogramic.repository.questions import Questions
from orthogramic.repository.saved_sets import SavedSet
from orthogramic.repository.statistics import GraphSummary, Statistics, graph_summaries, statistics
from orthogramic.repository.viewing import Viewing
from orthogramic.repository.views import EntityView
from orthogramic.store import SparqlAnswer
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.evaluator import AnswerBytes, Evaluator
from orthogramic.store.question import Formats
from orthogramic.syntax import ResultFormat


class Reading(Holding):
    """Answers questions; changes nothing."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        super().__init__(knowledge)
        self._viewing = Viewing(knowledge.store, knowledge.metamodel, knowledge.catalogue)
        self._listing = Listing(knowledge.catalogue, knowledge.metamodel)
        self._questions = Questions(knowledge, self._naming, self._projection)
        self._matrices = MatrixQuestions(knowledge, self._naming, self._projection, self._sets)
        self._consequences = Consequences(knowledge, self._questions)

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

    def sparql_bytes(self, text: str, formats: Formats, **options: Any) -> AnswerBytes:
        """Evaluate a read-only SPARQL query into the bytes of a format.

        :param options: as those of :meth:`orthogramic.repository.asking.Asking.sparql_bytes`.
        """
        return self._asking.sparql_bytes(text, formats, **options)

    @contextmanager
    def bounded_questions(self, bounds: Bounds) -> Iterator[None]:
        """Let every query be evaluated by workers that can be killed, as long as the block lasts.

        Patterns of updates are queries, and a write waits for its turn no longer than a query may
        take.

        :param bounds: what a question may cost.
        """
        with closing(query_pool(self._knowledge, bounds)) as pool:
            self._evaluate_with(pool)
            self._knowledge.turns.patience = bounds.seconds
            try:
                yield
            finally:
                self._knowledge.turns.patience = None
                self._evaluate_with(None)

    def _evaluate_with(self, evaluator: Evaluator | None) -> None:
        self._asking.evaluate_with(evaluator)

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

    def saved_query_bytes(
        self,
        name: str,
        parameters: Mapping[str, str],
        chosen: ResultFormat,
        timing: Timing | None = None,
    ) -> AnswerBytes:
        """Evaluate a saved query into the bytes of a result format; see :meth:`saved_query`.

        :param timing: how long it may take, and who may stop it.
        """
        return self._asking.saved_bytes(self.metamodel.query(name), parameters, chosen, timing)

    def saved_set(self, name: str, parameters: Mapping[str, str] | None = None) -> SavedSet:
        """Return the entities that a saved query finds.

        :param name: ``query:NAME``, with parameters behind ``?`` and a column behind ``#``; see
            :mod:`orthogramic.repository.saved_sets`.
        :param parameters: further parameters of the query, by name.
        """
        return self._sets.find(name, parameters)

    def impact(self, sources: str | Sequence[str] = (), **options: Any) -> Answer:
        """Answer who is affected if the sources change.

        :param sources: names of entities; none where ``source_class`` names a class of them.
        :param options: as those of :meth:`orthogramic.repository.questions.Questions.ask`.
        """
        return self._questions.ask(Direction.IMPACT, sources, **options)

    def dependencies(self, sources: str | Sequence[str] = (), **options: Any) -> Answer:
        """Answer what the sources need; parameters as in :meth:`impact`."""
        return self._questions.ask(Direction.DEPENDENCIES, sources, **options)

    def paths(self, source: str, target: str, **options: Any) -> PathAnswer:
        """Explain in which ways one entity needs (or affects) another, best way first.

        :param options: as those of :meth:`orthogramic.repository.questions.Questions.paths`.
        """
        return self._questions.paths(source, target, **options)

    def matrix(self, rows: str | None = None, columns: str | None = None, **options: Any) -> Matrix:
        """Answer how each entity of one class needs (or affects) each entity of another.

        :param options: as those of
            :meth:`orthogramic.repository.matrix_questions.MatrixQuestions.matrix`.
        """
        return self._matrices.matrix(rows, columns, **options)

    def impact_of_change(self, change: ChangeSet) -> ChangeImpact:
        """Answer who is affected if the entities change that a change set speaks of.

        :param change: as a write, or a dry run of one, gave it.
        :returns: at most 20 hits, on the present graph under the default profile.
        """
        return self._consequences.of(change)

    def change_in_words(self, change: ChangeSet) -> dict[str, Any]:
        """Say what a change takes away and brings, with labels instead of IRIs.

        :param change: as a write, or a dry run of one, gave it.
        :returns: sentences under ``removed`` and ``added``; ``left_out`` counts the statements of
            a large change that are not put into words.
        """
        return change_in_words(change, self._knowledge).to_dict()

    # -- looking -----------------------------------------------------------------------------------

    def resolve(self, name: str, class_name: str | None = None) -> EntitySummary:
        """Return the entity of this name.

        :param class_name: if given, only entities of this class and its subclasses count.
        :raises UnknownEntityError: if there is none, with near names.
        :raises AmbiguousNameError: if there are several, with all of them.
        """
        return self._naming.resolve(name, self._class(class_name))

    def entities_of(self, iri: str) -> tuple[EntitySummary, ...]:
        """Return the entities whose matter a node is: itself, what it is part of, or begins at.

        :param iri: of an entity, a part, or a qualified relationship.
        """
        found = Owners(self._knowledge).of(NamedNode(iri))
        return tuple(sorted(found, key=lambda each: each.iri))

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
