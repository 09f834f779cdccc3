"""What was changed, by whom, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyoxigraph import Quad

from orthogramic.repository.commit_log import CommitLog, CommitRecord
from orthogramic.repository.paging import Page


@dataclass(frozen=True, slots=True)
class CommitDetail:
    """A commit with a page of the exact quads that it removed, and of those that it added.

    The record counts them all; ``limit`` and ``offset`` hold for each of the two lists.
    """

    record: CommitRecord
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    limit: int
    offset: int

    def to_dict(self) -> dict[str, Any]:
        """Return the record's members, and the quads as N-Quads statements."""
        return {
            **self.record.to_dict(),
            "removed_quads": [f"{each} ." for each in self.removed],
            "added_quads": [f"{each} ." for each in self.added],
            "limit": self.limit,
            "offset": self.offset,
        }


def history(log: CommitLog, limit: int, offset: int) -> Page[CommitRecord]:
    """Return a page of the commits, newest first."""
    items = tuple(islice(log.records(), offset, offset + limit))
    return Page(items, log.last, limit, offset)


def commit_detail(log: CommitLog, number: int, limit: int, offset: int) -> CommitDetail:
    """Return one commit with a page of its quads.

    :raises UnknownCommitError: if there is none of that number.
    """
    return CommitDetail(
        record=log.record(number),
        removed=tuple(islice(log.removals(number), offset, offset + limit)),
        added=tuple(islice(log.additions(number), offset, offset + limit)),
        limit=limit,
        offset=offset,
    )
