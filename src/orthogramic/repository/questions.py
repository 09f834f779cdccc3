"""Questions of impact in a person's words, brought to the graph and answered."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from pyoxigraph import NamedNode

from orthogramic.analysis import (
    Answer,
    Direction,
    Grouping,
    PathAnswer,
    PathQuestion,
    Question,
    ask,
    find_paths,
)
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import EntityGraph
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection
from orthogramic.repository.question_terms import Names, QuestionTerms
from orthogramic.repository.restrictions import Restrictions

Member = TypeVar("Member", bound=StrEnum)

#: The most paths that explain one hit: between two entities there may be millions.
MOST_PATHS = 100


class Questions:
    """Answers questions of impact and dependency on one repository.

    :param projection: keeps the graphs that are asked.
    """

    def __init__(self, knowledge: KnowledgeBase, naming: Naming, projection: Projection) -> None:
        self._metamodel = knowledge.metamodel
        self._naming = naming
        self._terms = QuestionTerms(knowledge, naming)
        self._projection = projection
        self._restrictions = Restrictions()

    def ask(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        direction: Direction,
        sources: Names = (),
        *,
        source_class: Names = (),
        to: Names = (),
        domain: Names = (),
        profile: str | None = None,
        max_hops: int | None = None,
        min_score: float | None = None,
        via: Names = (),
        graph: Names = (),
        group_by: str | None = None,
        paths: int = 1,
        limit: int = 100,
        offset: int = 0,
    ) -> Answer:
        """Answer what the sources need, or who is affected if they change.

        :param sources: names of entities.
        :param source_class: names of classes: all their instances, those of subclasses included,
            are sources too.
        :param to: names of classes that hits belong to, subclasses included; none means any.
        :param domain: labels or IRIs of domains that the classes of hits belong to; none means
            any.
        :param profile: name of the impact profile; by default the default one.
        :param max_hops: greatest number of steps; by default no limit.
        :param min_score: least score of a hit, 0 to 1.
        :param via: names of relationships that paths may use; none means any.
        :param graph: IRIs of named graphs: paths use only links that one of them asserts.
        :param group_by: ``class`` or ``domain``: hits come group by group, the group with the
            best score first; by default all are ranked together.
        :param paths: how many best paths explain each hit, at most 100.
        :param limit: greatest number of hits in the answer.
        :param offset: number of hits to leave out before the first.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        """
        check_page(limit, offset)
        _check_paths(paths)
        question = Question(
            direction=direction,
            sources=self._terms.entities(sources),
            source_classes=self._terms.classes(source_class),
            to=self._terms.classes(to),
            domains=self._terms.domains(domain),
            via=self._terms.relationships(via),
            graphs=self._terms.graphs(graph),
            max_hops=max_hops,
            min_score=min_score or 0.0,
            group_by=member(Grouping, "group_by", group_by) if group_by else None,
            paths=paths,
            limit=limit,
            offset=offset,
        )
        snapshot, asked = self._graph(profile, question.graphs)
        return ask(asked, self._metamodel, question, snapshot=snapshot)

    def paths(
        self,
        source: str,
        target: str,
        *,
        direction: str = "dependencies",
        profile: str | None = None,
        via: Names = (),
        graph: Names = (),
        max_hops: int | None = None,
        paths: int = 3,
    ) -> PathAnswer:
        """Explain in which ways one entity needs (or affects) another, best way first.

        :param direction: ``dependencies`` or ``impact``.
        :param paths: greatest number of paths, at most 100.
        :returns: the paths; what other parameters mean is said at :meth:`ask`.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        """
        _check_paths(paths)
        question = PathQuestion(
            direction=member(Direction, "direction", direction),
            source=self._terms.entity(source),
            target=self._terms.entity(target),
            via=self._terms.relationships(via),
            graphs=self._terms.graphs(graph),
            max_hops=max_hops,
            paths=paths,
        )
        snapshot, asked = self._graph(profile, question.graphs)
        return find_paths(asked, self._metamodel, question, snapshot=snapshot)

    def _graph(self, profile: str | None, graphs: tuple[NamedNode, ...]) -> tuple[int, EntityGraph]:
        snapshot, graph = self._projection.under(self._metamodel.profile(profile))
        return snapshot, self._restrictions.of(graph, graphs)


def member(kind: type[Member], name: str, value: str) -> Member:
    """Read a value of a closed list."""
    try:
        return kind(value)
    except ValueError:
        allowed = " or ".join(kind)
        raise InvalidParameterError(f"{name} must be {allowed}, not {value!r}.") from None


def _check_paths(paths: int) -> None:
    if paths > MOST_PATHS:
        raise InvalidParameterError(f"paths must be at most {MOST_PATHS}, not {paths}.")
