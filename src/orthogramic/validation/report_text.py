"""A validation report in plain words: labels instead of IRIs, grouped by what it is about."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from orthogramic.metamodel import Severity

if TYPE_CHECKING:
    from orthogramic.validation.report import ValidationReport, ValidationResult

_WORDS = {Severity.VIOLATION: "Must mend", Severity.WARNING: "Should mend", Severity.INFO: "Note"}
_INDENT = "  "


def report_text(report: ValidationReport, limit: int | None = None) -> str:
    """Write a report for people.

    :param report: the report.
    :param limit: the greatest number of results to spell out; all by default.
    :returns: lines: a summary, then one block for each thing with its faults, gravest first.
    """
    if report.conforms:
        return "The data conforms: nothing to mend.\n"
    shown = report.results if limit is None else report.results[:limit]
    blocks = [_summary(report)]
    for (_, label), results in groupby(_by_focus(shown), key=_focus):
        blocks.append("\n".join([label, *(_result(each) for each in results)]))
    rest = len(report.results) - len(shown)
    if rest:
        blocks.append(f"… and {rest} more.")
    return "\n\n".join(blocks) + "\n"


def _summary(report: ValidationReport) -> str:
    verdict = "Accepted, with remarks" if report.accepted else "Not accepted"
    counts = [
        f"{count} {word if count == 1 else word + 's'}"
        for word, count in report.counts.items()
        if count
    ]
    return f"{verdict}: {', '.join(counts)}."


def _focus(result: ValidationResult) -> tuple[str, str]:
    return str(result.focus_node), result.focus_label


def _by_focus(results: tuple[ValidationResult, ...]) -> list[ValidationResult]:
    """Bring the results of one thing together, in the order of each thing's gravest result."""
    first: dict[tuple[str, str], int] = {}
    for number, each in enumerate(results):
        first.setdefault(_focus(each), number)
    return sorted(results, key=lambda each: first[_focus(each)])


def _result(result: ValidationResult) -> str:
    where = f"{result.source}:{result.line}" if result.source and result.line else result.source
    head = ", ".join(part for part in (_WORDS[result.severity], result.path_label, where) if part)
    lines = [f"{_INDENT}{head}", f"{_INDENT * 2}{result.message}"]
    if result.expected:
        lines.append(f"{_INDENT * 2}Expected: {result.expected}")
    if result.found:
        lines.append(f"{_INDENT * 2}Found: {result.found}")
    return "\n".join(lines)
