"""The gate: what the shapes say of a change before it is made, and of what is there.

A small change is judged by what it can affect, a large one by judging everything at once; what
blocks a change is the same either way. The results that stand are kept beside the store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from orthogramic.errors import StoreNotWritableError
from orthogramic.metamodel import Metamodel, Severity
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.materialisation import InferredChange
from orthogramic.repository.standing_report import KindOfResult, StandingReport
from orthogramic.store import QuadStore
from orthogramic.validation import Locate, Progress, ValidationReport

# Whoever only asks should not wait for what judges: it is imported where a change is judged.
if TYPE_CHECKING:
    from orthogramic.repository.standing_results import StandingResults
    from orthogramic.validation import (
        ChangeValidator,
        Context,
        Finding,
        FindingRecords,
        GraphChange,
        Judgement,
    )
    from orthogramic.validation.report_maker import ReportedGraph

#: Kinds of results that are told with the first page.
_MOST_KINDS = 30
#: A change is large if it has more than one triple for so many of what is there.
_LARGE = 20


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do to the results that stand.

    :param settled: those that would be gone.
    :param caused: those that would be new.
    :param graph: the data as it would be, for as long as nothing is written.
    """

    settled: tuple[Finding, ...]
    caused: tuple[Finding, ...]
    graph: ReportedGraph


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a change.

    :param report: the results of what the change affects.
    :param judgement: what was judged, to be kept if the change is made.
    """

    report: ValidationReport
    judgement: Judgement | None


class Gate:
    """Judges changes of one store under the shapes of its bundle. Writes take turns at it.

    :param results: file of the standing results; ``None`` keeps them in memory.
    """

    def __init__(self, store: QuadStore, metamodel: Metamodel, results: Path | None) -> None:
        self._store = store
        self._metamodel = metamodel
        self._path = results

    @cached_property
    def _validator(self) -> ChangeValidator:
        from orthogramic.validation import ChangeValidator, compile_shapes  # noqa: PLC0415

        shapes = compile_shapes(self._metamodel.shapes_graph, self._metamodel.ontology)
        return ChangeValidator(shapes, self._store.matching)

    @cached_property
    def _records(self) -> FindingRecords:
        from orthogramic.validation import FindingRecords  # noqa: PLC0415

        return FindingRecords(self._metamodel.shapes_graph)

    @cached_property
    def _results(self) -> StandingResults:
        from orthogramic.repository.standing_results import StandingResults  # noqa: PLC0415

        return StandingResults(self._path, self._records)

    # -- judging -------------------------------------------------------------------------------

    def judge(
        self,
        change: ChangeSet,
        inferred: InferredChange,
        *,
        snapshot: int,
        size: int,
        mending: bool = False,
        locate: Locate | None = None,
        progress: Progress | None = None,
    ) -> Verdict:
        """Judge a change that is not made yet.

        :param snapshot: number of the last commit.
        :param size: how many statements there are.
        :param mending: whether only what did not stand before counts against the change.
        :param locate: tells where a statement of the change stands.
        """
        if mending:
            self.refresh(snapshot, progress)
        planned = self._planned(change, inferred)
        came, went = planned.came, planned.went
        fresh = self._is_fresh(snapshot)
        if (len(came) + len(went)) * _LARGE > size:
            judgement = self._validator.judge_all(planned.everything(), progress)
            nothing_stands = not size or (fresh and not self._results.counts())
            found = judgement.findings if nothing_stands else self._reached(judgement, planned)
        else:
            anew = self._results.rootless() if fresh else frozenset()
            judgement = self._validator.judge(planned, progress, anew=anew)
            found = judgement.findings
        new = self._without_known(found, snapshot)
        if mending:
            new = self._caused(new, judgement)
        report = self._validator.report(new, judgement.graph, locate=locate)
        return Verdict(report, judgement)

    def effect(self, change: ChangeSet, inferred: InferredChange, snapshot: int) -> Effect:
        """Return which results that stand a change would settle, and which it would cause.

        :param snapshot: number of the last commit.
        """
        from orthogramic.validation import without  # noqa: PLC0415

        self.refresh(snapshot)
        judgement = self._validator.judge(
            self._planned(change, inferred), anew=self._results.rootless()
        )
        known = tuple(self._results.within(judgement.reach))
        return Effect(
            without(known, judgement.findings),
            without(judgement.findings, known),
            judgement.graph,
        )

    def _caused(self, found: Iterable[Finding], judgement: Judgement) -> tuple[Finding, ...]:
        from orthogramic.validation import without  # noqa: PLC0415

        return without(found, self._results.within(judgement.reach))

    def _planned(self, change: ChangeSet, inferred: InferredChange) -> GraphChange:
        from orthogramic.validation import GraphChange  # noqa: PLC0415

        went, came = self._store.merge_change(
            (*change.removed, *inferred.removed), (*change.added, *inferred.added)
        )
        return GraphChange(came, went, lambda: self._after(went, came))

    def _after(self, went: Iterable[Triple], came: Iterable[Triple]) -> Iterator[Triple]:
        gone = frozenset(went)
        stays = (each for each in self._store.matching() if each not in gone)
        return chain(stays, came)

    def _reached(self, judgement: Judgement, change: GraphChange) -> tuple[Finding, ...]:
        """Leave out what a change cannot have affected: it stood before, and blocks nothing."""
        reach = self._validator.reach(change)
        nobody = frozenset[object]()

        def is_reached(finding: Finding) -> bool:
            if finding.root_shape is None or finding.root_node is None:
                return True
            nodes = reach.get(finding.root_shape, nobody)
            return nodes is None or finding.root_node in nodes

        return tuple(each for each in judgement.findings if is_reached(each))

    def _without_known(self, found: Iterable[Finding], snapshot: int) -> tuple[Finding, ...]:
        """Leave out results of shapes that are not compiled, if they stood before."""
        findings = tuple(found)
        if all(each.root_node is not None for each in findings):
            return findings
        self.refresh(snapshot)
        known = self._results.without_root()
        return tuple(
            each
            for each in findings
            if each.root_node is not None or self._records.write(each) not in known
        )

    # -- what stands ---------------------------------------------------------------------------

    def _is_fresh(self, snapshot: int) -> bool:
        return self._results.state() == (snapshot, self._metamodel.digest)

    def keep(self, judgement: Judgement | None, snapshot: int) -> None:
        """Keep the results of a commit that was made.

        :param judgement: what the gate said of it; ``None`` if it was not asked.
        :param snapshot: number of the commit.
        """
        if judgement is None:
            self.forget()
            return
        digest, findings = self._metamodel.digest, judgement.findings
        with suppress(StoreNotWritableError):
            # Results that cannot be kept are worked out again when somebody asks for them.
            if judgement.reach is None:
                self._results.replace(findings, snapshot, digest)
            elif self._is_fresh(snapshot - 1):
                self._results.update(judgement.reach, findings, snapshot, digest)

    def forget(self) -> None:
        """Take note that something was changed without asking here."""
        if "_validator" in self.__dict__:
            self._validator.forget()

    def refresh(self, snapshot: int, progress: Progress | None = None) -> None:
        """Bring the results that stand up to date, judging everything if they are not."""
        if self._is_fresh(snapshot):
            return
        judgement = self._judge_all(progress)
        self.keep(judgement, snapshot)
        if not self._is_fresh(snapshot):
            self._results.leave_file()
            self.keep(judgement, snapshot)

    def _judge_all(self, progress: Progress | None) -> Judgement:
        return self._validator.judge_all(self._store.matching(), progress)

    def validate(self, snapshot: int, progress: Progress | None = None) -> ValidationReport:
        """Judge everything that is there, whatever was known of it."""
        judgement = self._judge_all(progress)
        self.keep(judgement, snapshot)
        return self._validator.report(judgement.findings, judgement.graph)

    def standing(
        self,
        snapshot: int,
        *,
        severity: Severity | None = None,
        about: Sequence[str] | None = None,
        limit: int = -1,
        offset: int = 0,
    ) -> StandingReport | None:
        """Return the results that stand; parameters as those of :class:`StandingResults`.

        :param snapshot: number of the last commit.
        :returns: ``None`` if they are not up to date: :meth:`refresh` brings them there, while
            other writes wait.
        """
        if not self._is_fresh(snapshot):
            return None
        results = self._results
        found, total = results.findings(severity=severity, about=about, limit=limit, offset=offset)
        several = not offset and total > 1
        kinds = results.kinds(severity=severity, about=about, limit=_MOST_KINDS) if several else []
        counts = self.counts(snapshot)
        if counts is None:
            return None
        return StandingReport(
            self.report(found),
            total,
            limit,
            offset,
            counts,
            self._kinds(kinds),
            snapshot,
        )

    def counts(self, snapshot: int) -> Mapping[str, int] | None:
        """Return how many results stand by severity; ``None`` if they are not up to date."""
        counts = self._results.counts()
        if not self._is_fresh(snapshot):
            return None
        return {each.value: counts.get(each.value, 0) for each in Severity}

    def _kinds(self, kinds: Sequence[tuple[Finding, int]]) -> tuple[KindOfResult, ...]:
        report = self.report([finding for finding, _ in kinds])
        words = dict(zip(report.findings or (), report.results, strict=True))
        return tuple(KindOfResult(words[finding], things) for finding, things in kinds)

    def findings(
        self,
        snapshot: int,
        *,
        severity: Severity | None = None,
        about: Sequence[str] | None = None,
        limit: int = -1,
        offset: int = 0,
    ) -> tuple[Finding, ...]:
        """Return what is found, not in words; parameters as those of :meth:`standing`."""
        self.refresh(snapshot)
        return self._results.findings(severity=severity, about=about, limit=limit, offset=offset)[0]

    # -- words ---------------------------------------------------------------------------------

    @property
    def is_slow(self) -> bool:
        """Whether some shapes are left to pySHACL, which judges everything each time."""
        shapes = self._validator.shapes
        return bool(shapes.reason or shapes.remaining)

    def context(self) -> Context:
        """Return what is needed to speak of what is there now."""
        return self._validator.context()

    def report(
        self, findings: Collection[Finding], graph: ReportedGraph | None = None
    ) -> ValidationReport:
        """Put findings in words.

        :param graph: the data that they are about; by default what is there now.
        """
        # Where there is nothing to say, nobody should wait for the shapes to be compiled.
        return self._validator.report(findings, graph) if findings else ValidationReport((), ())

    def close(self) -> None:
        """Close the file, if it was opened."""
        if "_results" in self.__dict__:
            self._results.close()
