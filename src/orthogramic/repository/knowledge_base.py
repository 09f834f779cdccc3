"""The unit of work: every write is one commit, judged as a whole, logged, then applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, Triple

from orthogramic.errors import NonConformingDataError, OrthogramicError, StoreNotWritableError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.authors import encodable, user
from orthogramic.repository.catalogue import Catalogue
from orthogramic.repository.cataloguing import Cataloguing
from orthogramic.repository.changes import (
    ChangeSet,
    Intention,
    effective_change,
    guard,
)
from orthogramic.repository.commit_log import CommitLog, CommitRecord
from orthogramic.repository.described_links import plain_triples
from orthogramic.repository.directory import StoreDirectory
from orthogramic.repository.gate import Effect, Gate, Verdict
from orthogramic.repository.interruption import uninterrupted
from orthogramic.repository.materialisation import InferredChange, Materialisation
from orthogramic.repository.recent_changes import RecentChanges
from orthogramic.repository.spool import Spool
from orthogramic.repository.standing_report import StandingReport
from orthogramic.repository.store_settings import DEFAULT_BASE_IRI, check_base_iri
from orthogramic.repository.turns import Turns
from orthogramic.repository.written import WriteOutcome
from orthogramic.store import EmbeddedStore, QuadStore
from orthogramic.syntax import LiteralCanonicalizer
from orthogramic.validation import Locate, Progress, ValidationReport
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS

#: Graphs that are no part of what a query sees by default.
APART = SYSTEM_GRAPHS - {KR.inferred}


class KnowledgeBase:
    """A repository of knowledge: a store, its commit log and its catalogue of entities.

    Reading is safe from many threads; writes take turns.

    :param directory: an open directory, or ``None`` to keep everything in memory.
    """

    def __init__(
        self,
        metamodel: Metamodel,
        directory: StoreDirectory | None = None,
        base_iri: str | None = None,
    ) -> None:
        self.metamodel = metamodel
        self.directory = directory
        given = base_iri or DEFAULT_BASE_IRI
        self.base_iri = directory.base_iri if directory else check_base_iri(given)
        self._log = CommitLog(directory.log if directory else None)
        self.store: QuadStore = EmbeddedStore(directory.quads if directory else None, apart=APART)
        self._state = Materialisation(self.store, self._log, metamodel, self.base_iri)
        self.catalogue = Catalogue(directory.catalogue if directory else None)
        self._cataloguing = Cataloguing(self.store, metamodel)
        self._gate = Gate(self.store, metamodel, directory.results if directory else None)
        self.turns, self.recent = Turns(), RecentChanges()
        self._state.catch_up()
        self._applied = self._log.last
        self._catalogue_catch_up()

    # -- reading -------------------------------------------------------------------------------

    @property
    def snapshot(self) -> int:
        """Number of the last commit that can be seen, 0 if there is none."""
        return self._applied

    @contextmanager
    def unchanging(self) -> Iterator[int]:
        """Hold back changes while something is read in many steps; gives the snapshot.

        A write that is still finding out what to change is not waited for; nothing may be written
        meanwhile by the one who holds them back.
        """
        with self.turns.showing:
            yield self.snapshot

    def turn(self) -> AbstractContextManager[None]:
        """Hold back other writes; see :meth:`Turns.turn`."""
        return self.turns.turn()

    @property
    def log(self) -> CommitLog:
        """The commit log, for reading."""
        return self._log

    def data_graphs(self) -> tuple[NamedNode, ...]:
        """Return the graphs that hold data, sorted by IRI."""
        return self._state.data_graphs()

    def asserted(self) -> Iterator[Quad]:
        """Yield every asserted quad of data."""
        return self._state.asserted()

    def entail(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """Yield what follows from triples and the ontology, without storing anything."""
        return (each.triple for each in self._state.entailment.closure(triples))

    def validate(self, progress: Progress | None = None) -> ValidationReport:
        """Validate everything against the shapes of the bundle, from the beginning."""
        with self.turn():
            return self._gate.validate(self.snapshot, progress)

    @property
    def gate(self) -> Gate:
        """What judges; whoever has it judge holds back writes."""
        return self._gate

    def results(self, **wanted: Any) -> StandingReport:
        """Return the validation results that stand; see :meth:`Gate.standing`."""
        found = self.results_at_hand(**wanted)
        if found is not None:
            return found
        with self.turn():
            self._gate.refresh(self.snapshot)
            found = self._gate.standing(self.snapshot, **wanted)
        assert found is not None
        return found

    def results_at_hand(self, **wanted: Any) -> StandingReport | None:
        """Return the results that stand, or ``None`` if something would have to be judged."""
        return self._gate.standing(self.snapshot, **wanted)

    def effect(self, intention: Intention) -> Effect:
        """Return what a change would do to the results that stand, without making it."""
        with self.turn():
            return self._gate.effect(*self.planned(intention), self.snapshot)

    def planned(self, intention: Intention) -> tuple[ChangeSet, InferredChange]:
        """Return exactly what a write would do, and what follows from that, while writes wait."""
        change = self._effective(intention)
        return change, self._state.inferred_by(change)

    # -- writing -------------------------------------------------------------------------------

    def write(
        self,
        plan: Callable[[], Intention],
        *,
        author: str | None = None,
        message: str = "",
        gate: bool = True,
        mending: bool = False,
        dry_run: bool = False,
        locate: Locate | None = None,
        progress: Progress | None = None,
    ) -> WriteOutcome:
        """Make one gated, atomic, durable change, or say what it would do.

        :param plan: says what to remove and add. It is called while other writes wait, so it may
            look at what is there, and refuse.
        :param gate: whether the shapes judge the change.
        :param mending: whether only violations that did not stand before count against it.
        :param dry_run: whether to stop before anything is changed.
        :param locate: tells where a statement of the change stands, for the report.
        :returns: what was changed, or would be; without a commit if nothing was.
        :raises ProtectedGraphError: if a quad stands in a system graph.
        :raises NonConformingDataError: if the data would violate the shapes; nothing is changed.
            A dry run gives the report instead.
        :raises ServiceBusyError: if another write takes longer than this one waits.
        :raises StoreNotWritableError: if the disk refuses; nothing is changed.
        """
        with self.turn():
            change, inferred = self.planned(plan())
            verdict = Verdict(ValidationReport(), None)
            if gate and not change.is_empty:
                verdict = self._judge(change, inferred, progress, locate, mending)
            if dry_run or change.is_empty:
                return WriteOutcome(None, change, verdict.report, dry_run)
            self._refuse_violations(verdict.report)
            with self.turns.showing:
                record = self._write_down(change, inferred, author, message)
                self._gate.keep(verdict.judgement, record.number)
            return WriteOutcome(record, change, verdict.report, dry_run)

    def _write_down(
        self, change: ChangeSet, inferred: InferredChange, author: str | None, message: str
    ) -> CommitRecord:
        with self._spool() as spool:
            for quad in change.removed:
                spool.remove(quad)
            for quad in change.added:
                spool.add(quad)
            with uninterrupted():
                record = self._append(spool, author, message)
                self._apply(change, inferred, record)
                self._update_catalogue(change)
                self.recent.note(record.number, (*change.removed, *change.added))
        return record

    def commit(
        self, added: Iterable[Quad], removed: Iterable[Quad] = (), **options: Any
    ) -> CommitRecord | None:
        """Write what is known beforehand; see :meth:`write`.

        :returns: the commit, or ``None`` if the change changes nothing.
        """
        return self.write(lambda: Intention(added, removed), **options).record

    def commit_stream(
        self,
        added: Iterable[Quad],
        *,
        descriptions: Iterable[Quad] = (),
        author: str | None = None,
        message: str = "",
        progress: Progress | None = None,
    ) -> CommitRecord | None:
        """Add many quads in bounded memory, without the gate.

        :returns: the commit, or ``None`` if nothing is new.
        :raises ProtectedGraphError: if a quad stands in a system graph.
        :raises StoreNotWritableError: if the disk refuses; nothing is changed.
        """
        with self.turn(), self.turns.showing:
            before = self._log.last
            with self._spool() as spool:
                self._fill(spool, added, descriptions)
                if not spool.added:
                    return None
                try:
                    with uninterrupted():
                        record = self._append(spool, author, message)
                    self._state.apply_in_bulk(spool.additions, record, progress)
                    self._applied = record.number
                except BaseException:
                    if self._log.last > before:
                        self._take_back()
                    raise
            self._gate.forget()
            # The commit stands: an interrupt from here on could not say that nothing was changed.
            with uninterrupted():
                self._catalogue_catch_up(progress)
            return record

    def _spool(self) -> closing[Spool]:
        return closing(Spool(self.directory.root if self.directory else None))

    def _effective(self, intention: Intention) -> ChangeSet:
        change = effective_change(intention.removed, intention.added, self.store)
        canonical = LiteralCanonicalizer().canonical_quad
        said = dict.fromkeys(canonical(each) for each in intention.descriptions)
        new = tuple(each for each in said if not self.store.holds(each))
        return ChangeSet(change.removed, (*change.added, *new))

    def _fill(self, spool: Spool, added: Iterable[Quad], descriptions: Iterable[Quad]) -> None:
        """Write the effective additions into a spool: canonical, and only what is new."""
        canonicalizer = LiteralCanonicalizer()
        filled = frozenset(self.store.graphs())

        def note(quad: Quad) -> None:
            known = quad.graph_name in filled and self.store.holds(quad)
            if not known:
                spool.add(quad)

        def canonical() -> Iterator[Quad]:
            for each in added:
                guard(each)
                quad = canonicalizer.canonical_quad(each)
                note(quad)
                yield quad

        for quad in plain_triples(canonical(), self.store):
            note(quad)
        for quad in descriptions:
            note(canonicalizer.canonical_quad(quad))

    # -- the gate ------------------------------------------------------------------------------

    def _judge(
        self,
        change: ChangeSet,
        inferred: InferredChange,
        progress: Progress | None,
        locate: Locate | None,
        mending: bool,
    ) -> Verdict:
        return self._gate.judge(
            change,
            inferred,
            snapshot=self.snapshot,
            size=self._log.statements,
            mending=mending,
            locate=locate,
            progress=progress,
        )

    def _refuse_violations(self, report: ValidationReport) -> None:
        if report.accepted:
            return
        count = report.counts.get("violation", 0)
        things = "1 violation" if count == 1 else f"{count} violations"
        raise NonConformingDataError(
            f"The data has {things} of the shapes; nothing was changed.", report=report
        )

    # -- log and store -------------------------------------------------------------------------

    def _append(self, spool: Spool, author: str | None, message: str) -> CommitRecord:
        record = CommitRecord(
            number=self._log.last + 1,
            at=self._log.next_time(),
            author=encodable(author or user()),
            message=encodable(message),
            added=spool.added,
            removed=spool.removed,
            bundle=self.metamodel.digest,
        )
        if self.directory:
            self.directory.require_room(spool.size)
        self._log.append(record, spool)
        return record

    def _apply(self, change: ChangeSet, inferred: InferredChange, record: CommitRecord) -> None:
        try:
            self._state.apply(change, inferred, record)
        except BaseException:
            self._log.drop_last()
            raise
        self._applied = record.number

    def _take_back(self) -> None:
        """Undo a commit whose application was broken off; it was never acknowledged."""
        with uninterrupted():
            # If the disk refuses to rebuild, the marker makes the next opening do it.
            with suppress(OrthogramicError):
                self._state.mark_unfinished(self._log.last)
            self._log.drop_last()
            self._applied = self._log.last
            with suppress(OrthogramicError):
                self._state.rebuild()

    def _update_catalogue(self, change: ChangeSet) -> None:
        try:
            self._cataloguing.update(self.catalogue, change, self.snapshot)
        except StoreNotWritableError:
            self._catalogue_in_memory()

    def _catalogue_in_memory(self) -> None:
        """Do without the file of the catalogue: what it is derived from is safe."""
        self.catalogue.leave_file()
        self._cataloguing.rebuild(self.catalogue, self.snapshot)

    def _catalogue_catch_up(self, progress: Progress | None = None) -> None:
        if self.catalogue.state() == (self.snapshot, self.metamodel.digest):
            return
        try:
            self._cataloguing.rebuild(self.catalogue, self.snapshot, progress)
        except StoreNotWritableError:
            self._catalogue_in_memory()

    def close(self) -> None:
        """Close the files and let the directory go."""
        self.catalogue.close()
        self._gate.close()
        self.store.close()
        if self.directory:
            self.directory.close()


def open_directory(
    path: Path,
    metamodel: Metamodel,
    *,
    base_iri: str | None = None,
    create: bool = True,
    notify: Callable[[str], None] | None = None,
) -> KnowledgeBase:
    """Open the repository in a directory; parameters as those of :class:`StoreDirectory`.

    :raises StoreUnavailableError: as :class:`StoreDirectory`.
    """
    directory = StoreDirectory(path, base_iri=base_iri, create=create, notify=notify)
    try:
        return KnowledgeBase(metamodel, directory)
    except BaseException:
        directory.close()
        raise
