"""A pool of workers that answer questions about a store, each on a replica of its own.

A replica is made of a copy of the store and follows it by the changes that it is told. Every
change is put in line for every replica before the commit that made it is acknowledged, and is
sent before any later question: so whoever asks sees what he wrote.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.errors import (
    OrthogramicError,
    QueryCrashedError,
    StoreNotWritableError,
    StoreUnavailableError,
)
from orthogramic.store.embedded import EmbeddedStore
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.crew import Crew, Member
from orthogramic.store.isolation.frames import encode_change
from orthogramic.store.isolation.isolated_answer import IsolatedAnswer
from orthogramic.store.isolation.watching import Watching
from orthogramic.store.isolation.worker_process import WorkerProcess
from orthogramic.store.isolation.worker_program import Assignment
from orthogramic.store.protocol import Follower
from orthogramic.store.question import Question

#: Quads of one change; of a larger one, a copy is made sooner than it is told.
_LARGEST_CHANGE = 100_000
#: Seconds between two tries to make a replica.
_AGAIN = 0.1
_TO_CLOSE = 10.0


class Copied(Protocol):
    """What a pool needs of a store; see :class:`~orthogramic.store.protocol.QuadStore`."""

    def be_followed(self, follower: Follower | None) -> None:
        """Tell somebody about every change from now on, or nobody any more."""

    def copy_to(self, target: Path, joined: Callable[[], None]) -> None:
        """Make a replica that lacks no change of which the follower is told afterwards."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Literal | NamedNode | None = None,  # noqa: A002 - the RDF term of art
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that match."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The store that replicas are made of.

    :param store: where changes are made.
    :param apart: graphs that do not take part in its merge.
    :param revision: subject, predicate and graph under which the store keeps the number of the
        last commit, negated while one is being applied.
    :param snapshot: returns the number of the last commit that has been acknowledged.
    :param replica: module and class of its replicas.
    """

    store: Copied
    apart: frozenset[NamedNode]
    revision: tuple[NamedNode, NamedNode, NamedNode]
    snapshot: Callable[[], int]
    replica: str = f"{EmbeddedStore.__module__}:{EmbeddedStore.__name__}"

    def is_whole(self) -> bool:
        """Tell whether the store shows a commit as a whole, and the last one."""
        subject, predicate, graph = self.revision
        found = [
            int(quad.object.value)  # type: ignore[union-attr]
            for quad in self.store.quads(subject, predicate, None, graph)
        ]
        number = found[0] if found else 0
        return number >= max(0, self.snapshot())


class QueryPool:
    """Answers questions in processes that can be killed. Safe for many threads.

    :param followed: the store.
    :param folder: where replicas lie while they are used; what lies there already is removed.
    """

    def __init__(self, followed: Followed, folder: Path, bounds: Bounds) -> None:
        self.bounds = bounds
        self._followed = followed
        self._folder = folder
        self._numbers = count(1)
        self._crew = Crew(bounds, followed.snapshot)
        _empty(folder)
        self._followed.store.be_followed(self)
        self._keeper = threading.Thread(target=self._keep, name="query workers", daemon=True)
        self._keeper.start()

    def evaluate(
        self,
        question: Question,
        *,
        seconds: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> IsolatedAnswer:
        """Answer a question.

        :param seconds: how long it may take, if that is less than the bound.
        :param cancellation: may be said from another thread while this one waits.
        :returns: the answer, perhaps while it is still being evaluated; close it.
        :raises LimitExceededError: where a bound is passed.
        :raises InterruptedWorkError: if it was cancelled.
        :raises OrthogramicError: as :meth:`QuadStore.query`.
        """
        seconds = min(seconds or self.bounds.seconds, self.bounds.seconds)
        wanted = cancellation or Cancellation()
        wanted.stop_by(self._wake)
        member = self._crew.take(time.monotonic() + self.bounds.seconds, wanted)
        worker = member.worker
        assert worker
        wanted.stop_by(worker.kill)

        def finished() -> None:
            wanted.stop_by(None)
            self._crew.give_back(member)

        try:
            self._crew.catch_up(member)
            worker.ask(question.encode())
        except BaseException as error:
            worker.kill()
            finished()
            if isinstance(error, OSError):
                raise QueryCrashedError("The worker for the query is gone; ask again.") from error
            raise
        watching = Watching(worker, self.bounds, seconds, wanted)
        return IsolatedAnswer(watching.frames(), wanted.cancel, finished)

    def _wake(self) -> None:
        with self._crew.changed:
            self._crew.changed.notify_all()

    # -- following the store -------------------------------------------------------------------

    def changed(self, going: Sequence[Quad], coming: Sequence[Quad]) -> None:
        """Let every replica know a change of the store."""
        if len(going) + len(coming) > _LARGEST_CHANGE:
            self._crew.fall_behind()
        else:
            self._crew.note(encode_change(going, coming))

    def overtaken(self) -> None:
        """Let every replica show what it shows, until new ones are made."""
        self._crew.fall_behind()

    # -- keeping the workers -------------------------------------------------------------------

    def _keep(self) -> None:
        while not (self._crew.is_closed and self._crew.is_empty):
            left, behind, lacking = self._crew.next_duty()
            for member in left:
                self._take_leave(member)
            if behind:
                # One that is gone is found out when it is to be asked.
                with suppress(OSError):
                    self._crew.catch_up(behind)
                self._crew.begin(behind)
            elif lacking:
                member = Member(self._folder / str(next(self._numbers)))
                self._crew.expect(member)
                threading.Thread(target=self._recruit, args=(member,), daemon=True).start()

    def _recruit(self, member: Member) -> None:
        trouble: OrthogramicError | None = None
        try:
            self._start(member)
        except OrthogramicError as error:
            trouble = error
        except OSError as error:
            trouble = StoreUnavailableError(f"No replica can be made: {error}.")
        if member.worker is None:
            time.sleep(_AGAIN)
            self._crew.lose(member, trouble)

    def _start(self, member: Member) -> None:
        # In the midst of a large commit there is nothing to show; it is tried again.
        if not self._followed.is_whole():
            return
        joined = False

        def join() -> None:
            nonlocal joined
            if self._followed.is_whole():
                self._crew.join(member)
                joined = True

        self._followed.store.copy_to(member.replica, join)
        if joined:
            assignment = Assignment(
                replica=str(member.replica),
                kind=self._followed.replica,
                apart=[each.value for each in self._followed.apart],
                revision=tuple(each.value for each in self._followed.revision),  # type: ignore[arg-type]
                memory=self.bounds.memory,
                rows=self.bounds.rows,
            )
            member.worker = WorkerProcess(assignment.document())
            self._crew.begin(member)

    def _take_leave(self, member: Member) -> None:
        if member.worker:
            member.worker.close()
        _remove(member.replica)

    def close(self) -> None:
        """Stop every question, end every worker, remove every replica."""
        self._followed.store.be_followed(None)
        for member in self._crew.close():
            self._take_leave(member)
        self._keeper.join(_TO_CLOSE)
        shutil.rmtree(self._folder, ignore_errors=True)


def _empty(folder: Path) -> None:
    """Make a folder that nobody else can look into, with nothing in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left_behind in folder.iterdir():
            _remove(left_behind)
    except OSError as error:
        raise StoreNotWritableError(f"{folder} cannot be used: {error.strerror}.") from error


def _remove(replica: Path) -> None:
    if replica.is_dir():
        shutil.rmtree(replica, ignore_errors=True)
    else:
        replica.unlink(missing_ok=True)
