"""Updates of a scratch store, worked out where they can be killed and made here.

A worker carries an update out on a copy of its copy and tells what that came to; the store itself
changes only once this is known, so an update that is stopped has changed nothing. Nobody else
writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import DefaultGraph, NamedNode

from orthogramic.errors import ServiceBusyError
from orthogramic.repository.asking import Timing
from orthogramic.service.scratch_differences import Difference, read_difference
from orthogramic.service.scratch_replica import EVERYTHING, THE_DEFAULT, UPDATES
from orthogramic.service.scratch_store import Graph, ScratchStore
from orthogramic.service.sparql_request import SparqlRequest
from orthogramic.store import Dataset
from orthogramic.store.isolation.evaluator import AnswerBytes, Evaluator
from orthogramic.store.isolation.reading import read_answer
from orthogramic.store.protocol import Term
from orthogramic.store.question import Question

#: Bytes of all that one update may change.
_LONGEST = 1 << 27


class ScratchUpdates:
    """Works updates of one store out.

    ``evaluator`` is what does it where it can be killed; without one this process does.
    """

    def __init__(self, store: ScratchStore) -> None:
        self.evaluator: Evaluator | None = None
        self._store = store

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold back other writes.

        :raises ServiceBusyError: if another write takes longer than one may.
        """
        patience = self.evaluator.bounds.seconds if self.evaluator else None
        with self._store.writing(patience) as has_turn:
            if not has_turn:
                raise ServiceBusyError("Another write takes long. Write again in a moment.")
            yield

    def carry_out(self, asked: SparqlRequest, timing: Timing) -> None:
        """Carry out an update, as a whole or not at all; errors as :meth:`ScratchStore.update`.

        :raises LimitExceededError: where a bound is passed.
        """
        with self.turn():
            if self.evaluator is None:
                self._store.update(
                    asked.text,
                    using=asked.default_graphs,
                    using_named=asked.named_graphs,
                    base_iri=asked.base_iri,
                )
                return
            dataset = Dataset(_names(asked.default_graphs), _names(asked.named_graphs))
            question = Question(asked.text, dataset, {UPDATES: EVERYTHING}, base_iri=asked.base_iri)
            found = self._difference(question, timing, self.evaluator)
            self._store.follow(found.going, found.coming)

    def patch(self, graph: Graph, text: str, base_iri: str, timing: Timing) -> Difference:
        """Work out what an update does to the graph that is its default graph. Hold the turn.

        :raises LimitExceededError: where a bound is passed.
        """
        if self.evaluator is None:
            return self._store.patched(graph, text, base_iri)
        patched: Term = THE_DEFAULT if isinstance(graph, DefaultGraph) else graph
        question = Question(text, bindings={UPDATES: patched}, base_iri=base_iri)
        return self._difference(question, timing, self.evaluator)

    def _difference(self, question: Question, timing: Timing, evaluator: Evaluator) -> Difference:
        answer = read_answer(_asked(question, timing, evaluator), question.text, most=_LONGEST)
        try:
            return read_difference(answer.triples())
        finally:
            answer.close()

    def check_syntax(self, asked: SparqlRequest, text: str, timing: Timing) -> None:
        """Refuse a text that does not parse, by trying it where nothing comes of it.

        :param asked: the request that it is made of.
        :raises QuerySyntaxError: if it does not parse.
        """
        if self.evaluator is not None:
            updates = {UPDATES: EVERYTHING} if asked.update else {}
            question = Question(text, bindings=updates, base_iri=asked.base_iri)
            _asked(question, timing, self.evaluator).close()
        elif asked.update:
            ScratchStore().update(text, base_iri=asked.base_iri)
        else:
            ScratchStore().query(text, base_iri=asked.base_iri)


def _asked(question: Question, timing: Timing, evaluator: Evaluator) -> AnswerBytes:
    return evaluator.evaluate(question, seconds=timing.seconds, cancellation=timing.cancellation)


def _names(graphs: tuple[str, ...] | None) -> tuple[NamedNode, ...] | None:
    return None if graphs is None else tuple(map(NamedNode, graphs))
