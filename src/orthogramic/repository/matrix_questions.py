"""Questions for a matrix in a person's words, brought to the graph and answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode

from orthogramic.analysis import (
    DEFAULT_SIDE,
    CellKind,
    ChosenSet,
    Direction,
    Matrix,
    MatrixQuestion,
    Order,
    RollUp,
    Side,
    fill_matrix,
)
from orthogramic.analysis.matrix_sides import Axis, axes_of, to_measure
from orthogramic.analysis.measuring import Measured
from orthogramic.errors import InvalidParameterError, ServiceBusyError
from orthogramic.graph import EntityGraph
from orthogramic.metamodel import PropertyTerm
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.measuring import Measuring
from orthogramic.repository.naming import Naming
from orthogramic.repository.projection import Projection
from orthogramic.repository.question_terms import several
from orthogramic.repository.questions import member
from orthogramic.repository.saved_sets import SavedSet, SavedSets

#: What a cell may hold besides measures.
_PLAIN = (CellKind.SCORE, CellKind.PATHS)
#: How often numbers are looked at anew because somebody wrote in between.
_ATTEMPTS = 5

_Measured = Mapping[NamedNode, Measured]


class MatrixQuestions:
    """Fills matrices of one repository.

    :param projection: keeps the graphs that are asked.
    :param sets: finds what saved sets stand for.
    """

    def __init__(
        self, knowledge: KnowledgeBase, naming: Naming, projection: Projection, sets: SavedSets
    ) -> None:
        self._knowledge = knowledge
        self._metamodel = knowledge.metamodel
        self._naming = naming
        self._projection = projection
        self._sets = sets

    def matrix(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        rows: str | None = None,
        columns: str | None = None,
        *,
        row: str | Sequence[str] = (),
        column: str | Sequence[str] = (),
        row_parents: str | Sequence[str] = (),
        row_level: int | None = None,
        column_parents: str | Sequence[str] = (),
        column_level: int | None = None,
        direction: str = "dependencies",
        cell: str = "score",
        profile: str | None = None,
        max_hops: int | None = None,
        min_score: float | None = None,
        via: str | Sequence[str] = (),
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
        :param row_parents: names of relationships to a parent, under which rows are gathered; by
            default all that the bundle has, if there is a ``row_level``.
        :param row_level: level of the parents, 1 for those on top; by default 1, if there are
            ``row_parents``. Without either, no row is gathered.
        :param column_parents: as ``row_parents``; ``column_level`` as ``row_level``.
        :param direction: ``dependencies`` or ``impact``.
        :param cell: ``score`` of the best path, number of ``paths``, or the name of a measure.
        :param profile: name of the impact profile; by default the default one.
        :param max_hops: greatest number of steps; by default no limit, or 4 to count paths.
        :param min_score: least score of a filled cell, 0 to 1.
        :param via: names of relationships that paths may use; none means any.
        :param hide_empty: leave out rows and columns without a filled cell.
        :param sort: ``label``, or ``total`` for the greatest first.
        :param limit: greatest number of rows of the page.
        :param column_limit: greatest number of its columns.
        :returns: one page.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if a value is out of range, or the measure speaks of neither
            side.
        """
        judged_by = self._metamodel.profile(profile)
        measure = None if cell in _PLAIN else self._metamodel.measure(cell)
        ups = (self._roll_up(row_parents, row_level), self._roll_up(column_parents, column_level))
        for _ in range(_ATTEMPTS):
            sets, snapshot, graph = self._sets.beside(
                (rows or "", columns or ""), lambda: self._projection.under(judged_by)
            )
            question = MatrixQuestion(
                rows=self._side(rows, row, sets, ups[0]),
                columns=self._side(columns, column, sets, ups[1]),
                direction=member(Direction, "direction", direction),
                cell=CellKind.MEASURE if measure else CellKind(cell),
                measure=measure.iri if measure else None,
                via=tuple(self._metamodel.property_named(each).iri for each in several(via)),
                max_hops=max_hops,
                min_score=min_score or 0.0,
                hide_empty=hide_empty,
                sort=member(Order, "sort", sort),
                limit=limit,
                offset=offset,
                column_limit=column_limit,
                column_offset=column_offset,
            )
            axes = axes_of(graph, self._metamodel, question)
            measured = self._measured(graph, question, axes, snapshot)
            if measured is not None:
                return fill_matrix(
                    graph, self._metamodel, question, measured, axes=axes, snapshot=snapshot
                )
        raise ServiceBusyError(
            "The data changes faster than it can be measured. Ask again in a moment."
        )

    def _measured(
        self, graph: EntityGraph, question: MatrixQuestion, axes: tuple[Axis, Axis], snapshot: int
    ) -> _Measured | None:
        """Work the parts of a measure out; ``None`` if the data is no longer what the graph is."""
        if question.measure is None:
            return {}
        wanted = to_measure(graph, self._metamodel.measure(question.measure.value), axes)
        with self._knowledge.unchanging() as now:
            if now != snapshot:
                return None
            measuring = Measuring(self._knowledge.store)
            return {part.iri: measuring.work_out(part, entities) for part, entities in wanted}

    # -- sides ---------------------------------------------------------------------------------

    def _side(
        self,
        name: str | None,
        names: str | Sequence[str],
        sets: Mapping[str, SavedSet],
        roll_up: RollUp | None,
    ) -> Side:
        saved = sets.get(name) if name else None
        term = self._metamodel.class_named(name) if name and saved is None else None
        found = (self._naming.resolve(each, term).iri for each in several(names))
        entities = tuple(map(NamedNode, found))
        if saved is None:
            return Side(term.iri if term else None, entities, roll_up=roll_up)
        chosen = ChosenSet(saved.query, saved.to_dict(), saved.entities)
        return Side(None, entities, chosen, roll_up)

    def _roll_up(self, names: str | Sequence[str], level: int | None) -> RollUp | None:
        wanted = several(names)
        if not wanted and level is None:
            return None
        known = self._metamodel.hierarchies()
        if not known:
            raise InvalidParameterError(
                "No relationship of the bundle is said to lead to a parent."
            )
        terms = tuple(self._parents(each, known) for each in wanted) or known
        return RollUp(tuple(each.iri for each in terms), 1 if level is None else level)

    def _parents(self, name: str, known: Sequence[PropertyTerm]) -> PropertyTerm:
        """Return the relationship to a parent of this name, or whose inverse is called so."""
        term = self._metamodel.property_named(name)
        for each in known:
            if term.iri in (each.iri, each.inverse):
                return each
        offered = ", ".join(each.name for each in known)
        raise InvalidParameterError(
            f"{name} is not said to lead to a parent; these relationships are: {offered}."
        )
