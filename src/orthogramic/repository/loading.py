"""Loads documents: read, put into graphs, judged as a whole, committed as one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import Quad

from orthogramic.errors import MissingDatasetError
from orthogramic.repository.changes import Intention
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.inputs import LoadPlan, RdfInput
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.validation import DocumentPlaces, Node, Path, Place, Progress
from orthogramic.vocabulary import KR

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
    """Finds the document and place of a statement; documents are gone through on first demand."""

    def __init__(self, plan: LoadPlan, base_iri: str) -> None:
        self._plan = plan
        self._base_iri = base_iri

    @cached_property
    def _places(self) -> list[DocumentPlaces]:
        return [
            DocumentPlaces(_content(each), each.syntax, each.source, self._base_iri)
            for each in self._plan.documents
        ]

    def locate(self, focus: Node, path: Path | None, value: Node | None) -> Place | None:
        """Return the place of what a result speaks of, in the document that says most of it."""
        found = [each.located(focus, path, value) for each in self._places]
        return min(filter(None, found), key=lambda each: each[0], default=(0, None))[1]


def _content(document: RdfInput) -> bytes:
    return document.data if document.path is None else document.path.read_bytes()
