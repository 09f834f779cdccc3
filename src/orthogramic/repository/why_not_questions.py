"""Questions why something is not reached, in a person's words, brought to the graph."""

from __future__ import annotations

import threading
from functools import partial

from pyoxigraph import NamedNode

from orthogramic.analysis import Direction
from orthogramic.analysis.why_not import (
    DEFAULT_PROPOSALS,
    Openings,
    WhyNotAnswer,
    WhyNotQuestion,
    why_not,
)
from orthogramic.graph import EntityGraph
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming, entity_iri
from orthogramic.repository.projection import Projection
from orthogramic.repository.question_terms import Names, QuestionTerms
from orthogramic.repository.questions import member
from orthogramic.repository.restrictions import Restrictions


class WhyNotQuestions:
    """Answers why something is not reached in one repository.

    :param projection: keeps the graphs that are asked.
    """

    def __init__(self, knowledge: KnowledgeBase, naming: Naming, projection: Projection) -> None:
        self._metamodel = knowledge.metamodel
        self._base_iri = knowledge.base_iri
        self._terms = QuestionTerms(knowledge, naming)
        self._projection = projection
        self._restrictions = Restrictions()
        self._lock = threading.Lock()
        self._known: dict[NamedNode, Openings] = {}

    def ask(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        source: str,
        target: str,
        *,
        direction: str = "dependencies",
        profile: str | None = None,
        via: Names = (),
        graph: Names = (),
        max_hops: int | None = None,
        min_score: float | None = None,
        proposals: int = DEFAULT_PROPOSALS,
    ) -> WhyNotAnswer:
        """Answer why the source does not need, or does not affect, the target.

        :param source: name of an entity.
        :param target: name of another.
        :param direction: ``dependencies`` or ``impact``.
        :param profile: name of the impact profile; by default the default one.
        :param via: names of relationships that paths may use; none means any.
        :param graph: IRIs of named graphs: paths use only links that one of them asserts.
        :param max_hops: greatest number of steps; by default no limit.
        :param min_score: least score at which something counts as reached, 0 to 1.
        :param proposals: most sets of links in the answer, 1 to 20.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range, or both ends are the same.
        """
        question = WhyNotQuestion(
            direction=member(Direction, "direction", direction),
            source=self._terms.entity(source),
            target=self._terms.entity(target),
            via=self._terms.relationships(via),
            graphs=self._terms.graphs(graph),
            max_hops=max_hops,
            min_score=min_score or 0.0,
            proposals=proposals,
        )
        snapshot, whole = self._projection.under(self._metamodel.profile(profile))
        return why_not(
            self._openings(whole),
            self._metamodel,
            question,
            walked=self._restrictions.of(whole, question.graphs),
            naming=partial(entity_iri, self._base_iri),
            snapshot=snapshot,
        )

    def _openings(self, graph: EntityGraph) -> Openings:
        """Return the openings of a graph; those of the last one asked of a profile are kept."""
        with self._lock:
            known = self._known.get(graph.profile)
            if known is None or known.graph is not graph:
                known = self._known[graph.profile] = Openings(graph, self._metamodel)
            return known
