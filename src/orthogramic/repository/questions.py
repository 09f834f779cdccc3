"""Questions of impact in a person's words, brought to the graph and answered."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from orthogramic.analysis import (
    Answer,
    Direction,
    PathAnswer,
    PathQuestion,
    Question,
    ask,
    find_paths,
)
from orthogramic.errors import InvalidParameterError
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection

#: The most paths that explain one hit: between two entities there may be millions.
MOST_PATHS = 100


class Questions:
    """Answers questions of impact and dependency on one repository."""

    def __init__(self, knowledge: KnowledgeBase, naming: Naming) -> None:
        self._metamodel = knowledge.metamodel
        self._naming = naming
        self._projection = Projection(knowledge)

    def ask(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        direction: Direction,
        sources: str | Sequence[str],
        *,
        to: str | Sequence[str] = (),
        profile: str | None = None,
        max_hops: int | None = None,
        min_score: float | None = None,
        via: str | Sequence[str] = (),
        paths: int = 1,
        limit: int = 100,
        offset: int = 0,
    ) -> Answer:
        """Answer what the sources need, or who is affected if they change.

        :param sources: names of entities.
        :param to: names of classes that hits belong to, subclasses included; none means any.
        :param profile: name of the impact profile; by default the default one.
        :param max_hops: greatest number of steps; by default no limit.
        :param min_score: least score of a hit, 0 to 1.
        :param via: names of relationships that paths may use; none means any.
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
            sources=tuple(self._entity(each) for each in _several(sources)),
            to=tuple(self._metamodel.class_named(each).iri for each in _several(to)),
            via=self._relationships(via),
            max_hops=max_hops,
            min_score=min_score or 0.0,
            paths=paths,
            limit=limit,
            offset=offset,
        )
        snapshot, graph = self._projection.under(self._metamodel.profile(profile))
        return ask(graph, self._metamodel, question, snapshot=snapshot)

    def paths(
        self,
        source: str,
        target: str,
        *,
        direction: str = "dependencies",
        profile: str | None = None,
        via: str | Sequence[str] = (),
        max_hops: int | None = None,
        paths: int = 3,
    ) -> PathAnswer:
        """Explain in which ways one entity needs (or affects) another, best way first.

        :param direction: ``dependencies`` or ``impact``.
        :param paths: greatest number of paths, at most 100.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        """
        if direction not in tuple(Direction):
            raise InvalidParameterError(
                f"direction must be dependencies or impact, not {direction!r}."
            )
        _check_paths(paths)
        snapshot, graph = self._projection.under(self._metamodel.profile(profile))
        question = PathQuestion(
            direction=Direction(direction),
            source=self._entity(source),
            target=self._entity(target),
            via=self._relationships(via),
            max_hops=max_hops,
            paths=paths,
        )
        return find_paths(graph, self._metamodel, question, snapshot=snapshot)

    def _entity(self, name: str) -> NamedNode:
        return NamedNode(self._naming.resolve(name).iri)

    def _relationships(self, names: str | Sequence[str]) -> tuple[NamedNode, ...]:
        return tuple(self._metamodel.property_named(each).iri for each in _several(names))


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _check_paths(paths: int) -> None:
    if paths > MOST_PATHS:
        raise InvalidParameterError(f"paths must be at most {MOST_PATHS}, not {paths}.")
