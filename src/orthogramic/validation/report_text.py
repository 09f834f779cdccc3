"""A validation report in plain words: labels instead of IRIs, grouped by what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from orthogramic.metamodel import Severity

if TYPE_CHECKING:
    from orthogramic.validation.report import ValidationReport, ValidationResult

_WORDS = {Severity.VIOLATION: "Must mend", Severity.WARNING: "Should mend", Severity.INFO: "Note"}
_INDENT = "  "
#: Of more results than these a reader wants to know first what kinds there are.
_MANY = 20
_MOST_KINDS = 30


def report_text(report: ValidationReport, limit: int | None = None) -> str:
    """Write a report for people.

    :param report: the report.
    :param limit: the greatest number of results to spell out; all by default.
    :returns: lines: a summary, the kinds of faults with their number where there are many, then
        one block for each thing with its faults, gravest first.
    """
    if report.conforms:
        return "The data conforms: nothing to mend.\n"
    shown = report.results if limit is None else report.results[:limit]
    blocks = [_summary(report)]
    if len(report.results) > _MANY:
        blocks += filter(None, [_kinds(report.results)])
    names = _Names(report.results)
    for _, results in groupby(_by_focus(shown), key=_focus):
        those = list(results)
        blocks.append("\n".join([names.of(those[0]), *map(_told, _together(those))]))
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


def _kinds(results: tuple[ValidationResult, ...]) -> str:
    """Count the things that have the same said of them, the gravest and most frequent first."""
    things = {(each.severity, each.message, each.path_label, _focus(each)) for each in results}
    counts = Counter(each[:3] for each in things)
    order = list(_WORDS)
    ranked = sorted(
        counts.items(), key=lambda item: (order.index(item[0][0]), -item[1], str(item[0]))
    )
    repeated = [each for each in ranked if each[1] > 1]
    lines = ["What is said more than once:"] if repeated else []
    for (severity, message, _), count in repeated[:_MOST_KINDS]:
        lines.append(f"{_INDENT}{count} × {_WORDS[severity]}: {_first_sentence(message)}.")
    rest = len(repeated) - _MOST_KINDS
    if rest > 0:
        lines.append(f"{_INDENT}… and {rest} other kinds")
    return "\n".join(lines)


def _first_sentence(message: str) -> str:
    return message.partition(". ")[0].rstrip(".")


def _focus(result: ValidationResult) -> tuple[str, str]:
    return str(result.focus_node), result.focus_label


def _by_focus(results: tuple[ValidationResult, ...]) -> list[ValidationResult]:
    """Bring the results of one thing together, in the order of each thing's gravest result."""
    first: dict[tuple[str, str], int] = {}
    for number, each in enumerate(results):
        first.setdefault(_focus(each), number)
    return sorted(results, key=lambda each: first[_focus(each)])


class _Names:
    """Names things; one that shares its name with another is told apart by its key."""

    def __init__(self, results: Iterable[ValidationResult]) -> None:
        self._holders = Counter(label for _, label in {_focus(each) for each in results})

    def of(self, result: ValidationResult) -> str:
        focus, label = result.focus_node, result.focus_label
        if self._holders[label] > 1 and isinstance(focus, NamedNode):
            key = focus.value.rstrip("/#").rpartition("/")[2]
            return f"{label} ({key})" if key != label else label
        return label


def _together(results: list[ValidationResult]) -> list[list[ValidationResult]]:
    """Bring together what is one fault to a reader: the same said of the same value."""
    faults: dict[tuple[object, ...], list[ValidationResult]] = {}
    for each in results:
        key = (each.severity, each.path_label, each.place, each.message, each.value)
        faults.setdefault(key, []).append(each)
    return list(faults.values())


def _told(results: list[ValidationResult]) -> str:
    """Tell one fault; what is expected may have several parts."""
    first = results[0]
    place = str(first.place) if first.place else None
    head = ", ".join(part for part in (_WORDS[first.severity], first.path_label, place) if part)
    lines = [f"{_INDENT}{head}", f"{_INDENT * 2}{first.message}"]
    for title, name in (("Expected", "expected"), ("Found", "found"), ("To mend it", "mend")):
        said = list(dict.fromkeys(filter(None, (getattr(each, name) for each in results))))
        if title == "Expected":
            said = ["; ".join(said)] if said else []
        lines += [f"{_INDENT * 2}{title}: {each}" for each in said[:1]]
    return "\n".join(lines)
