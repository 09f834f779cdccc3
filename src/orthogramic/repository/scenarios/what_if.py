"""What-if questions: a scenario is laid over what is there, and the difference is told.

Nothing of what is there is copied or touched. What the scenario would write is worked out as a
write is, up to the point where it would be logged; so doing it makes the difference that was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis import Direction
from orthogramic.analysis.differing import ReachQuestion, compare_failure, compare_reach
from orthogramic.analysis.honesty import receipt_of
from orthogramic.errors import InvalidParameterError
from orthogramic.graph import EntityGraph
from orthogramic.graph.branching import Pair, has
from orthogramic.repository.asking import Asking
from orthogramic.repository.bounds import bounded
from orthogramic.repository.change_words import change_in_words
from orthogramic.repository.changes import ChangeSet, Intention
from orthogramic.repository.graph_writes import WriteOptions
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.materialisation import InferredChange, Materialisation
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection
from orthogramic.repository.scenarios.answer import WhatIfAnswer
from orthogramic.repository.scenarios.documents import read_scenario
from orthogramic.repository.scenarios.finding_differences import shape_difference
from orthogramic.repository.scenarios.plan import ScenarioPlan
from orthogramic.repository.scenarios.planning import Planner
from orthogramic.repository.scenarios.query_differences import (
    AskedQuery,
    QueryDifference,
    query_differences,
)
from orthogramic.repository.scenarios.scenario import Retire, Scenario
from orthogramic.repository.scenarios.situations import Situation
from orthogramic.repository.updating import UpdateSettings
from orthogramic.repository.updating.evaluating_elsewhere import Elsewhere
from orthogramic.repository.updating.evaluation import AtHome, Evaluation
from orthogramic.repository.written import WriteOutcome
from orthogramic.store import QuadStore
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.evaluator import Evaluator

#: Entities that a scenario touches of which reach is told if nobody says of which.
MOST_SOURCES = 50

DIRECTIONS: Mapping[str, tuple[Direction, ...]] = {
    "both": (Direction.DEPENDENCIES, Direction.IMPACT),
    "dependencies": (Direction.DEPENDENCIES,),
    "impact": (Direction.IMPACT,),
}


@dataclass(frozen=True, slots=True)
class ScenarioQuery:
    """A saved query to compare, by its name and the text of its parameters."""

    name: str
    parameters: Mapping[str, str]


class WhatIf:
    """Answers what-if questions about one repository."""

    def __init__(
        self, knowledge: KnowledgeBase, naming: Naming, projection: Projection, asking: Asking
    ) -> None:
        self._knowledge = knowledge
        self._metamodel = knowledge.metamodel
        self._naming = naming
        self._projection = projection
        self._asking = asking
        self._planner = Planner(knowledge, naming)
        self._evaluator: Evaluator | None = None

    def evaluate_with(self, evaluator: Evaluator | None) -> None:
        """Let somebody else evaluate queries from now on; ``None`` for this process."""
        self._evaluator = evaluator

    def ask(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        scenario: Mapping[str, Any],
        *,
        against: Mapping[str, Any] | None = None,
        sources: str | Sequence[str] = (),
        targets: str | Sequence[str] = (),
        fail: str | Sequence[str] = (),
        direction: str = "both",
        to: str | Sequence[str] = (),
        profile: str | None = None,
        via: str | Sequence[str] = (),
        max_hops: int | None = None,
        min_score: float | None = None,
        queries: Sequence[ScenarioQuery] = (),
        limit: int = 100,
        offset: int = 0,
    ) -> WhatIfAnswer:
        """Tell the difference that a scenario would make.

        :param scenario: as :func:`orthogramic.repository.scenarios.documents.read_scenario` takes
            it.
        :param against: another scenario, to compare with; by default what is there.
        :param sources: names of the entities of which reach is told, each by itself; by default
            those that the changes touch, at most 50.
        :param targets: names of entities: only these count as reached.
        :param fail: names of entities that fail on both sides: who falls with them is compared.
            By default those that a scenario retires fail under all its other changes, and nothing
            fails where nothing is retired.
        :param direction: ``dependencies``, ``impact`` or ``both``.
        :param to: names of classes: only their entities count as reached.
        :param profile: name of the impact profile; by default the default one.
        :param via: names of relationships that paths may use; none means any.
        :param max_hops: greatest number of steps; by default no limit.
        :param min_score: least score with which an entity counts as reached.
        :param queries: saved queries whose rows are compared.
        :param limit: greatest number of differences in reach in the answer.
        :param offset: number of them to leave out before the first.
        :raises InvalidScenarioError: if a scenario cannot be read.
        :raises ContradictoryScenarioError: if changes of one cannot be made together.
        :raises NamingError: if a name is unknown or ambiguous, or a link is not there.
        :raises InvalidParameterError: if a value is out of range.
        """
        check_page(limit, offset)
        if direction not in DIRECTIONS:
            raise InvalidParameterError(
                f"direction must be {' or '.join(DIRECTIONS)}, not {direction!r}."
            )
        wanted = self._metamodel.profile(profile)
        scenarios = [read_scenario(each) for each in (scenario, against) if each is not None]
        with self._knowledge.turn():
            plans = [self._planner.plan(each) for each in scenarios]
            after, *others = (Situation.of(self._knowledge, each) for each in plans)
            before = others[0] if others else None
            snapshot, base = self._projection.under(wanted)
            pair = Pair(
                before.graph(base, self._projection) if before else base,
                after.graph(base, self._projection),
                base.size,
            )
            touched = self._touched(before, after)
            failing = self._entities(fail, pair)
            retiring = any(isinstance(each, Retire) for one in scenarios for each in one.changes)
            fallen = self._before_retiring(scenarios, base) if retiring and not failing else pair
            question = ReachQuestion(
                directions=DIRECTIONS[direction],
                sources=self._entities(sources, pair) or touched[:MOST_SOURCES],
                targets=self._entities(targets, pair),
                to=tuple(self._metamodel.class_named(each).iri for each in _several(to)),
                via=tuple(self._metamodel.property_named(each).iri for each in _several(via)),
                max_hops=max_hops,
                min_score=min_score or 0.0,
                limit=limit,
                offset=offset,
            )
            shapes = shape_difference(self._knowledge, before, after)
            rows = self._query_differences(queries, before, after)
            words = change_in_words(after.change, self._knowledge).to_dict()
        retired = [() if each is None else self._retired(each.plan) for each in (before, after)]
        parameters = {
            "scenario": after.plan.digest,
            "title": after.plan.title,
            "against": before.plan.digest if before else None,
            "against_title": before.plan.title if before else None,
            **question.parameters(),
            "fail": sorted(each.value for each in failing),
            "queries": [
                {"name": each.name, "parameters": dict(sorted(each.parameters.items()))}
                for each in queries
            ],
        }
        return WhatIfAnswer(
            scenario=after.plan,
            against=before.plan if before else None,
            change=after.change,
            words=words,
            reach=compare_reach(pair, self._metamodel, question),
            failure=compare_failure(
                fallen,
                self._metamodel,
                failing or retired[0],
                failing or retired[1],
                limit=limit,
                offset=offset,
            ),
            sources_total=len(question.sources) if sources else len(touched),
            shapes=shapes,
            queries=rows,
            receipt=receipt_of(base, self._metamodel, "what-if", parameters, snapshot),
        )

    def apply(self, scenario: Mapping[str, Any], options: WriteOptions) -> WriteOutcome:
        """Carry a scenario out, as one gated change.

        :raises NonConformingDataError: if the data would violate the shapes.
        """
        read = read_scenario(scenario)

        def plan() -> Intention:
            options.precondition.check(str(self._knowledge.snapshot), "The repository")
            return bounded(self._planner.plan(read).intention, options.most)

        return self._knowledge.write(
            plan,
            author=options.author,
            message=options.message or _message(read.title),
            dry_run=options.dry_run,
        )

    # -- what is asked -----------------------------------------------------------------------------

    def _touched(self, *sides: Situation | None) -> tuple[NamedNode, ...]:
        found = {each for side in sides if side is not None for each in side.touched()}
        return tuple(sorted(found, key=lambda each: each.value))

    def _before_retiring(self, scenarios: Sequence[Scenario], base: EntityGraph) -> Pair:
        """Return the graphs under all changes but retirements: there can be told who falls."""
        graphs = []
        for each in scenarios:
            stay = tuple(change for change in each.changes if not isinstance(change, Retire))
            situation = Situation.of(self._knowledge, self._planner.plan(Scenario(stay)))
            graphs.append(situation.graph(base, self._projection))
        after, *others = graphs
        return Pair(others[0] if others else base, after, base.size)

    def _retired(self, plan: ScenarioPlan) -> tuple[NamedNode, ...]:
        said = (dict(each.canonical) for each in plan.changes)
        return tuple(NamedNode(each["entity"]) for each in said if each["kind"] == "retire")

    def _entities(self, names: str | Sequence[str], pair: Pair) -> tuple[NamedNode, ...]:
        return tuple(self._entity(each, pair) for each in _several(names))

    def _entity(self, name: str, pair: Pair) -> NamedNode:
        """Return the entity of a name; one that a scenario brings goes by its IRI."""
        expanded = self._metamodel.expand(name)
        if expanded is not None and _brings(pair, expanded.value):
            return expanded
        return NamedNode(self._naming.resolve(name).iri)

    # -- saved queries -----------------------------------------------------------------------------

    def _query_differences(
        self,
        queries: Sequence[ScenarioQuery],
        before: Situation | None,
        after: Situation,
    ) -> tuple[QueryDifference, ...]:
        if not queries:
            return ()
        asked = [self._asked(each) for each in queries]
        nothing = ChangeSet((), ())
        with self._evaluation() as evaluation:
            return query_differences(
                asked,
                self._knowledge.store,
                before.change if before else nothing,
                after.change,
                self._settings(evaluation),
            )

    def _asked(self, wanted: ScenarioQuery) -> AskedQuery:
        query = self._metamodel.query(wanted.name)
        bindings = self._asking.bindings(query, wanted.parameters)
        return AskedQuery(query, bindings, dict(sorted(wanted.parameters.items())))

    def _evaluation(self) -> AbstractContextManager[Evaluation]:
        if self._evaluator is None:
            return nullcontext(AtHome())
        return Elsewhere(self._evaluator, None, Cancellation())

    def _settings(self, evaluation: Evaluation) -> UpdateSettings:
        directory = self._knowledge.directory
        return UpdateSettings(
            prefixes=self._metamodel.prefixes,
            nodes_base=self._knowledge.base_iri,
            workspace=directory.root if directory else None,
            follow=self._follow,
            evaluation=evaluation,
        )

    def _follow(self, change: ChangeSet, store: QuadStore) -> InferredChange:
        knowledge = self._knowledge
        state = Materialisation(store, knowledge.log, self._metamodel, knowledge.base_iri)
        return state.inferred_by(change)


def _brings(pair: Pair, iri: str) -> bool:
    return any(has(graph, iri) for graph in (pair.left, pair.right))


def _message(title: str) -> str:
    return f"Carry out the scenario “{title}”" if title else "Carry out a scenario"


def _several(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
