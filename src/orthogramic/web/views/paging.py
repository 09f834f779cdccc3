"""The position of a page within a list, and where its neighbours are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """Rows ``first`` to ``last`` (from 1) of ``total``; neighbours are ``None`` at the ends."""

    first: int
    last: int
    total: int
    previous: str | None
    next: str | None

    @classmethod
    def of(
        cls, *, offset: int, shown: int, total: int, limit: int, address: Callable[[int], str]
    ) -> Pager:
        """Describe one page.

        :param offset: rows before this page.
        :param shown: rows on this page.
        :param total: rows in the whole list.
        :param limit: rows that a page may have.
        :param address: the address of the page that starts after so many rows.
        """
        return cls(
            first=offset + 1 if shown else 0,
            last=offset + shown if shown else 0,
            total=total,
            previous=address(max(0, offset - limit)) if offset > 0 else None,
            next=address(offset + limit) if shown and offset + shown < total else None,
        )

    @property
    def single(self) -> bool:
        """True if the list fits on one page."""
        return self.previous is None and self.next is None
