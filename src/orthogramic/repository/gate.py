"""The gate: what the shapes say of a change before it is made, and of what is there.

A small change is judged by what it can affect, a large one by judging everything at once; what
blocks a change is the same either way. The results that stand are kept beside the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Triple

from orthogramic.errors import StoreNotWritableError
from orthogramic.metamodel import Metamodel, Severity
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.materialisation import InferredChange
from orthogramic.store import QuadStore
from orthogramic.validation import Locate, Progress, ValidationReport

# Whoever only asks should not wait for what judges: it is imported where a change is judged.
if TYPE_CHECKING:
    from orthogramic.repository.standing_results import StandingResults
    from orthogramic.validation import (
        ChangeValidator,
        Finding,
        FindingRecords,
        GraphChange,
        Judgement,
    )

#: A change is large if it has more than one triple for so many of what is there.
_LARGE = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a change.

    :param report: the results of what the change affects.
    :param judgement: what was judged, to be kept if the change is made.
    """

    report: ValidationReport
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class StandingReport:
    """A page of the validation results that stand.

    :param report: the results of this page, in words.
    :param total: how many there are of which this is a page.
    :param limit: at most so many are on the page.
    :param offset: so many come before the page.
    :param counts: how many results stand in all, by severity.
    :param snapshot: number of the commit after which they stand.
    """

    report: ValidationReport
    total: int
    limit: int
    offset: int
    counts: Mapping[str, int]
    snapshot: int

    def to_dict(self) -> dict[str, Any]:
        """Return the page as JSON-serialisable data."""
        return {
            "items": [each.to_dict() for each in self.report.results],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "counts": dict(self.counts),
            "snapshot": self.snapshot,
        }


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
        locate: Locate | None = None,
        progress: Progress | None = None,
    ) -> Verdict:
        """Judge a change that is not made yet.

        :param snapshot: number of the last commit.
        :param size: how many statements there are.
        :param locate: tells where a statement of the change stands.
        """
        from orthogramic.validation import GraphChange  # noqa: PLC0415

        went, came = self._store.merge_change(
            (*change.removed, *inferred.removed), (*change.added, *inferred.added)
        )
        planned = GraphChange(came, went, lambda: self._after(went, came))
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
        report = self._validator.report(new, judgement.graph, locate=locate)
        return Verdict(report, judgement)

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
        about: str | None = None,
        limit: int = -1,
        offset: int = 0,
    ) -> StandingReport:
        """Return the results that stand; parameters as those of :class:`StandingResults`.

        :param snapshot: number of the last commit.
        """
        self.refresh(snapshot)
        found, total = self._results.findings(
            severity=severity, about=about, limit=limit, offset=offset
        )
        counts = self._results.counts()
        return StandingReport(
            self._validator.report(found),
            total,
            limit,
            offset,
            {each.value: counts.get(each.value, 0) for each in Severity},
            snapshot,
        )

    def close(self) -> None:
        """Close the file, if it was opened."""
        if "_results" in self.__dict__:
            self._results.close()
