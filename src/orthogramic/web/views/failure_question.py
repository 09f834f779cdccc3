"""The form of the failure page: what fails, and which dependents are wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from orthogramic.metamodel import Metamodel
from orthogramic.web.links import Parameter
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import Summary, entity_class_choices
from orthogramic.web.views.question import Choice, entity_choices, profile_choices

STATES = {
    "": "lost or degraded",
    "lost": "lost",
    "degraded": "degraded",
    "untouched": "untouched",
}


@dataclass(frozen=True, slots=True)
class AskedFailure:
    """A failure as its address states it; without an entity nothing was asked."""

    remove: tuple[str, ...] = ()
    degrade: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    state: str = ""
    certain: bool = False
    profile: str | None = None
    offset: int = 0

    @classmethod
    def read(cls, query: QueryParams) -> AskedFailure:
        """Read a question.

        :raises InvalidParameterError: if a value cannot be read.
        """
        return replace(
            cls.entities(query),
            state=parameters.choice(query, "state", tuple(STATES)),
            certain=parameters.choice(query, "certain", ("false", "true")) == "true",
            offset=parameters.offset(query),
        )

    @classmethod
    def entities(cls, query: QueryParams) -> AskedFailure:
        """Read what cannot be unreadable, so that a form keeps it."""
        return cls(
            remove=parameters.texts(query, "remove"),
            degrade=parameters.texts(query, "degrade"),
            to=parameters.texts(query, "to"),
            domain=parameters.texts(query, "domain"),
            profile=parameters.text(query, "profile"),
        )

    @property
    def complete(self) -> bool:
        """Whether something fails."""
        return bool(self.remove or self.degrade)

    def interface(self) -> dict[str, Parameter]:
        """Return the parameters of the HTTP interface that asks this, without paging."""
        return {
            "remove": self.remove,
            "degrade": self.degrade,
            "to": self.to,
            "domain": self.domain,
            "state": self.state or None,
            "certain": "true" if self.certain else None,
            "profile": self.profile,
        }

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page that asks this."""
        return {**self.interface(), "offset": self.offset or None}


@dataclass(frozen=True, slots=True)
class FailureForm:
    """The form with its choices, those of the question marked as chosen."""

    heading: str
    remove: tuple[str, ...]
    degrade: tuple[str, ...]
    classes: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    states: tuple[Choice, ...]
    certain: bool
    profiles: tuple[Choice, ...]
    entities: tuple[Choice, ...]


def failure_form(
    metamodel: Metamodel, asked: AskedFailure, heading: str, entities: Iterable[Summary]
) -> FailureForm:
    """Make the form.

    :param asked: the question that its fields show.
    :param heading: title of the page.
    :param entities: entities to offer while a name is typed.
    """
    modules = {each.module for each in metamodel.entity_classes()}
    labels = sorted(term.label for iri, term in metamodel.modules.items() if iri in modules)
    return FailureForm(
        heading=heading,
        remove=asked.remove,
        degrade=asked.degrade,
        classes=tuple(
            Choice(name, label, name in asked.to) for name, label in entity_class_choices(metamodel)
        ),
        domains=tuple(Choice(each, each, each in asked.domain) for each in labels),
        states=tuple(Choice(each, word, each == asked.state) for each, word in STATES.items()),
        certain=asked.certain,
        profiles=profile_choices(metamodel, asked.profile),
        entities=entity_choices(entities),
    )
