"""What is wrong with a document, and where in it: JSON pointers (RFC 6901)."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from orthogramic.errors import InvalidDocumentError

_LONGEST = 60


def below(pointer: str, token: str | int) -> str:
    """Return the pointer to a member, or item, of what a pointer leads to."""
    escaped = str(token).replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{escaped}"


def unknown_member(
    name: str, pointer: str, known: Iterable[str], what: str
) -> InvalidDocumentError:
    """Return the error for a member that nothing reads, with near names.

    :param what: what the document describes, for the sentence.
    """
    names = sorted(known)
    folded = {each.casefold(): each for each in reversed(names)}
    near = [folded[each] for each in get_close_matches(name.casefold(), folded, n=3)]
    hint = f"; did you mean {' or '.join(near)}?" if near else "."
    return InvalidDocumentError(
        f"{what} has no member {shown(name)}{hint}",
        pointer=below(pointer, name),
        suggestions=near,
    )


def shown(value: object) -> str:
    """Return a value as a sentence shows it: shortened, as JSON says it where that is short."""
    words = {True: "true", False: "false", None: "null"}
    if isinstance(value, bool | None):
        return words[value]
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "an array"
    text = str(value).encode("utf-8", "replace").decode()
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"“{text}”" if isinstance(value, str) else text
