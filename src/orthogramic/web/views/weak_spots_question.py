"""The form of the page of weak spots: what was asked, and what can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from orthogramic.metamodel import Metamodel
from orthogramic.web.links import Parameter
from orthogramic.web.views import parameters
from orthogramic.web.views.classes import Summary, entity_class_choices
from orthogramic.web.views.question import (
    DIRECTIONS,
    Choice,
    entity_choices,
    profile_choices,
    relationship_choices,
)

KINDS = {
    "dominators": "Single points between two sets",
    "cut": "Fewest entities that part two sets",
    "articulation": "What holds the graph together",
    "cycles": "What leads back to itself",
    "betweenness": "What lies between others most often",
    "pagerank": "What most of everything leans on",
}
#: Kinds that look between two sets.
OF_TWO_SETS = ("dominators", "cut")
#: Kinds that are measures of centrality.
MEASURES = ("betweenness", "pagerank")
DIRECTION_WORDS = {
    "dependencies": "From what needs to what is needed",
    "impact": "From what changes to what is affected",
}


@dataclass(frozen=True, slots=True)
class AskedWeakSpots:
    """A question as its address states it; without a kind nothing was asked."""

    kind: str | None = None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    direction: str = "dependencies"
    classes: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    certain: bool = False
    profile: str | None = None
    offset: int = 0

    @classmethod
    def read(cls, query: QueryParams) -> AskedWeakSpots:
        """Read a question.

        :raises InvalidParameterError: if a value cannot be read.
        """
        return cls(
            kind=parameters.choice(query, "kind", tuple(KINDS)) if "kind" in query else None,
            source=parameters.texts(query, "source"),
            target=parameters.texts(query, "target"),
            direction=parameters.choice(query, "direction", DIRECTIONS),
            classes=parameters.texts(query, "class"),
            via=parameters.texts(query, "via"),
            certain=parameters.choice(query, "certain", ("false", "true")) == "true",
            profile=parameters.text(query, "profile"),
            offset=parameters.offset(query),
        )

    @classmethod
    def sets(cls, query: QueryParams) -> AskedWeakSpots:
        """Read only the two sets, which cannot be unreadable, so that a form keeps them."""
        found = (parameters.texts(query, "source"), parameters.texts(query, "target"))
        return cls(source=found[0], target=found[1])

    @property
    def complete(self) -> bool:
        """Whether everything that the kind needs is named."""
        between = bool(self.source and self.target)
        return self.kind is not None and (between or self.kind not in OF_TWO_SETS)

    @property
    def method(self) -> str:
        """The name of the question in the interface for programs."""
        return "centrality" if self.kind in MEASURES else str(self.kind)

    def options(self) -> dict[str, Any]:
        """Return what the repository is asked, without the sets and the page."""
        found: dict[str, Any] = {
            "via": self.via,
            "certain": self.certain,
            "classes": self.classes,
            "profile": self.profile,
        }
        if self.kind != "articulation":
            found["direction"] = self.direction
        return {**found, "measure": self.kind} if self.kind in MEASURES else found

    def interface(self) -> dict[str, Parameter]:
        """Return the parameters of the HTTP interface that asks this, without paging."""
        options = self.options()
        named = {"class": options.pop("classes"), "certain": options.pop("certain")}
        between = self.kind in OF_TWO_SETS
        ends = {"source": self.source, "target": self.target} if between else {}
        return {**ends, **options, **named, "certain": "true" if named["certain"] else None}

    def address(self) -> dict[str, Parameter]:
        """Return the parameters of the page that asks this."""
        return {
            "kind": self.kind,
            "source": self.source,
            "target": self.target,
            "direction": self.direction,
            "class": self.classes,
            "via": self.via,
            "certain": "true" if self.certain else None,
            "profile": self.profile,
            "offset": self.offset or None,
        }


@dataclass(frozen=True, slots=True)
class WeakSpotsForm:
    """The form with its choices, those of the question marked as chosen.

    :param kept: fields that are sent along unseen: name and value.
    """

    kinds: tuple[Choice, ...]
    source: str
    target: str
    directions: tuple[Choice, ...]
    classes: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    certain: bool
    relationships: tuple[Choice, ...]
    via_chosen: bool
    kept: tuple[tuple[str, str], ...]
    offered: tuple[Choice, ...]


def weak_spots_form(
    metamodel: Metamodel, asked: AskedWeakSpots, entities: Iterable[Summary]
) -> WeakSpotsForm:
    """Make the form.

    :param entities: entities to offer while a name is typed; classes are offered as well.
    """
    classes = entity_class_choices(metamodel)
    sets = tuple(Choice(f"class:{name}", f"all of {label}") for name, label in classes)
    chosen = asked.kind or "dominators"
    rest = (("source", asked.source[1:]), ("target", asked.target[1:]))
    return WeakSpotsForm(
        kinds=tuple(Choice(name, label, name == chosen) for name, label in KINDS.items()),
        source=asked.source[0] if asked.source else "",
        target=asked.target[0] if asked.target else "",
        directions=tuple(
            Choice(name, label, name == asked.direction) for name, label in DIRECTION_WORDS.items()
        ),
        classes=tuple(Choice(name, label, name in asked.classes) for name, label in classes),
        profiles=profile_choices(metamodel, asked.profile),
        certain=asked.certain,
        relationships=relationship_choices(metamodel, asked.via),
        via_chosen=bool(asked.via),
        kept=tuple((name, value) for name, values in rest for value in values),
        offered=(*sets, *entity_choices(entities)),
    )
