"""Loads documents: read, put into graphs, judged as a whole, committed as one."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from orthogramic.errors import MissingDatasetError
from orthogramic.repository.bounds import read_within
from orthogramic.repository.changes import Intention
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.graph_writes import WriteOptions
from orthogramic.repository.inputs import LoadPlan, RdfInput
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.places import Places
from orthogramic.repository.written import WriteOutcome
from orthogramic.validation import DocumentPlaces, Progress
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
    if not gate:
        _check_required(plan, knowledge)
        return knowledge.commit_stream(
            _read(plan, knowledge.base_iri, progress),
            descriptions=plan.descriptions,
            author=author,
            message=message or _said(plan),
            progress=progress,
        )
    options = WriteOptions(author=author, message=message)
    return load_gated(knowledge, plan, options, progress).record


def load_gated(
    knowledge: KnowledgeBase,
    plan: LoadPlan,
    options: WriteOptions,
    progress: Progress | None = None,
) -> WriteOutcome:
    """Load documents in one commit, judged by the shapes; errors as :func:`load`.

    :param options: the precondition is about the whole repository, whose tag is the number of its
        last commit.
    :raises PreconditionFailedError: if the precondition does not hold.
    :raises ChangeTooLargeError: if more statements are new than may come.
    """
    _check_required(plan, knowledge)
    quads = _read(plan, knowledge.base_iri, progress)
    # What is bounded is read before others have to wait for it.
    added = quads if options.most is None else read_within(quads, knowledge.store, options.most)

    def intention() -> Intention:
        options.precondition.check(str(knowledge.snapshot), "The repository")
        return Intention(added, descriptions=plan.descriptions)

    return knowledge.write(
        intention,
        author=options.author,
        message=options.message or _said(plan),
        dry_run=options.dry_run,
        locate=Places(lambda: _places(plan, knowledge.base_iri)).locate,
        progress=progress,
    )


def _said(plan: LoadPlan) -> str:
    return "Load " + ", ".join(each.source for each in plan.documents)


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


def _places(plan: LoadPlan, base_iri: str) -> list[DocumentPlaces]:
    return [
        DocumentPlaces(_content(each), each.syntax, each.source, base_iri)
        for each in plan.documents
    ]


def _content(document: RdfInput) -> bytes:
    return document.data if document.path is None else document.path.read_bytes()
