"""Evaluates the patterns of an update in processes that can be killed.

While an update is worked out nobody else writes, so the copy of the store that a worker holds is
exactly the store. What the operations of the update have changed so far is in a copy of its own,
which gets a worker of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import InterruptedWorkError, QueryTimeoutError
from orthogramic.store import Dataset, EmbeddedStore, QuadStore, SparqlAnswer
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.evaluator import Evaluator
from orthogramic.store.isolation.pool import Followed, QueryPool
from orthogramic.store.isolation.reading import read_answer
from orthogramic.store.protocol import Follower, Term
from orthogramic.store.question import Formats, Question
from orthogramic.syntax import RdfSyntax, ResultFormat

_READABLE = Formats(ResultFormat.JSON, ResultFormat.JSON, RdfSyntax.NTRIPLES)
_NOWHERE = NamedNode("urn:x-orthogramic:nowhere")
#: Bytes of all solutions of one pattern: what is read here is in the memory of the service.
_LONGEST = 1 << 27


class Elsewhere(AbstractContextManager["Elsewhere"]):
    """The patterns of one update, from now on; see :class:`Evaluation`.

    Answers that were not read to the end go with it.

    :param evaluator: answers questions about the store.
    :param seconds: how long the update may take, if that is less than the bound on a question.
    :param cancellation: may be said at any time.
    """

    def __init__(
        self, evaluator: Evaluator, seconds: float | None, cancellation: Cancellation
    ) -> None:
        bound = evaluator.bounds.seconds
        self._seconds = bound if seconds is None else min(seconds, bound)
        self._until = time.monotonic() + self._seconds
        self.allowed = evaluator.bounds.allowed
        self._evaluator = evaluator
        self._cancellation = cancellation
        self._closing = ExitStack()

    def check(self) -> None:
        """Refuse to go on where nobody waits any more, or time is over."""
        if self._cancellation.said:
            raise InterruptedWorkError("The update was stopped: nobody waits for it.")
        if time.monotonic() >= self._until:
            raise self._over_time()

    def of(self, store: QuadStore) -> QuadStore:
        """Return the store as something whose questions are answered within bounds."""
        return cast("QuadStore", _Asked(store, self, self._evaluator))

    @contextmanager
    def of_copy(self, copy: EmbeddedStore, folder: Path) -> Iterator[QuadStore]:
        """Give a copy likewise; it has a worker as long as the block lasts."""
        bounds = replace(self._evaluator.bounds, workers=1, spares=0)
        with closing(QueryPool(_followed(copy), folder / "replicas", bounds)) as pool:
            yield cast("QuadStore", _Asked(copy, self, pool))

    def answer(self, question: Question, evaluator: Evaluator) -> SparqlAnswer:
        """Answer a question within what is left of the time.

        :raises LimitExceededError: where a bound is passed.
        :raises InterruptedWorkError: if nobody waits any more.
        """
        self.check()
        left = self._until - time.monotonic()
        try:
            found = evaluator.evaluate(
                question, seconds=max(left, 0.001), cancellation=self._cancellation
            )
            answer = read_answer(found, question.text, most=_LONGEST)
        except QueryTimeoutError:
            raise self._over_time() from None
        self._closing.callback(answer.close)
        return answer

    def _over_time(self) -> QueryTimeoutError:
        return QueryTimeoutError(
            f"The update took longer than {self._seconds:g} seconds and was stopped; nothing was "
            "changed.",
            limit=self._seconds,
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.close()


class _Asked:
    """A store whose questions are answered elsewhere; everything else is the store."""

    def __init__(self, store: QuadStore, elsewhere: Elsewhere, evaluator: Evaluator) -> None:
        self._store = store
        self._elsewhere = elsewhere
        self._evaluator = evaluator

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def query(
        self,
        text: str,
        dataset: Dataset,
        *,
        bindings: Mapping[str, Term] | None = None,
        prefixes: Mapping[str, str] | None = None,
        base_iri: str | None = None,
    ) -> SparqlAnswer:
        """Answer a query; see :meth:`QuadStore.query`."""
        question = Question(
            text,
            dataset,
            bindings=dict(bindings or {}),
            prefixes=dict(prefixes or {}),
            base_iri=base_iri,
            formats=_READABLE,
        )
        return self._elsewhere.answer(question, self._evaluator)


def _followed(copy: EmbeddedStore) -> Followed:
    counted = _Counted(copy)
    return _FollowedCopy(
        store=counted,
        apart=copy.apart,
        revision=(_NOWHERE, _NOWHERE, _NOWHERE),
        snapshot=lambda: counted.changes,
    )


@dataclass(frozen=True, slots=True)
class _FollowedCopy(Followed):
    def is_whole(self) -> bool:
        """Tell that a copy is whole between any two changes."""
        return True


class _Counted:
    """A copy whose changes are counted: its commits are all the same one."""

    def __init__(self, copy: EmbeddedStore) -> None:
        self._copy = copy
        self._follower: Follower | None = None
        self.changes = 0

    def be_followed(self, follower: Follower | None) -> None:
        """Tell somebody about every change from now on, or nobody any more."""
        self._follower = follower
        self._copy.be_followed(self if follower else None)

    def changed(self, going: Sequence[Quad], coming: Sequence[Quad]) -> None:
        """Pass a change on."""
        if self._follower:
            self._follower.changed(going, coming)
        self.changes += 1

    def overtaken(self) -> None:
        """Pass on that a change is too large to be told."""
        if self._follower:
            self._follower.overtaken()
        self.changes += 1

    def copy_to(self, target: Path, joined: Callable[[], None]) -> None:
        """Make a replica; see :meth:`EmbeddedStore.copy_to`."""
        self._copy.copy_to(target, joined)

    def quads(self, *_pattern: object, **_named: object) -> Iterator[Quad]:
        """Yield nothing: the changes of an update have no numbers."""
        return iter(())
