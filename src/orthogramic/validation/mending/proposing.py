"""From findings to mends: candidates are thought of, proved, and told in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orthogramic.validation.found import FoundWords
from orthogramic.validation.headings import Headings
from orthogramic.validation.mending.bench import Bench, Effect, Row, row
from orthogramic.validation.mending.candidates import Candidate, Candidates, Ground
from orthogramic.validation.mending.patch import Mend, Patch
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
        if not self.mends:
            return "No fault can be mended without a decision of yours.\n"
        count = len(self.mends)
        mends = "1 mend needs" if count == 1 else f"{count} mends need"
        lines = [f"{mends} no decision. Each was tried and causes no new fault:", ""]
        for each in self.mends:
            lines += _told(each)
        if not self.complete:
            lines.append("There may be more: apply these, then ask again.")
        return "\n".join(lines).rstrip("\n") + "\n"


def propose(bench: Bench, report: ValidationReport | None = None) -> Mends:
    """Offer mends for the results of a report.

    :param bench: the data with its findings; nothing in it is changed.
    :param report: the report of the same data; by default one is made.
    :returns: for each result that can be mended the first candidate that was proved.
    :raises InvalidShapesError: if the shapes cannot be evaluated on patched data.
    """
    return _Proposing(bench, report or bench.validator.report(bench.findings)).mends()


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


class _Proposing:
    def __init__(self, bench: Bench, report: ValidationReport) -> None:
        self._bench = bench
        self._report = report
        context = bench.validator.context()
        words = ShapeWords(context.shapes, context.labels)
        headings = Headings(context.labels, context.surroundings)
        self._found = FoundWords(words, context.labels, headings, context.surroundings)
        self._candidates = Candidates(
            Ground(bench.stated, context.surroundings, words, context.labels)
        )
        self._left = _MOST_SLOW if bench.is_slow else _MOST
        self._results: dict[Row, list[ValidationResult]] = {}
        for result, finding in zip(report.results, report.findings or (), strict=True):
            self._results.setdefault(row(finding), []).append(result)

    def mends(self) -> Mends:
        found: dict[Patch, Mend] = {}
        settled: set[Row] = set()
        for finding in self._report.findings or ():
            if row(finding) in settled:
                continue
            for candidate in self._candidates.of(finding):
                if candidate.patch in found or self._left <= 0:
                    break
                self._left -= 1
                effect = self._bench.proves(candidate.patch, finding)
                if effect is not None:
                    found[candidate.patch] = self._mend(candidate, effect)
                    settled |= effect.settled.keys()
                    break
        return Mends(self._report, tuple(found.values()), complete=self._left > 0)

    def _mend(self, candidate: Candidate, effect: Effect) -> Mend:
        terms = [self._found.quoted(each) for each in candidate.terms]
        settles = tuple(each for gone in effect.settled for each in self._results.get(gone, ()))
        return Mend(candidate.phrase.format(*terms), candidate.patch, settles)


def _told(mend: Mend) -> list[str]:
    first: ValidationResult = mend.settles[0]
    where = f" ({first.place})" if first.place else ""
    about = ", ".join(filter(None, (first.focus_label, first.path_label)))
    return [f"{about}{where}", f"  {mend.sentence}", ""]
