"""The workers of a pool, and what each of them has been told: who is free, who is out of date.

Only bookkeeping under one lock; nothing here starts a process or waits for one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from orthogramic.errors import (
    InterruptedWorkError,
    OrthogramicError,
    ServiceBusyError,
    StoreUnavailableError,
)
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.worker_process import WorkerProcess

#: Bytes of changes that wait for a busy worker; beyond them it is sooner made anew.
_LONGEST_BACKLOG = 1 << 24
#: The part of the memory for a question that a worker may keep when it is at rest again.
_KEPT = 0.25
#: Seconds between two looks whether the last have left.
_TO_LEAVE = 0.05
#: Of a replica that shows no commit that anybody may still be shown.
_NONE = -1


@dataclass(eq=False, slots=True)
class Member:
    """A replica, and the worker that holds it.

    :param replica: its directory or file.
    :param copying: whether its replica is still to be made; until then it is told nothing.
    :param backlog: changes that the worker has not been sent yet, in order.
    :param commit: the last commit that a replica shows which follows no more; ``None`` while it
        follows.
    """

    replica: Path
    worker: WorkerProcess | None = None
    copying: bool = True
    backlog: list[bytes] = field(default_factory=list)
    commit: int | None = None

    @property
    def follows(self) -> bool:
        """Whether it is told of every change."""
        return self.commit is None and not self.copying


class Crew:
    """All members, from the moment that their replica is made.

    :param newest: returns the number of the last commit that has been acknowledged.
    """

    def __init__(self, bounds: Bounds, newest: Callable[[], int]) -> None:
        self._bounds = bounds
        self._newest = newest
        self._members: list[Member] = []
        self._idle: list[Member] = []
        self._left: list[Member] = []
        self._queue: deque[object] = deque()
        self._running = 0
        self._closed = False
        self._trouble: OrthogramicError | None = None
        self.changed = threading.Condition()

    # -- for those who ask ---------------------------------------------------------------------

    def take(self, until: float, cancellation: Cancellation) -> Member:
        """Wait for a worker that has seen every commit that is acknowledged now.

        :param until: when to give up, on the monotonic clock.
        :raises ServiceBusyError: if too many are waiting, or it took too long.
        :raises InterruptedWorkError: if nobody wants the answer any more.
        :raises StoreUnavailableError: if there are no workers.
        """
        needed = self._newest()
        ticket = object()
        with self.changed:
            if len(self._queue) >= self._bounds.waiting:
                raise self._busy(f"{len(self._queue)} questions are waiting already")
            self._queue.append(ticket)
            try:
                while (member := self._next(ticket, needed)) is None:
                    self._refuse_to_wait(until, cancellation)
                    self.changed.wait(max(0.0, until - time.monotonic()))
                self._running += 1
                return member
            finally:
                self._queue.remove(ticket)
                self.changed.notify_all()

    def _next(self, ticket: object, needed: int) -> Member | None:
        if self._queue[0] is not ticket or self._running >= self._bounds.workers:
            return None
        for member in reversed(self._idle):
            if member.commit is None or member.commit >= needed:
                self._idle.remove(member)
                if member.worker and member.worker.alive:
                    return member
                self._dismiss(member)
        return None

    def _refuse_to_wait(self, until: float, cancellation: Cancellation) -> None:
        if self._closed:
            raise StoreUnavailableError("The service is being stopped.")
        if cancellation.said:
            raise InterruptedWorkError("The query was not asked: nobody waits for its answer.")
        if self._trouble and not any(each.worker for each in self._members):
            raise self._trouble
        if time.monotonic() >= until:
            raise self._busy("no worker came free in time")

    def _busy(self, why: str) -> ServiceBusyError:
        return ServiceBusyError(f"The service is busy: {why}. Ask again in a moment.")

    def give_back(self, member: Member) -> None:
        """Let a worker be asked by others, if it is fit for that."""
        fit = self._is_fit(member)
        with self.changed:
            self._running -= 1
            if fit and not self._closed and not self._is_outdated(member):
                self._idle.append(member)
            else:
                self._dismiss(member)
            self.changed.notify_all()

    def _is_fit(self, member: Member) -> bool:
        worker = member.worker
        if worker is None or not worker.alive:
            return False
        used, rest = worker.memory(), worker.at_rest
        if used is None or rest is None:
            return True
        return used - rest <= self._bounds.memory * _KEPT

    def catch_up(self, member: Member) -> None:
        """Send a worker that nobody else has what waits for it, before anything else is sent.

        :raises OSError: if it is gone.
        """
        with self.changed:
            waiting, member.backlog = member.backlog, []
        if waiting and member.worker:
            member.worker.tell(waiting)

    # -- for the store -------------------------------------------------------------------------

    def note(self, change: bytes) -> None:
        """Let every member that follows know a change."""
        with self.changed:
            for member in self._members:
                if member.follows:
                    member.backlog.append(change)
                    if sum(map(len, member.backlog)) > _LONGEST_BACKLOG:
                        member.commit, member.backlog = _NONE, []
            self.changed.notify_all()

    def fall_behind(self) -> None:
        """Let every member show what it shows now, and no more."""
        with self.changed:
            for member in self._members:
                if member.follows:
                    member.commit = self._newest()
            self.changed.notify_all()

    # -- for the keeper ------------------------------------------------------------------------

    def expect(self, member: Member) -> None:
        """Count on a member whose replica is to be made."""
        with self.changed:
            self._members.append(member)

    def join(self, member: Member) -> None:
        """Let a replica follow from now on; its worker comes later."""
        with self.changed:
            member.copying = False

    def begin(self, member: Member) -> None:
        """Let a member whose worker has been started be asked."""
        with self.changed:
            self._trouble = None
            if self._closed:
                self._dismiss(member)
            else:
                self._idle.append(member)
            self.changed.notify_all()

    def lose(self, member: Member, trouble: OrthogramicError | None) -> None:
        """Take note that a member did not come, because of some trouble or for the moment."""
        with self.changed:
            self._trouble = trouble
            self._dismiss(member)
            self.changed.notify_all()

    def next_duty(self) -> tuple[list[Member], Member | None, bool]:
        """Wait for something to do.

        :returns: members to take leave of; one to be told what waits for it, which is nobody
            else's until it is returned with :meth:`begin`; whether one is lacking.
        """
        with self.changed:
            while True:
                for member in [each for each in self._idle if self._is_outdated(each)]:
                    self._idle.remove(member)
                    self._dismiss(member)
                left, self._left = self._left, []
                behind = next((each for each in self._idle if each.backlog), None)
                wanted = self._bounds.workers + self._bounds.spares
                following = sum(each.follows or each.copying for each in self._members)
                lacking = following < wanted and not self._closed
                if behind:
                    self._idle.remove(behind)
                if left or behind or lacking:
                    return left, behind, lacking
                self.changed.wait(_TO_LEAVE if self._closed else None)
                if self._closed:
                    left, self._left = self._left, []
                    return left, None, False

    def close(self) -> list[Member]:
        """Let nobody ask any more.

        :returns: those that nobody is asking now, or that left; the others leave when they have
            answered.
        """
        with self.changed:
            self._closed = True
            for member in list(self._idle):
                self._dismiss(member)
            self._idle = []
            left, self._left = self._left, []
            busy = list(self._members)
            self.changed.notify_all()
        for member in busy:
            if member.worker:
                member.worker.kill()
        return left

    @property
    def is_closed(self) -> bool:
        """Whether nobody may ask any more."""
        return self._closed

    @property
    def is_empty(self) -> bool:
        """Whether nobody is left."""
        with self.changed:
            return not self._members and not self._left

    def _dismiss(self, member: Member) -> None:
        self._members.remove(member)
        self._left.append(member)
        # Whoever keeps the crew may be asleep.
        self.changed.notify_all()

    def _is_outdated(self, member: Member) -> bool:
        return member.commit is not None and member.commit < self._newest()
