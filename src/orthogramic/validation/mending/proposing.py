"""From findings to mends: candidates are thought of, proved, and told in a sentence."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from orthogramic.validation.finding_rows import Row, row
from orthogramic.validation.findings import Finding
from orthogramic.validation.found import FoundWords
from orthogramic.validation.headings import Headings
from orthogramic.validation.mending.bench import Bench
from orthogramic.validation.mending.candidates import Candidate, Candidates, Ground
from orthogramic.validation.mending.patch import Mend, Patch
from orthogramic.validation.mending.trials import Trials
from orthogramic.validation.report import ValidationReport, ValidationResult
from orthogramic.validation.wording import ShapeWords

#: So many patches are tried at most, and so many where pySHACL judges everything each time.
_MOST, _MOST_SLOW = 2000, 25


@dataclass(frozen=True, slots=True)
class Mends:
    """The mends that are offered for a report.

    :param report: the report.
    :param mends: each settles a result of the report and causes none; in the order of the report.
    :param complete: whether every result was looked at; long reports are not.
    """

    report: ValidationReport
    mends: tuple[Mend, ...]
    complete: bool = True

    def to_dict(self, limit: int | None = None, offset: int = 0) -> dict[str, Any]:
        """Return the report with all mends as JSON-serialisable data.

        :param limit: the greatest number of results; all by default.
        :param offset: how many results to skip.
        """
        return {
            **self.report.to_dict(limit, offset),
            "mends": [each.to_dict() for each in self.mends],
            "mends_complete": self.complete,
        }

    def to_text(self) -> str:
        """Return the mends in plain words, one after the other."""
        return mends_text(self.mends, complete=self.complete)


def propose(bench: Bench, report: ValidationReport | None = None) -> Mends:
    """Offer mends for the results of a report.

    :param bench: the data with its findings; nothing in it is changed.
    :param report: the report of the same data; by default one is made.
    :returns: for each result that can be mended the first candidate that was proved.
    :raises InvalidShapesError: if the shapes cannot be evaluated on patched data.
    """
    report = report or bench.report(bench.findings)
    proposing = Proposing(bench, report)
    mends = tuple(proposing.of(report.findings or ()))
    return Mends(report, mends, complete=not proposing.exhausted)


def mend_all(bench: Bench, mends: Mends) -> tuple[Mend, ...]:
    """Apply mends one after the other, each proved anew on what the ones before have left.

    :param bench: the data for which the mends were offered; it is changed.
    :param mends: what is offered.
    :returns: the mends that were applied.
    """
    applied: list[Mend] = []
    for mend in mends.mends:
        if not all(each in bench.stated for each in mend.patch.removed):
            continue
        effect = bench.effect(mend.patch)
        if effect.settled and not effect.caused:
            bench.apply(mend.patch, effect)
            applied.append(mend)
    return tuple(applied)


class Proposing:
    """Thinks of mends and proves them, one after the other.

    :param trials: what they are proved on.
    :param report: a report whose words are used; others are made up as they are needed.
    :param most: so many patches are tried; fewer where every trial judges everything.
    """

    def __init__(
        self, trials: Trials, report: ValidationReport | None = None, most: int = _MOST
    ) -> None:
        self._trials = trials
        context = trials.context()
        words = ShapeWords(context.shapes, context.labels)
        headings = Headings(context.labels, context.surroundings)
        self._found = FoundWords(words, context.labels, headings, context.surroundings)
        self._candidates = Candidates(
            Ground(trials.stated, context.surroundings, words, context.labels)
        )
        self._left = min(most, _MOST_SLOW) if trials.is_slow else most
        self._results: dict[Row, list[ValidationResult]] = {}
        self._note(report or ValidationReport((), ()))
        self._offered: set[Patch] = set()
        self._settled: set[Row] = set()

    @property
    def exhausted(self) -> bool:
        """Whether as many patches were tried as may be."""
        return self._left <= 0

    def of(
        self, findings: Iterable[Finding], wanted: Container[str] | None = None
    ) -> Iterator[Mend]:
        """Yield for each finding that can be mended the first patch that was proved.

        What an earlier mend settles needs no other.

        :param wanted: only patches with these identifiers are tried.
        """
        for finding in findings:
            if row(finding) in self._settled:
                continue
            for candidate in self._candidates.of(finding):
                if wanted is not None and candidate.patch.id not in wanted:
                    continue
                if candidate.patch in self._offered or self.exhausted:
                    break
                self._left -= 1
                settled = self._trials.settled(candidate.patch, finding)
                if settled:
                    self._offered.add(candidate.patch)
                    self._settled.update(map(row, settled))
                    yield self._mend(candidate, finding, settled)
                    break

    def _note(self, report: ValidationReport) -> None:
        for result, finding in zip(report.results, report.findings or (), strict=True):
            self._results.setdefault(row(finding), []).append(result)

    def _mend(self, candidate: Candidate, finding: Finding, settled: tuple[Finding, ...]) -> Mend:
        terms = [self._found.quoted(each) for each in candidate.terms]
        new = [each for each in settled if row(each) not in self._results]
        if new:
            self._note(self._trials.report(new))
        rows = dict.fromkeys(row(each) for each in (finding, *settled))
        settles = tuple(result for each in rows for result in self._results[each])
        return Mend(candidate.phrase.format(*terms), candidate.patch, settles, finding)


def mends_text(mends: Sequence[Mend], *, complete: bool = True) -> str:
    """Write mends in plain words, one after the other.

    :param complete: whether these are all.
    """
    if not mends:
        return "No fault can be mended without a decision of yours.\n"
    count = len(mends)
    needs = "1 mend needs" if count == 1 else f"{count} mends need"
    lines = [f"{needs} no decision. Each was tried and causes no new fault:", ""]
    for each in mends:
        lines += _told(each)
    if not complete:
        lines.append("There may be more: apply these, then ask again.")
    return "\n".join(lines).rstrip("\n") + "\n"


def _told(mend: Mend) -> list[str]:
    first: ValidationResult = mend.settles[0]
    where = f" ({first.place})" if first.place else ""
    return [f"{mend.about}{where}", f"  {mend.sentence}", ""]
