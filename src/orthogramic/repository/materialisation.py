"""Keeps the store what the commit log says it is.

The store carries a marker: the number of the last commit applied to it, or the negated number of
one whose application has begun. A commit is in the log before it is applied, so whatever stops
the process in between, opening the repository again finishes or undoes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.errors import StoreFormatError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.commit_log import CommitLog, CommitRecord
from orthogramic.repository.entailment import Entailment
from orthogramic.store import QuadStore
from orthogramic.validation import Progress
from orthogramic.vocabulary import DCTERMS, KR, PROV, RDF, SYSTEM_GRAPHS, XSD

#: System graphs that hold no data but are written by commits: descriptions of datasets.
_LOGGED_SYSTEM_GRAPHS = frozenset({KR.datasets})


@dataclass(frozen=True, slots=True)
class InferredChange:
    """What a change set does to the inferred graph."""

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a store has followed its log; ``lost`` says what the log has lost, if anything."""

    lost: str
    up_to_date: bool
    same_bundle: bool


class Materialisation:
    """Applies commits and the bundle to the store.

    :param base_iri: base of the IRIs of commits.
    """

    def __init__(
        self, store: QuadStore, log: CommitLog, metamodel: Metamodel, base_iri: str
    ) -> None:
        self._store = store
        self._log = log
        self._metamodel = metamodel
        self.entailment = Entailment(metamodel)
        self._base_iri = base_iri

    # -- bringing the store up to date ---------------------------------------------------------

    def catch_up(self) -> None:
        """Apply what the log has and the store lacks, and the bundle if it is another one.

        :raises StoreFormatError: if the store has a commit that the log lacks.
        """
        applied = self._marker()
        lost = self.standing().lost
        if lost:
            raise StoreFormatError(lost)
        if -applied > self._log.last or self._bundle_digest() != self._metamodel.digest:
            self.rebuild()
            return
        first = applied + 1 if applied >= 0 else -applied
        for number in range(first, self._log.last + 1):
            self._replay(number)

    def standing(self) -> Standing:
        """Tell how far the store has followed the log, without changing anything."""
        applied = self._marker()
        lost = (
            f"The commit log ends with commit {self._log.last}, but commit {applied} was "
            "applied: the log has lost commits. Restore commits.log from a backup. Without "
            "one, keep a copy of the folder quads and then delete it, to go on with what the "
            "log still has."
        )
        return Standing(
            lost=lost if applied > self._log.last else "",
            up_to_date=applied == self._log.last,
            same_bundle=self._bundle_digest() == self._metamodel.digest,
        )

    def rebuild(self) -> None:
        """Make the store anew from the bundle and the log.

        The digest of the bundle goes in last: without it, an opening does this again.
        """
        self._store.clear()
        for graph, triples in (
            (KR.ontology, self._metamodel.ontology),
            (KR.shapes, self._metamodel.shapes_graph),
        ):
            self._store.add_in_bulk(
                Quad(each.subject, each.predicate, each.object, graph) for each in triples
            )
        for number in range(1, self._log.last + 1):
            self._replay(number)
        digest = Literal(self._metamodel.digest)
        self._store.apply([], [Quad(KR.repository, KR.bundleDigest, digest, KR.commits)])

    def _replay(self, number: int) -> None:
        record = self._log.record(number)
        if record.removed:
            change = ChangeSet(
                tuple(self._log.removals(number)), tuple(self._log.additions(number))
            )
            self.apply(change, self.inferred_by(change), record)
        else:
            self.apply_in_bulk(lambda: self._log.additions(number), record)

    # -- applying one commit -------------------------------------------------------------------

    def inferred_by(self, change: ChangeSet) -> InferredChange:
        """Work out what a change set does to the inferred graph, without doing it."""
        coming = dict.fromkeys(self.entailment.closure(_data(change.added)))
        gone = frozenset(change.removed)

        def stays(
            subject: NamedNode | None, predicate: NamedNode | None, value: object
        ) -> Iterator[Quad]:
            for each in self._store.quads(subject, predicate, value):  # type: ignore[arg-type]
                if each.graph_name not in SYSTEM_GRAPHS and each not in gone:
                    yield each

        leaving = self.entailment.unsupported(_data(change.removed), stays)
        return InferredChange(
            removed=tuple(each for each in leaving if each not in coming),
            added=tuple(coming),
        )

    def apply(self, change: ChangeSet, inferred: InferredChange, record: CommitRecord) -> None:
        """Apply a commit in one transaction.

        :raises StoreNotWritableError: if the disk refuses; the store is as it was.
        """
        self._store.apply(
            [*change.removed, *inferred.removed, *self._old_marker()],
            [
                *change.added,
                *inferred.added,
                *self._description(record),
                *self._influenced(record.number, (*change.removed, *change.added)),
                _mark(record.number),
            ],
        )

    def apply_in_bulk(
        self,
        additions: Callable[[], Iterator[Quad]],
        record: CommitRecord,
        progress: Progress | None = None,
    ) -> None:
        """Apply a large commit of additions in bounded memory, outside one transaction.

        If it is broken off, the marker tells so.

        :param additions: yields the added quads, anew at each call.
        """
        self.mark_unfinished(record.number)
        if progress:
            progress.stage("storing", 2 * record.added)
        self._store.add_in_bulk(_counted(additions(), progress))
        data = _data(_counted(additions(), progress))
        self._store.add_in_bulk(self.entailment.closure(data))
        self._store.add_in_bulk(self._influenced(record.number, additions()))
        self._store.apply(self._old_marker(), [*self._description(record), _mark(record.number)])

    def mark_unfinished(self, number: int) -> None:
        """Let an opening know that a commit was not applied to its end, or will be undone."""
        self._store.apply(self._old_marker(), [_mark(-number)])

    def asserted(self) -> Iterator[Quad]:
        """Yield every asserted quad of data."""
        for graph in self.data_graphs():
            yield from self._store.quads(None, None, None, graph)

    def data_graphs(self) -> tuple[NamedNode, ...]:
        """Return the graphs that hold data, sorted by IRI."""
        return tuple(each for each in self._store.graphs() if each not in SYSTEM_GRAPHS)

    # -- marker and description ----------------------------------------------------------------

    def _marker(self) -> int:
        for quad in self._old_marker():
            return int(quad.object.value)  # type: ignore[union-attr]
        return 0

    def _old_marker(self) -> list[Quad]:
        return list(self._store.quads(KR.repository, KR.appliedCommit, None, KR.commits))

    def _bundle_digest(self) -> str:
        for quad in self._store.quads(KR.repository, KR.bundleDigest, None, KR.commits):
            return quad.object.value  # type: ignore[union-attr]
        return ""

    def _description(self, record: CommitRecord) -> list[Quad]:
        """Describe a commit in PROV, so that SPARQL can ask about history."""
        commit = self._commit(record.number)
        at = Literal(record.at.isoformat().replace("+00:00", "Z"), datatype=XSD.dateTime)
        return [
            Quad(commit, RDF.type, PROV.Activity, KR.commits),
            Quad(commit, DCTERMS.identifier, _integer(record.number), KR.commits),
            Quad(commit, PROV.endedAtTime, at, KR.commits),
            Quad(commit, DCTERMS.creator, Literal(record.author), KR.commits),
            Quad(commit, DCTERMS.description, Literal(record.message), KR.commits),
        ]

    def _influenced(self, number: int, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Name what a commit says something else about than was said before.

        Statements about one thing mostly stand together, so a repetition is rare and harmless.
        """
        commit = self._commit(number)
        last: object = None
        for each in _data(quads):
            if each.subject != last:
                last = each.subject
                yield Quad(commit, PROV.influenced, each.subject, KR.commits)

    def _commit(self, number: int) -> NamedNode:
        return NamedNode(f"{self._base_iri}commit/{number}")


def _mark(number: int) -> Quad:
    return Quad(KR.repository, KR.appliedCommit, _integer(number), KR.commits)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _data(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (each for each in quads if each.graph_name not in _LOGGED_SYSTEM_GRAPHS)


def _counted(quads: Iterable[Quad], progress: Progress | None) -> Iterator[Quad]:
    """Pass quads on and tell the progress now and then."""
    count = 0
    for count, each in enumerate(quads, 1):
        if progress and count % 10_000 == 0:
            progress.advance(10_000)
        yield each
    if progress:
        progress.advance(count % 10_000)
