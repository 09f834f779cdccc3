"""What the shapes say: of everything, in pages, and of one entity in a panel beside its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from orthogramic.metamodel import ClassTerm, Metamodel, Severity
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.standing_report import StandingReport
from orthogramic.validation import ValidationResult
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views.classes import (
    EntityLink,
    class_reference,
    entity_class_choices,
    entity_link,
)
from orthogramic.web.views.paging import Pager

WORDS = {Severity.VIOLATION: "must mend", Severity.WARNING: "should mend", Severity.INFO: "note"}
#: What results of a severity are called: one, and several.
SEVERITY_COUNTED = {
    Severity.VIOLATION: ("violation", "violations"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}

#: Kinds of results that a page shows.
MOST_KINDS = 10

#: Leads from the IRI of a node to the entities whose matter it is.
Owners = Callable[[str], tuple[EntitySummary, ...]]


@dataclass(frozen=True, slots=True)
class ResultView:
    """One result: ``part`` names what it is about where that is not the entity itself."""

    severity: str
    word: str
    part: str
    path: str
    message: str
    expected: str
    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """The results of one entity that follow each other."""

    entity: EntityLink
    results: tuple[ResultView, ...]


@dataclass(frozen=True, slots=True)
class CountView:
    """How many results there are of a severity, and where they are."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class KindView:
    """What is said of several things."""

    severity: str
    word: str
    message: str
    things: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which results are asked for, as the form sent it."""

    severity: str | None = None
    class_name: str | None = None
    entity: str | None = None

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page."""
        return {"severity": self.severity, "class": self.class_name, "entity": self.entity}


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """One page of the results."""

    asked: Asked
    counts: tuple[CountView, ...]
    severities: tuple[tuple[str, str], ...]
    classes: tuple[tuple[str, str], ...]
    class_name: str
    summary: str
    kinds: tuple[KindView, ...]
    other_kinds: int
    groups: tuple[ResultGroup, ...]
    pager: Pager
    json: str
    mends: str


@dataclass(frozen=True, slots=True)
class ResultsPanel:
    """The results of one entity and its parts; ``hidden`` counts those that are not shown."""

    results: tuple[ResultView, ...]
    gravest: str
    hidden: int
    href: str


def results_page(
    metamodel: Metamodel,
    links: Links,
    report: StandingReport,
    asked: Asked,
    chosen: ClassTerm | None,
    owners: Owners,
) -> ResultsPage:
    """Describe one page of the results.

    :param chosen: the class that the results are limited to.
    """
    results = report.report.results
    pager = Pager.of(
        offset=report.offset,
        shown=len(results),
        total=report.total,
        limit=report.limit,
        address=lambda offset: links.to(
            "/results", **{**asked.address(), "offset": offset or None}
        ),
    )
    return ResultsPage(
        asked=asked,
        counts=tuple(_counts(links, report, asked)),
        severities=tuple((each.value, SEVERITY_COUNTED[each][1]) for each in Severity),
        classes=entity_class_choices(metamodel),
        class_name=class_reference(metamodel, chosen) if chosen else "",
        summary=_summary(report, asked),
        kinds=tuple(
            KindView(
                each.example.severity.value,
                WORDS[each.example.severity],
                each.example.message,
                each.things,
            )
            for each in report.kinds[:MOST_KINDS]
        ),
        other_kinds=len(report.kinds[MOST_KINDS:]),
        groups=_groups(metamodel, links, results, owners),
        pager=pager,
        json=links.api("results", asked.address()),
        mends=links.api("mends", {**asked.address(), "class": None}),
    )


def results_panel(report: StandingReport, entity: EntitySummary, links: Links) -> ResultsPanel:
    """Describe the results of one entity and its parts."""
    results = report.report.results
    return ResultsPanel(
        results=tuple(_result(each, entity.label) for each in results),
        gravest=results[0].severity.value if results else "",
        hidden=report.total - len(results),
        href=links.to("/results", entity=f"{entity.class_name}/{entity.key}"),
    )


def _counts(links: Links, report: StandingReport, asked: Asked) -> Iterable[CountView]:
    for each in Severity:
        count = report.counts[each.value]
        yield CountView(
            label=SEVERITY_COUNTED[each][count != 1],
            count=count,
            href=links.results(each.value),
            chosen=asked == Asked(severity=each.value),
        )


def _groups(
    metamodel: Metamodel, links: Links, results: Iterable[ValidationResult], owners: Owners
) -> tuple[ResultGroup, ...]:
    known: dict[str, EntityLink] = {}

    def about(result: ValidationResult) -> EntityLink:
        focus = str(result.focus_node)
        if focus not in known:
            known[focus] = _owner(metamodel, links, result, owners)
        return known[focus]

    return tuple(
        ResultGroup(entity, tuple(_result(each, entity.label) for each in found))
        for entity, found in groupby(results, about)
    )


def _owner(
    metamodel: Metamodel, links: Links, result: ValidationResult, owners: Owners
) -> EntityLink:
    focus = result.focus_node
    if isinstance(focus, NamedNode):
        for each in owners(focus.value):
            return entity_link(metamodel, links, each)
    return EntityLink(str(focus), result.focus_label, "", "not described here", "", "")


def _result(result: ValidationResult, entity: str) -> ResultView:
    return ResultView(
        severity=result.severity.value,
        word=WORDS[result.severity],
        part=result.focus_label if result.focus_label != entity else "",
        path=result.path_label or "",
        message=result.message,
        expected=result.expected,
        found=result.found,
        mend=result.mend,
    )


def _summary(report: StandingReport, asked: Asked) -> str:
    total, shown, offset = report.total, len(report.report.results), report.offset
    if not total:
        return "Nothing to mend." if asked == Asked() else "Nothing of that kind was found."
    if not shown:
        return f"There are {total}, and none after the first {offset}."
    found = "1 found" if total == 1 else f"{total} found"
    return f"{found}." if shown == total else f"{found}, {offset + 1} to {offset + shown} shown."
