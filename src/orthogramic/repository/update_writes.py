"""SPARQL Update as a write like any other: its effect is worked out, judged and committed whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from pyoxigraph import NamedNode

from orthogramic.errors import InvalidParameterError
from orthogramic.repository.asking import Timing
from orthogramic.repository.changes import ChangeSet, Intention
from orthogramic.repository.graph_writes import GraphWrites, GraphWritten, WriteOptions
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.materialisation import InferredChange, Materialisation
from orthogramic.repository.updating import UpdateEffect, UpdateSettings, effect_of
from orthogramic.repository.updating.evaluating_elsewhere import Elsewhere
from orthogramic.repository.updating.evaluation import AtHome, Evaluation
from orthogramic.repository.written import WriteOutcome
from orthogramic.store import QuadStore
from orthogramic.store.isolation.evaluator import Evaluator

_MOST = 1_000_000
_SHOWN_TEXT = 200


class UpdateWrites:
    """Carries out SPARQL updates on one repository."""

    def __init__(self, knowledge: KnowledgeBase, graph_writes: GraphWrites) -> None:
        self._knowledge = knowledge
        self._graph_writes = graph_writes
        self._evaluator: Evaluator | None = None

    def evaluate_with(self, evaluator: Evaluator | None) -> None:
        """Let somebody else evaluate patterns from now on; ``None`` for this process.

        What an update takes until it is known what to change is then bounded as a question is.
        """
        self._evaluator = evaluator

    def update(
        self,
        text: str,
        options: WriteOptions,
        *,
        using: Sequence[str] | None = None,
        using_named: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> WriteOutcome:
        """Carry out an update; ``kr:default`` is meant where no graph is named.

        Patterns read what a query reads: the merge of all data and what follows from it. The
        precondition is about the whole repository, whose tag is the number of its last commit.

        :param using: graphs whose union is the default graph of every pattern.
        :param using_named: graphs that ``GRAPH`` may reach in patterns.
        :raises LimitExceededError: where the evaluator has bounds, and a pattern passes one.
        """
        effects: list[UpdateEffect] = []

        def plan() -> Intention:
            options.precondition.check(str(self._knowledge.snapshot), "The repository")
            with self._evaluation(options.timing) as evaluation:
                effect = effect_of(
                    text,
                    self._knowledge.store,
                    replace(self._settings(base_iri), evaluation=evaluation),
                    using=using,
                    using_named=using_named,
                    limit=_MOST if options.most is None else options.most,
                )
            effects.append(effect)
            return Intention(effect.added, effect.removed)

        written = self._knowledge.write(
            plan,
            author=options.author,
            message=options.message or _summary(text),
            dry_run=options.dry_run,
        )
        return replace(written, notes=(*written.notes, *_notes(effects)))

    def patch(
        self, graph: NamedNode, text: str, options: WriteOptions, *, base_iri: str | None = None
    ) -> GraphWritten:
        """Carry out an update whose default graph is one graph, which alone it may change.

        :raises InvalidParameterError: if it would change another graph.
        """
        effects: list[UpdateEffect] = []

        def plan() -> Intention:
            settings = replace(self._settings(base_iri), unnamed=graph, plain=True)
            limit = _MOST if options.most is None else options.most
            with self._evaluation(options.timing) as evaluation:
                settings = replace(settings, evaluation=evaluation)
                effect = effect_of(text, self._knowledge.store, settings, limit=limit)
            effects.append(effect)
            _require_only(graph, effect)
            return Intention(effect.added, effect.removed)

        written = self._graph_writes.change(graph, plan, options)
        return replace(written, notes=(*written.notes, *_notes(effects)))

    def _evaluation(self, timing: Timing | None) -> AbstractContextManager[Evaluation]:
        """Return what evaluates the patterns of one update; time runs from now."""
        if self._evaluator is None:
            return nullcontext(AtHome())
        wanted = timing or Timing()
        return Elsewhere(self._evaluator, wanted.seconds, wanted.cancellation)

    def _settings(self, base_iri: str | None) -> UpdateSettings:
        directory = self._knowledge.directory
        return UpdateSettings(
            prefixes=self._knowledge.metamodel.prefixes,
            base_iri=base_iri,
            nodes_base=self._knowledge.base_iri,
            workspace=directory.root if directory else None,
            follow=self._follow,
        )

    def _follow(self, change: ChangeSet, store: QuadStore) -> InferredChange:
        """Work out what follows from a change of a copy of the store."""
        knowledge = self._knowledge
        state = Materialisation(store, knowledge.log, knowledge.metamodel, knowledge.base_iri)
        return state.inferred_by(change)


def _require_only(graph: NamedNode, effect: UpdateEffect) -> None:
    for quad in (*effect.removed, *effect.added):
        if quad.graph_name != graph:
            raise InvalidParameterError(
                f"The patch would change {quad.graph_name}; a patch of a graph changes that graph "
                "and no other."
            )


def _notes(effects: Iterable[UpdateEffect]) -> list[str]:
    return [note for each in effects for note in each.notes]


def _summary(text: str) -> str:
    """Return the beginning of an update in one line, for the log."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_TEXT else f"{line[:_SHOWN_TEXT]} …"
