"""Questions of impact in a person's words, brought to the graph and answered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from pyoxigraph import NamedNode

from orthogramic.analysis import (
    DEFAULT_SIDE,
    Answer,
    CellKind,
    ChosenSet,
    Direction,
    Grouping,
    Matrix,
    MatrixQuestion,
    Order,
    PathAnswer,
    PathQuestion,
    Question,
    Side,
    ask,
    fill_matrix,
    find_paths,
)
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import EntityGraph
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection
from orthogramic.repository.question_terms import Names, QuestionTerms, several
from orthogramic.repository.restrictions import Restrictions
from orthogramic.repository.saved_sets import SavedSet, SavedSets

Member = TypeVar("Member", bound=StrEnum)

#: The most paths that explain one hit: between two entities there may be millions.
MOST_PATHS = 100


class Questions:
    """Answers questions of impact and dependency on one repository.

    :param projection: keeps the graphs that are asked.
    :param sets: finds what saved sets stand for.
    """

    def __init__(
        self, knowledge: KnowledgeBase, naming: Naming, projection: Projection, sets: SavedSets
    ) -> None:
        self._metamodel = knowledge.metamodel
        self._naming = naming
        self._terms = QuestionTerms(knowledge, naming)
        self._projection = projection
        self._restrictions = Restrictions()
        self._sets = sets

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
            group_by=_member(Grouping, "group_by", group_by) if group_by else None,
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
            direction=_member(Direction, "direction", direction),
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

    def matrix(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        rows: str | None = None,
        columns: str | None = None,
        *,
        row: Names = (),
        column: Names = (),
        direction: str = "dependencies",
        cell: str = "score",
        profile: str | None = None,
        max_hops: int | None = None,
        min_score: float | None = None,
        via: Names = (),
        hide_empty: bool = False,
        sort: str = "label",
        limit: int = DEFAULT_SIDE,
        offset: int = 0,
        column_limit: int = DEFAULT_SIDE,
        column_offset: int = 0,
    ) -> Matrix:
        """Answer how each row needs, or affects, each column.

        :param rows: name of the class of the rows, subclasses included, or of a saved set
            (see :mod:`orthogramic.repository.saved_sets`).
        :param columns: name of the class, or saved set, of the columns.
        :param row: names of entities: only these rows; without a class, whatever they are.
        :param column: names of entities: only these columns.
        :param direction: ``dependencies`` or ``impact``.
        :param cell: ``score`` of the best path, or number of ``paths``.
        :param max_hops: greatest number of steps; by default no limit, or 4 to count paths.
        :param hide_empty: leave out rows and columns without a filled cell.
        :param sort: ``label``, or ``total`` for the greatest first.
        :param limit: greatest number of rows of the page.
        :param column_limit: greatest number of its columns.
        :returns: one page; what other parameters mean is said at :meth:`ask`.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range.
        """
        judged_by = self._metamodel.profile(profile)
        sets, snapshot, graph = self._sets.beside(
            (rows or "", columns or ""), lambda: self._projection.under(judged_by)
        )
        question = MatrixQuestion(
            rows=self._side(rows, row, sets),
            columns=self._side(columns, column, sets),
            direction=_member(Direction, "direction", direction),
            cell=_member(CellKind, "cell", cell),
            via=self._terms.relationships(via),
            max_hops=max_hops,
            min_score=min_score or 0.0,
            hide_empty=hide_empty,
            sort=_member(Order, "sort", sort),
            limit=limit,
            offset=offset,
            column_limit=column_limit,
            column_offset=column_offset,
        )
        return fill_matrix(graph, self._metamodel, question, snapshot=snapshot)

    def _side(self, name: str | None, names: Names, sets: Mapping[str, SavedSet]) -> Side:
        saved = sets.get(name) if name else None
        term = self._metamodel.class_named(name) if name and saved is None else None
        found = (self._naming.resolve(each, term).iri for each in several(names))
        entities = tuple(map(NamedNode, found))
        if saved is None:
            return Side(term.iri if term else None, entities)
        return Side(None, entities, ChosenSet(saved.query, saved.to_dict(), saved.entities))


def _member(kind: type[Member], name: str, value: str) -> Member:
    """Read a value of a closed list."""
    try:
        return kind(value)
    except ValueError:
        allowed = " or ".join(kind)
        raise InvalidParameterError(f"{name} must be {allowed}, not {value!r}.") from None


def _check_paths(paths: int) -> None:
    if paths > MOST_PATHS:
        raise InvalidParameterError(f"paths must be at most {MOST_PATHS}, not {paths}.")
