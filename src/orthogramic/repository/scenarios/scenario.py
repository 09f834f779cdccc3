"""Scenarios: sets of changes in the names that a person typed, not yet looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pyoxigraph import Quad, Triple

GREATEST_STRENGTH = 5


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two entities, by their names and that of the relationship."""

    source: str
    relationship: str
    target: str

    def __str__(self) -> str:
        return f"{self.source} -> {self.relationship} -> {self.target}"


@dataclass(frozen=True, slots=True)
class Retire:
    """An entity goes, with its parts, its links and the links of others to it."""

    entity: str


@dataclass(frozen=True, slots=True)
class Replace:
    """An entity goes, and another one takes over its links."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Add:
    """A link comes; with a strength it is one that carries facts."""

    link: Link
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """A link goes."""

    link: Link


@dataclass(frozen=True, slots=True)
class Reweight:
    """A link gets another strength, 1 to 5."""

    link: Link
    strength: int


@dataclass(frozen=True, slots=True)
class Move:
    """A link leads to another entity, and keeps its facts."""

    link: Link
    to: str


@dataclass(frozen=True, slots=True)
class Create:
    """An entity comes, as its document says."""

    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Revise:
    """Members of an entity get other values, by a JSON merge patch of its document."""

    entity: str
    members: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """A statement comes; its graph is said by where its subject is described."""

    statement: Quad


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A statement goes, from every graph that makes it."""

    statement: Triple


Change: TypeAlias = (
    Retire | Replace | Add | Remove | Reweight | Move | Create | Revise | State | Withdraw
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes that are made together.

    What they mean does not depend on their order: each is read against what is there, none
    against what another one of them leaves.

    :param title: what people call it.
    """

    changes: tuple[Change, ...] = ()
    title: str = ""
