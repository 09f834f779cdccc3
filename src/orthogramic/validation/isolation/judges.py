"""Processes that judge by shapes of strangers: started when first needed, one kept warm.

Starting one takes most of a second, so the next one is started while one is at work. Whatever
passes a bound is killed; whatever ends well is used again.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from orthogramic.errors import (
    InterruptedWorkError,
    LimitExceededError,
    QueryCrashedError,
    QueryMemoryError,
    QueryTimeoutError,
    ServiceBusyError,
    StoreUnavailableError,
    ValidationStoppedError,
)
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.frames import Kind, document
from orthogramic.store.isolation.watching import Watching
from orthogramic.store.isolation.worker_process import WorkerProcess
from orthogramic.validation.isolation.task import JudgingTask

_START = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from orthogramic.validation.isolation.judge_program import main; main(int(sys.argv[1]))"
)
_TO_TAKE = 30.0
#: The part of the memory for a task that a process may keep when it is at rest again.
_KEPT = 0.25


class Judges:
    """Judges one task after another, some at the same time. Safe for many threads.

    :param bounds: of these: time, memory, bytes of the answer, how many at the same time, and how
        many may wait.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._seats = threading.BoundedSemaphore(bounds.workers)
        self._lock = threading.Lock()
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._waiting = 0
        self._starting: threading.Thread | None = None
        self._closed = False

    def judge(
        self,
        task: JudgingTask,
        data: bytes,
        shapes: bytes,
        *,
        seconds: float | None = None,
        cancellation: Cancellation | None = None,
    ) -> bytes:
        """Judge a document by shapes.

        :param seconds: how long it may take, if that is less than the bound.
        :param cancellation: may be said from another thread while this one waits.
        :returns: the answer in the media type of the task.
        :raises ValidationStoppedError: where a bound is passed.
        :raises ServiceBusyError: if too many are waiting, or it took too long.
        :raises InterruptedWorkError: if it was cancelled.
        :raises OrthogramicError: as :meth:`JudgingTask.carry_out`.
        """
        seconds = min(seconds or self._bounds.seconds, self._bounds.seconds)
        wanted = cancellation or Cancellation()
        self._sit_down()
        try:
            if wanted.said:
                raise InterruptedWorkError("The validation was not begun: nobody waits for it.")
            worker = self._take()
            wanted.stop_by(worker.kill)
            try:
                return self._carry_out(worker, [data, shapes], task, seconds, wanted)
            finally:
                wanted.stop_by(None)
                self._give_back(worker)
        finally:
            self._seats.release()

    def _carry_out(
        self,
        worker: WorkerProcess,
        documents: list[bytes],
        task: JudgingTask,
        seconds: float,
        wanted: Cancellation,
    ) -> bytes:
        watching = Watching(worker, self._bounds, seconds, wanted, what="validation")
        try:
            for each in documents:
                worker.wire.put(Kind.CHANGE, each)
            worker.wire.put(Kind.QUESTION, task.encode())
            worker.wire.send(_TO_TAKE)
            return b"".join(frame.content for frame in watching.frames())
        except OSError as error:
            worker.kill()
            raise ValidationStoppedError(
                "The process for the validation is gone; ask again."
            ) from error
        except (QueryTimeoutError, QueryMemoryError, QueryCrashedError) as error:
            raise ValidationStoppedError(error.detail, limit=error.limit) from None
        except LimitExceededError:
            worker.kill()
            raise

    # -- the processes -------------------------------------------------------------------------

    def _sit_down(self) -> None:
        with self._lock:
            if self._waiting >= self._bounds.waiting:
                raise ServiceBusyError(
                    "Too many documents wait to be judged. Ask again in a moment."
                )
            self._waiting += 1
        seated = self._seats.acquire(timeout=self._bounds.seconds)
        with self._lock:
            self._waiting -= 1
        if not seated:
            raise ServiceBusyError(
                "The service is busy judging other documents. Ask again in a moment."
            )

    def _take(self) -> WorkerProcess:
        with self._lock:
            starting = None if self._idle else self._starting
        if starting:
            starting.join()
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or self._started()
        with self._lock:
            if self._closed:
                worker.kill()
            self._busy.add(worker)
            if not self._idle and not self._starting and not self._closed:
                self._starting = threading.Thread(
                    target=self._start_spare, name="spare judge", daemon=True
                )
                self._starting.start()
        return worker

    def _started(self) -> WorkerProcess:
        first = document({"memory": self._bounds.memory})
        return WorkerProcess(first, _command)

    def _start_spare(self) -> None:
        worker: WorkerProcess | None = None
        try:
            worker = self._started()
        except StoreUnavailableError:
            # Whoever needs one will try again, and be told.
            worker = None
        with self._lock:
            self._starting = None
            if worker and not self._closed:
                self._idle.append(worker)
                return
        if worker:
            worker.close()

    def _give_back(self, worker: WorkerProcess) -> None:
        fit = worker.alive and not self._has_grown(worker)
        with self._lock:
            self._busy.discard(worker)
            # One at rest is enough.
            if fit and not self._closed and len(self._idle) < max(1, self._bounds.workers):
                self._idle.append(worker)
                return
        worker.close()

    def _has_grown(self, worker: WorkerProcess) -> bool:
        used, rest = worker.memory(), worker.at_rest
        return used is not None and rest is not None and used - rest > self._bounds.memory * _KEPT

    def close(self) -> None:
        """Stop every validation, end every process."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy, starting = list(self._busy), self._starting
        for worker in idle:
            worker.close()
        for worker in busy:
            worker.kill()
        if starting:
            starting.join()


def _command(descriptor: int) -> list[str]:
    path = [str(Path(each).absolute()) for each in sys.path if each]
    return [sys.executable, "-I", "-S", "-c", _START, str(descriptor), *path]
