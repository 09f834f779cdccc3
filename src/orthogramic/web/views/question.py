"""The form of the question page: what was asked, and what can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from orthogramic.metamodel import Metamodel
from orthogramic.web.links import Parameter
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import Summary, domain_choices, entity_class_choices
from orthogramic.web.views.graphs import GraphName

DEPENDENCIES = "dependencies"
IMPACT = "impact"
DIRECTIONS = (DEPENDENCIES, IMPACT)
DIRECTION_WORDS = {
    DEPENDENCIES: "What it depends on",
    IMPACT: "Who or what is affected if it changes",
}
GROUPINGS = {"class": "By class", "domain": "By domain"}
MOST_HOPS = 64
MOST_PATHS = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field offers."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its address states it; without any source nothing was asked."""

    direction: str = DEPENDENCIES
    source: tuple[str, ...] = ()
    source_class: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    profile: str | None = None
    max_hops: int | None = None
    min_score: float | None = None
    via: tuple[str, ...] = ()
    graph: tuple[str, ...] = ()
    group_by: str | None = None
    paths: int = 1
    offset: int = 0

    @property
    def has_source(self) -> bool:
        """Whether anything is asked."""
        return bool(self.source or self.source_class)

    @classmethod
    def read(cls, query: QueryParams) -> Asked:
        """Read a question.

        :raises InvalidParameterError: if a value cannot be read.
        """
        return cls(
            direction=parameters.choice(query, "direction", DIRECTIONS),
            source=parameters.texts(query, "source"),
            source_class=parameters.texts(query, "source_class"),
            to=parameters.texts(query, "to"),
            domain=parameters.texts(query, "domain"),
            profile=parameters.text(query, "profile"),
            max_hops=parameters.whole_number(query, "max_hops", low=1, high=MOST_HOPS),
            min_score=parameters.fraction(query, "min_score"),
            via=parameters.texts(query, "via"),
            graph=parameters.texts(query, "graph"),
            group_by=parameters.choice(query, "group_by", ("", *GROUPINGS)) or None,
            paths=parameters.whole_number(query, "paths", default=1, low=1, high=MOST_PATHS) or 1,
            offset=parameters.offset(query),
        )

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page that asks this, without those left at their default."""
        return {
            "direction": self.direction,
            **self.interface(),
            "offset": self.offset or None,
        }

    def interface(self) -> dict[str, Parameter]:
        """Return the parameters of the HTTP interface that asks this, without paging."""
        return {
            "source": self.source,
            "source_class": self.source_class,
            "to": self.to,
            "domain": self.domain,
            "profile": self.profile,
            "max_hops": self.max_hops,
            "min_score": self.min_score,
            "via": self.via,
            "graph": self.graph,
            "group_by": self.group_by,
            "paths": self.paths if self.paths > 1 else None,
        }

    def turned(self) -> Asked:
        """Return the same question the other way round."""
        other = IMPACT if self.direction == DEPENDENCIES else DEPENDENCIES
        return replace(self, direction=other, to=(), domain=(), offset=0)


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The form with its choices, those of the question marked as chosen."""

    heading: str
    directions: tuple[Choice, ...]
    source: str
    source_classes: tuple[Choice, ...]
    classes: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    groupings: tuple[Choice, ...]
    graphs: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    max_hops: str
    min_score: str
    paths: str
    relationships: tuple[Choice, ...]
    narrowed: bool
    entities: tuple[Choice, ...]


def question_form(
    metamodel: Metamodel,
    asked: Asked,
    heading: str,
    entities: Iterable[Summary],
    graphs: Iterable[GraphName] = (),
) -> QuestionForm:
    """Make the form.

    :param asked: the question that its fields show.
    :param heading: title of the page.
    :param entities: entities to offer while a name is typed.
    :param graphs: the source graphs of the data.
    """
    classes = entity_class_choices(metamodel)
    return QuestionForm(
        heading=heading,
        directions=tuple(
            Choice(name, DIRECTION_WORDS[name], name == asked.direction) for name in DIRECTIONS
        ),
        source=asked.source[0] if asked.source else "",
        source_classes=_choices(classes, asked.source_class),
        classes=_choices(classes, asked.to),
        domains=_choices(domain_choices(metamodel), asked.domain),
        groupings=_choices(GROUPINGS.items(), (asked.group_by or "",)),
        graphs=_choices(((each.iri, each.label) for each in graphs), asked.graph),
        profiles=profile_choices(metamodel, asked.profile),
        max_hops=str(asked.max_hops or ""),
        min_score="" if asked.min_score is None else f"{asked.min_score:g}",
        paths=str(asked.paths),
        relationships=relationship_choices(metamodel, asked.via),
        narrowed=bool(asked.via or asked.graph),
        entities=entity_choices(entities),
    )


def _choices(named: Iterable[tuple[str, str]], chosen: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value in chosen) for value, label in named)


def profile_choices(metamodel: Metamodel, chosen: str | None) -> tuple[Choice, ...]:
    """Return the impact profiles as choices; without a choice the default one is chosen."""
    return tuple(
        Choice(
            each.name,
            f"{each.label} (default)" if each.is_default else each.label,
            each.name == chosen or (chosen is None and each.is_default),
        )
        for each in metamodel.profiles
    )


def relationship_choices(metamodel: Metamodel, chosen: Sequence[str]) -> tuple[Choice, ...]:
    """Return the relationships as choices, by label; the name tells apart those with one label."""
    found = metamodel.relationships()
    times = Counter(each.label for each in found)
    choices = (
        Choice(
            each.name,
            each.label if times[each.label] == 1 else f"{each.label} ({each.name})",
            each.name in chosen,
        )
        for each in found
    )
    return tuple(sorted(choices, key=lambda each: each.label.casefold()))


def entity_choices(entities: Iterable[Summary], value: str | None = None) -> tuple[Choice, ...]:
    """Return entities as choices: by title where that names one only, else by class and key.

    :param value: the value that is chosen now, in any form of name.
    """
    found = list(entities)
    labels = [each.label for each in found]
    choices = []
    for each in found:
        by_key = f"{each.class_name}/{each.key}"
        name = each.label if labels.count(each.label) == 1 else by_key
        chosen = value is not None and value in (each.label, by_key, each.iri)
        choices.append(Choice(name, f"{each.class_name} {each.key}", chosen))
    return tuple(choices)
