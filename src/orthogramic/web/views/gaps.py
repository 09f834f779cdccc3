"""The page of gaps: how much of what is expected is there, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode
from starlette.datastructures import QueryParams

from orthogramic.analysis.gaps import Coverage, Gap, GapAnswer
from orthogramic.metamodel import Metamodel, Severity
from orthogramic.repository.statistics import GraphSummary
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import EntityLink, class_reference, entity_class_choices
from orthogramic.web.views.paging import Pager
from orthogramic.web.views.question import Choice, profile_choices, relationship_choices
from orthogramic.web.views.reasons import Describe
from orthogramic.web.views.results import SEVERITY_COUNTED, WORDS

HEADINGS = {
    "class": "By class",
    "domain": "By domain",
    "shape": "By what is expected",
    "relationship": "By relationship",
}


@dataclass(frozen=True, slots=True)
class AskedGaps:
    """Which gaps are asked for, as the form sent it."""

    class_name: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    graph: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    cutting: bool = False
    profile: str | None = None
    offset: int = 0

    @classmethod
    def read(cls, query: QueryParams) -> AskedGaps:
        """Read a question.

        :raises InvalidParameterError: if a value cannot be read.
        """
        return cls(
            class_name=parameters.texts(query, "class"),
            domain=parameters.texts(query, "domain"),
            graph=parameters.texts(query, "graph"),
            via=parameters.texts(query, "via"),
            severity=parameters.texts(query, "severity"),
            cutting=parameters.choice(query, "cutting", ("false", "true")) == "true",
            profile=parameters.text(query, "profile"),
            offset=parameters.offset(query),
        )

    def question(self) -> dict[str, Any]:
        """Return the question as the repository takes it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page."""
        return {
            "class": self.class_name,
            "domain": self.domain,
            "graph": self.graph,
            "via": self.via,
            "severity": self.severity,
            "cutting": "true" if self.cutting else None,
            "profile": self.profile,
            "offset": self.offset or None,
        }


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of something is covered, as a bar beside its numbers."""

    label: str
    href: str
    entities: int
    expected: int
    missing: int
    share: float


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of one way to count."""

    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class GapView:
    """One gap as a row."""

    entity: EntityLink
    severity: str
    word: str
    sentence: str
    message: str
    mend: str
    weight: float
    share: float
    cuts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapsPage:
    """The page of gaps."""

    asked: AskedGaps
    classes: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    graphs: tuple[Choice, ...]
    relationships: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    summary: str
    notes: tuple[str, ...]
    bars: tuple[Bars, ...]
    gaps: tuple[GapView, ...]
    pager: Pager
    json: str


def gaps_page(
    metamodel: Metamodel,
    links: Links,
    answer: GapAnswer,
    asked: AskedGaps,
    graphs: Iterable[GraphSummary],
    describe: Describe,
) -> GapsPage:
    """Describe a page of gaps.

    :param graphs: the sources that the form offers.
    """
    heaviest = max((each.weight for each in answer.gaps), default=0.0) or 1.0
    return GapsPage(
        asked=asked,
        classes=_choices(entity_class_choices(metamodel), asked.class_name),
        domains=_choices(_domains(metamodel), asked.domain),
        graphs=_choices(((each.iri, each.label or each.iri) for each in graphs), asked.graph),
        relationships=relationship_choices(metamodel, asked.via),
        severities=_choices(
            ((each.value, SEVERITY_COUNTED[each][1]) for each in Severity), asked.severity
        ),
        profiles=profile_choices(metamodel, asked.profile),
        summary=_summary(answer),
        notes=answer.notes,
        bars=tuple(
            Bars(HEADINGS[name], tuple(_bar(metamodel, links, asked, name, each) for each in found))
            for name, found in answer.coverage.items()
            if found
        ),
        gaps=tuple(_gap(each, heaviest, describe) for each in answer.gaps),
        pager=Pager.of(
            offset=answer.offset,
            shown=len(answer.gaps),
            total=answer.total,
            limit=answer.limit or 1,
            address=lambda offset: links.to("/gaps", **replace(asked, offset=offset).address()),
        ),
        json=links.api("gaps", replace(asked, offset=0).address()),
    )


def _domains(metamodel: Metamodel) -> Iterable[tuple[str, str]]:
    used = {each.module for each in metamodel.entity_classes()}
    found = ((iri.value, each.label) for iri, each in metamodel.modules.items() if iri in used)
    return sorted(found, key=lambda each: (each[1].casefold(), each[0]))


def _choices(offered: Iterable[tuple[str, str]], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return what a field offers; it shows the first of several that are chosen."""
    meant = chosen[:1]
    return tuple(Choice(value, label, value in meant or label in meant) for value, label in offered)


def _bar(
    metamodel: Metamodel, links: Links, asked: AskedGaps, name: str, coverage: Coverage
) -> Bar:
    narrowed = None
    if name == "class":
        term = metamodel.classes[NamedNode(coverage.iri)]
        narrowed = replace(asked, class_name=(class_reference(metamodel, term),), offset=0)
    elif name == "domain" and coverage.iri:
        narrowed = replace(asked, domain=(coverage.iri,), offset=0)
    elif name == "relationship":
        narrowed = replace(asked, via=(metamodel.curie(coverage.iri),), offset=0)
    return Bar(
        label=coverage.label or "no domain",
        href=links.to("/gaps", **narrowed.address()) if narrowed else "",
        entities=coverage.entities,
        expected=coverage.expected,
        missing=coverage.missing,
        share=coverage.share,
    )


def _gap(gap: Gap, heaviest: float, describe: Describe) -> GapView:
    return GapView(
        entity=describe(gap.entity),
        severity=gap.severity,
        word=WORDS[Severity(gap.severity)],
        sentence=gap.sentence,
        message=gap.message,
        mend=gap.mend,
        weight=gap.weight,
        share=gap.weight / heaviest,
        cuts=tuple(f"{each.answers} of {each.direction}" for each in gap.cuts),
    )


def _summary(answer: GapAnswer) -> str:
    if not answer.total:
        return "Nothing of that kind is missing."
    shown = len(answer.gaps)
    if not shown:
        return f"There are {answer.total}, and none after the first {answer.offset}."
    found = "1 link is missing" if answer.total == 1 else f"{answer.total} links are missing"
    if shown == answer.total:
        return f"{found}."
    return f"{found}, {answer.offset + 1} to {answer.offset + shown} shown."
