"""A store whose questions are answered where they can be killed; everything else is the store.

The patterns of an update are questions like any other, and as hostile if whoever sends them means
it. While they are evaluated other writes wait, so no pattern may take as long as it likes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from pyoxigraph import NamedNode

from orthogramic.store import Dataset, QuadStore, SparqlAnswer
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.evaluator import Evaluator
from orthogramic.store.isolation.pool import Followed, QueryPool
from orthogramic.store.isolation.reading import read_answer
from orthogramic.store.protocol import Term
from orthogramic.store.question import Formats, Question
from orthogramic.syntax import RdfSyntax, ResultFormat
from orthogramic.vocabulary import KR

_READABLE = Formats(ResultFormat.JSON, ResultFormat.JSON, RdfSyntax.NTRIPLES)


class AskedElsewhere(AbstractContextManager[QuadStore]):
    """Gives the store for the length of a block; answers that were not read to the end go with it.

    :param evaluator: answers the questions; ``None`` leaves them to the store.
    """

    def __init__(self, store: QuadStore, evaluator: Evaluator | None) -> None:
        self._store = store
        self._evaluator = evaluator
        self._closing = ExitStack()

    def __enter__(self) -> QuadStore:
        if self._evaluator is None:
            return self._store
        return cast("QuadStore", _Asked(self._store, self._evaluator, self._closing))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.close()


@contextmanager
def asked_apart(
    copy: QuadStore, bounds: Bounds, apart: frozenset[NamedNode], workspace: Path | None
) -> Iterator[QuadStore]:
    """Give a store whose questions are answered by a worker of its own, started for the block.

    :param copy: a store that nobody writes to meanwhile.
    :param apart: graphs that have no part in its merge.
    :param workspace: a directory on the disk of the store; ``None`` for the system's.
    """
    with tempfile.TemporaryDirectory(
        prefix="updating-", dir=workspace, ignore_cleanup_errors=True
    ) as folder:
        followed = Followed(
            store=copy,
            apart=apart,
            revision=(KR.repository, KR.appliedCommit, KR.commits),
            snapshot=lambda: 0,
        )
        alone = replace(bounds, workers=1, spares=0)
        with closing(QueryPool(followed, Path(folder, "replicas"), alone)) as pool:
            try:
                with AskedElsewhere(copy, pool) as asked:
                    yield asked
            finally:
                copy.be_followed(None)


class _Asked:
    def __init__(self, store: QuadStore, evaluator: Evaluator, closing: ExitStack) -> None:
        self._store = store
        self._evaluator = evaluator
        self._closing = closing

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
        question = Question(
            text,
            dataset,
            bindings=dict(bindings or {}),
            prefixes=dict(prefixes or {}),
            base_iri=base_iri,
            formats=_READABLE,
        )
        answer = read_answer(self._evaluator.evaluate(question), text)
        self._closing.callback(answer.close)
        return answer
