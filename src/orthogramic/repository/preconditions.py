"""Guards against lost updates: what a writer says about the state that the change was made for.

RFC 9110, sections 8.8.3 (entity tags) and 13.1 (If-Match, If-None-Match). What the fields say of
representations holds here for the state behind them: a tag may end in a dot and the name of a
format, which is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from orthogramic.errors import PreconditionFailedError

_ANY = "*"


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold before a change is made.

    :param match: tags one of which the thing must have; ``*`` if it only must be there.
    :param none_match: tags none of which it may have; ``*`` if it may not be there.
    """

    match: frozenset[str] | None = None
    none_match: frozenset[str] | None = None

    @classmethod
    def of(cls, if_match: str | None = None, if_none_match: str | None = None) -> Precondition:
        """Read the fields If-Match and If-None-Match, or tags given without quotes.

        :param if_match: tags separated by commas, or ``*``. A weak one matches nothing.
        :param if_none_match: likewise; a weak one counts as what it is the tag of.
        """
        strong = None if if_match is None else states_of(if_match, weak=False)
        return cls(strong, None if if_none_match is None else states_of(if_none_match, weak=True))

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return self.match is not None or self.none_match is not None

    def check(self, current: str | None, what: str) -> None:
        """Refuse a change that was meant for another state.

        :param current: the tag that the thing has now, ``None`` if it is not there.
        :param what: what it is, for the message.
        :raises PreconditionFailedError: if something does not hold.
        """
        if self.match is not None and not _among(current, self.match):
            found = (
                "is not there (any more)" if current is None else "has changed since it was read"
            )
            raise PreconditionFailedError(
                f"{what} {found}, so the change was not made. Read it again and repeat the change "
                "on what is there now.",
                current=current,
            )
        if self.none_match is not None and _among(current, self.none_match):
            raise PreconditionFailedError(
                f"{what} is there already, and the request says to change it only if it is not.",
                current=current,
            )


def states_of(field: str, *, weak: bool) -> frozenset[str]:
    """Return the states that the entity tags of a header field speak of.

    :param weak: whether weak tags count.
    """
    found = set()
    for each in field.split(","):
        tag = each.strip()
        if tag.startswith("W/"):
            if not weak:
                continue
            tag = tag[2:]
        found.add(tag if tag == _ANY else tag.strip('"').partition(".")[0])
    return frozenset(found)


def _among(current: str | None, states: frozenset[str]) -> bool:
    return current is not None and (current in states or _ANY in states)
