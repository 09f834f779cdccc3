"""One form for every list that is too long to give at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from orthogramic.errors import InvalidParameterError

#: The longest page that any list gives.
LONGEST_PAGE = 10_000

#: The greatest offset: what every list can count up to.
FARTHEST = 2**53


class Listed(Protocol):
    """Something that can stand in a page."""

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""


Item = TypeVar("Item", bound=Listed)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list: ``total`` counts the whole, ``offset`` is where the part begins."""

    items: tuple[Item, ...]
    total: int
    limit: int
    offset: int

    def to_dict(self) -> dict[str, Any]:
        """Return the contract form: ``items``, ``total``, ``limit``, ``offset``."""
        return {
            "items": [each.to_dict() for each in self.items],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
        }


def check_page(limit: int, offset: int) -> None:
    """Refuse a page that no list can give.

    :raises InvalidParameterError: if the limit is not 1 to 10,000, or the offset is negative or
        beyond all lists.
    """
    if not 1 <= limit <= LONGEST_PAGE:
        raise InvalidParameterError(f"limit must be from 1 to {LONGEST_PAGE:,}, not {limit}.")
    if offset < 0:
        raise InvalidParameterError(f"offset must not be negative, not {offset}.")
    if offset > FARTHEST:
        raise InvalidParameterError(f"offset must be at most {FARTHEST:,}.")
