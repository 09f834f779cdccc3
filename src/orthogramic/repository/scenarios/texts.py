"""How a person types a change: ``SOURCE -> relationship -> TARGET``, ``OLD = NEW``."""

from __future__ import annotations

import re

from orthogramic.errors import InvalidScenarioError
from orthogramic.repository.scenarios.scenario import GREATEST_STRENGTH, Link

#: Arrows stand between blanks, so that a name may hold one without; else they need none.
_ARROWS = (re.compile(r"\s+->\s+"), re.compile(r"\s*->\s*"))
_EQUALS = (re.compile(r"\s+=\s+"), re.compile(r"="))
_ENDING = re.compile(r"(.*\S)\s*=\s*([+-]?\d[\d.]*)\s*", re.DOTALL)
_STRENGTHS = frozenset(str(each) for each in range(1, GREATEST_STRENGTH + 1))

LINK_FORM = "SOURCE -> relationship -> TARGET"


def link_of(text: str) -> Link:
    """Read a link.

    :raises InvalidScenarioError: if the text does not have three parts.
    """
    return Link(*_parts(text, 3, LINK_FORM))


def moved_link_of(text: str) -> tuple[Link, str]:
    """Read a link and where it leads from now on.

    :raises InvalidScenarioError: if the text does not have four parts.
    """
    source, relationship, old, new = _parts(text, 4, f"{LINK_FORM} -> NEW TARGET")
    return Link(source, relationship, old), new


def weighted_link_of(text: str) -> tuple[Link, int | None]:
    """Read a link, and its strength if one stands behind it.

    :raises InvalidScenarioError: if it is no link, or the strength is not 1 to 5.
    """
    ending = _ENDING.fullmatch(text)
    if ending is None:
        return link_of(text), None
    return link_of(ending[1]), strength_of(ending[2])


def strength_of(value: object) -> int:
    """Read a strength.

    :raises InvalidScenarioError: if it is no whole number from 1 to 5.
    """
    if isinstance(value, bool) or str(value).strip() not in _STRENGTHS:
        raise InvalidScenarioError(
            f"A strength is a whole number from 1 to {GREATEST_STRENGTH}, not {value}."
        )
    return int(str(value))


def pair_of(text: str) -> tuple[str, str]:
    """Read ``OLD = NEW``.

    :raises InvalidScenarioError: if there are not two names.
    """
    for each in _EQUALS:
        parts = [part.strip() for part in each.split(text)]
        if len(parts) == 2 and all(parts):  # noqa: PLR2004 - a pair
            return parts[0], parts[1]
    raise InvalidScenarioError(f"A replacement is written OLD = NEW, not {text!r}.")


def revision_of(text: str) -> tuple[str, str, str]:
    """Read ``NAME -> member = VALUE``.

    :raises InvalidScenarioError: if one of the three is missing.
    """
    for each in _ARROWS:
        name, _, rest = _partition(each, text)
        member, equals, value = rest.partition("=")
        if name.strip() and member.strip() and equals:
            return name.strip(), member.strip(), value.strip()
    raise InvalidScenarioError(f"A value is written NAME -> member = VALUE, not {text!r}.")


def _partition(separator: re.Pattern[str], text: str) -> tuple[str, str, str]:
    found = separator.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _parts(text: str, count: int, form: str) -> list[str]:
    for each in _ARROWS:
        parts = [part.strip() for part in each.split(text)]
        if len(parts) == count and all(parts):
            return parts
    raise InvalidScenarioError(f"A link is written {form}, not {text!r}.")
