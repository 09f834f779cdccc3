"""Scenarios as JSON documents: the form in which every door hands them on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from orthogramic.errors import InvalidScenarioError
from orthogramic.repository.scenarios.scenario import (
    Add,
    Change,
    Create,
    Link,
    Move,
    Remove,
    Replace,
    Retire,
    Revise,
    Reweight,
    Scenario,
)
from orthogramic.repository.scenarios.texts import (
    LINK_FORM,
    link_of,
    moved_link_of,
    pair_of,
    revision_of,
    strength_of,
    weighted_link_of,
)
from orthogramic.repository.scenarios.turtle import read_turtle

_MEMBERS = frozenset({"title", "description", "changes", "turtle"})
#: A scenario is what somebody thinks up, not a load of data.
MOST_CHANGES = 10_000


def read_scenario(document: Mapping[str, Any]) -> Scenario:
    """Read a scenario.

    :param document: ``title``, ``changes`` (a list of objects, each with the kind of the change
        as a member, or of lines such as ``retire NAME``) and ``turtle`` (changes in Turtle), all
        of them optional.
    :raises InvalidScenarioError: naming the change, for what cannot be meant.
    :raises RdfSyntaxError: if the Turtle does not parse.
    """
    unknown = sorted(set(document) - _MEMBERS)
    if unknown:
        raise InvalidScenarioError(
            f"A scenario has no member {unknown[0]!r}; it has {', '.join(sorted(_MEMBERS))}."
        )
    listed = document.get("changes", [])
    if not isinstance(listed, list | tuple):
        raise InvalidScenarioError("The changes of a scenario are a list.")
    changes = [_numbered(number, each) for number, each in enumerate(listed, 1)]
    title = _text(document.get("title", ""), "The title")
    turtle = _text(document.get("turtle", ""), "The Turtle")
    if turtle:
        written = read_turtle(turtle.encode())
        changes += written.changes
        title = title or written.title
    if len(changes) > MOST_CHANGES:
        raise InvalidScenarioError(
            f"The scenario has {len(changes):,} changes; at most {MOST_CHANGES:,} are made at once."
        )
    return Scenario(tuple(changes), title)


def _numbered(number: int, change: Any) -> Change:
    try:
        return _change(change)
    except InvalidScenarioError as error:
        raise InvalidScenarioError(f"Change {number}: {error.detail}", change=number) from None


def _change(change: Any) -> Change:
    if isinstance(change, str):
        kind, _, said = change.strip().partition(" ")
        change = {kind.lower(): said.strip()}
    if not isinstance(change, Mapping):
        raise InvalidScenarioError(f"A change is an object, not {change!r}.")
    kinds = [each for each in change if each in _KINDS]
    if len(kinds) != 1:
        raise InvalidScenarioError(
            f"A change is one of {', '.join(_KINDS)}; this one is "
            f"{' and '.join(kinds) or 'none of them'}."
        )
    read, others = _KINDS[kinds[0]]
    unknown = sorted(set(change) - {kinds[0], *others})
    if unknown:
        raise InvalidScenarioError(f"{kinds[0]} does not go with {unknown[0]!r}.")
    return read(change[kinds[0]], change)


def _retire(said: Any, _: Mapping[str, Any]) -> Change:
    return Retire(_name(said))


def _remove(said: Any, _: Mapping[str, Any]) -> Change:
    return Remove(_link(said))


def _add(said: Any, change: Mapping[str, Any]) -> Change:
    link, strength = weighted_link_of(said) if isinstance(said, str) else (_link(said), None)
    return Add(link, strength_of(change["strength"]) if "strength" in change else strength)


def _reweight(said: Any, change: Mapping[str, Any]) -> Change:
    link, strength = weighted_link_of(said) if isinstance(said, str) else (_link(said), None)
    if "strength" in change:
        strength = strength_of(change["strength"])
    if strength is None:
        raise InvalidScenarioError(f"Say the new strength, 1 to 5: {LINK_FORM} = STRENGTH.")
    return Reweight(link, strength)


def _move(said: Any, change: Mapping[str, Any]) -> Change:
    if isinstance(said, str) and "to" not in change:
        return Move(*moved_link_of(said))
    return Move(_link(said), _name(change.get("to")))


def _replace(said: Any, change: Mapping[str, Any]) -> Change:
    if "by" in change:
        return Replace(_name(said), _name(change["by"]))
    return Replace(*pair_of(_name(said)))


def _create(said: Any, _: Mapping[str, Any]) -> Change:
    if not isinstance(said, Mapping):
        raise InvalidScenarioError("What is created is a document: an object with its class.")
    return Create(dict(said))


def _revise(said: Any, change: Mapping[str, Any]) -> Change:
    if "members" not in change:
        name, member, value = revision_of(_name(said))
        return Revise(name, {member: _value(value)})
    members = change["members"]
    if not isinstance(members, Mapping):
        raise InvalidScenarioError("The members that are set are an object.")
    return Revise(_name(said), dict(members))


_KINDS: Mapping[str, tuple[Callable[[Any, Mapping[str, Any]], Change], tuple[str, ...]]] = {
    "retire": (_retire, ()),
    "replace": (_replace, ("by",)),
    "add": (_add, ("strength",)),
    "remove": (_remove, ()),
    "reweight": (_reweight, ("strength",)),
    "move": (_move, ("to",)),
    "create": (_create, ()),
    "set": (_revise, ("members",)),
}


def _link(said: Any) -> Link:
    if isinstance(said, str):
        return link_of(said)
    if not isinstance(said, Mapping) or set(said) != {"source", "relationship", "target"}:
        raise InvalidScenarioError("A link has a source, a relationship and a target.")
    return Link(_name(said["source"]), _name(said["relationship"]), _name(said["target"]))


def _name(said: Any) -> str:
    if not isinstance(said, str) or not said.strip():
        raise InvalidScenarioError(f"A name is expected, not {said!r}.")
    return said.strip()


def _text(said: Any, what: str) -> str:
    if not isinstance(said, str):
        raise InvalidScenarioError(f"{what} of a scenario is text, not {said!r}.")
    return said


def _value(text: str) -> Any:
    """Read a value as JSON where it is a number or a truth value, else as text."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, bool | int | float) else text
