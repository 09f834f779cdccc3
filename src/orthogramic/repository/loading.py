"""Loads documents: read, put into graphs, judged as a whole, committed as one."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import MissingDatasetError
from orthogramic.repository.changes import Intention
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.inputs import LoadPlan, RdfInput
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.syntax import PositionIndex, RdfSyntax
from orthogramic.validation import Path, Progress
from orthogramic.vocabulary import KR

#: Syntaxes in which statements can be found again by line.
_POSITIONED = frozenset({RdfSyntax.TURTLE, RdfSyntax.TRIG, RdfSyntax.NTRIPLES, RdfSyntax.NQUADS})
_REPORTED_EVERY = 10_000


def load(
    knowledge: KnowledgeBase,
    plan: LoadPlan,
    *,
    author: str | None = None,
    message: str | None = None,
    gate: bool = True,
    progress: Progress | None = None,
) -> CommitRecord | None:
    """Load documents in one commit.

    :param gate: whether the shapes judge the load; without it memory stays bounded.
    :returns: the commit, or ``None`` if everything was there already.
    :raises UnreadableInputError: if a document cannot be read or does not parse.
    :raises MissingDatasetError: if a dataset builds on one that is neither here nor loaded along.
    :raises NonConformingDataError: if the data would violate the shapes.
    :raises ProtectedGraphError: if a document writes into a system graph.
    :raises StoreNotWritableError: if the disk refuses. Nothing is changed in any of these cases.
    """
    _check_required(plan, knowledge)
    quads = _read(plan, knowledge.base_iri, progress)
    said = message or "Load " + ", ".join(each.source for each in plan.documents)
    if not gate:
        return knowledge.commit_stream(
            quads,
            descriptions=plan.descriptions,
            author=author,
            message=said,
            progress=progress,
        )
    return knowledge.write(
        lambda: Intention(quads, descriptions=plan.descriptions),
        author=author,
        message=said,
        locate=_Locator(plan, knowledge.base_iri).locate,
        progress=progress,
    ).record


def _check_required(plan: LoadPlan, knowledge: KnowledgeBase) -> None:
    """Name what is missing at once: its absence would show as many violations, none the cause."""
    absent = {
        needed.value: by
        for needed, by in plan.required().items()
        if not any(knowledge.store.quads(needed, None, None, KR.datasets))
    }
    if absent:
        needs = "; ".join(f"{by} builds on {needed}" for needed, by in sorted(absent.items()))
        raise MissingDatasetError(
            f"{needs}. Load what is missing first, or both together.", missing=sorted(absent)
        )


def _read(plan: LoadPlan, base_iri: str, progress: Progress | None) -> Iterator[Quad]:
    if progress:
        progress.stage("reading", None)
    count = 0
    for document in plan.documents:
        for quad in document.quads(base_iri):
            count += 1
            if progress and count % _REPORTED_EVERY == 0:
                progress.advance(_REPORTED_EVERY)
            yield quad
    if progress:
        progress.advance(count % _REPORTED_EVERY)


class _Locator:
    """Finds the document and line of a statement; documents are gone through on first demand."""

    def __init__(self, plan: LoadPlan, base_iri: str) -> None:
        self._documents = [each for each in plan.documents if each.syntax in _POSITIONED]
        self._base_iri = base_iri
        self._indexes: list[tuple[RdfInput, PositionIndex]] | None = None

    def locate(self, focus: object, path: Path | None, _value: object) -> tuple[str, int] | None:
        """Return the source and line of what a result speaks of, most specific first."""
        if not isinstance(focus, NamedNode):
            return None
        if self._indexes is None:
            self._indexes = [(each, self._index(each)) for each in self._documents]
        if isinstance(path, NamedNode):
            for document, index in self._indexes:
                line = index.statement(focus, path)
                if line:
                    return document.source, line
        for document, index in self._indexes:
            line = index.subject(focus)
            if line:
                return document.source, line
        return None

    def _index(self, document: RdfInput) -> PositionIndex:
        data = document.data if document.path is None else document.path.read_bytes()
        return PositionIndex.of(data.decode("utf-8-sig"), self._base_iri)
