"""Problems in words that help: what is wrong, where, and which names may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from orthogramic.errors import AmbiguousNameError

#: Address of the page to go on with, for an entity given by ``iri``, ``label`` and ``class``.
Continue = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entity that may have been meant."""

    label: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text with a fault in it; ``marked`` is what stands at the fault."""

    before: str
    marked: str = ""
    after: str = ""
    fault: bool = False


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem as a page shows it."""

    status: int
    title: str
    detail: str
    choices: tuple[Choice, ...]
    choices_heading: str
    listing: tuple[Line, ...] = ()


def problem_view(
    problem: Mapping[str, Any], address: Continue, source_text: str | None = None
) -> ProblemView:
    """Describe a problem document.

    :param problem: ``title``, ``status``, ``detail`` and perhaps ``suggestions``, ``candidates``,
        ``line`` and ``column``.
    :param address: where each suggested entity leads.
    :param source_text: the text that ``line`` and ``column`` are about.
    """
    ambiguous = problem.get("code") == AmbiguousNameError.code
    named = problem.get("candidates" if ambiguous else "suggestions") or ()
    # Some problems suggest plain words (of parameters); only entities have pages.
    entities = [each for each in named if isinstance(each, Mapping)]
    listing: tuple[Line, ...] = ()
    if source_text and problem.get("line"):
        listing = marked_lines(source_text, int(problem["line"]), problem.get("column"))
    return ProblemView(
        status=int(problem.get("status", 500)),
        title=str(problem.get("title", "Something went wrong")),
        detail=str(problem.get("detail", "")),
        choices=tuple(
            Choice(str(each.get("label", "")), str(each.get("class", "")), address(each))
            for each in entities
        ),
        choices_heading="Which one is meant?" if ambiguous else "Perhaps one of these is meant:",
        listing=listing,
    )


def marked_lines(text: str, line: int, column: int | None) -> tuple[Line, ...]:
    """Split a text into lines and mark the place of a fault.

    :param line: line of the fault, from 1; past the end means the last line.
    :param column: column of the fault, from 1; ``None`` marks the whole line.
    """
    lines = text.splitlines() or [""]
    at = min(line, len(lines))
    return tuple(
        _marked(content, column) if number == at else Line(content)
        for number, content in enumerate(lines, start=1)
    )


def _marked(content: str, column: int | None) -> Line:
    if column is None:
        return Line("", content or " ", "", fault=True)
    start = min(max(column - 1, 0), len(content))
    end = start + 1
    while end < len(content) and not content[end].isspace() and content[start : start + 1].strip():
        end += 1
    return Line(content[:start], content[start:end] or " ", content[end:], fault=True)
