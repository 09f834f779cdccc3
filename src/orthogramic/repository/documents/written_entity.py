"""What came of writing an entity."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.written import WriteOutcome


@dataclass(frozen=True, slots=True)
class EntityWritten(WriteOutcome):
    """The outcome of the write of an entity.

    :param entity: what was written; one that is gone as it was.
    :param created: whether it was not there before.
    :param tag: its entity tag now, ``None`` if it is not there (any more).
    """

    entity: EntitySummary = field(kw_only=True)
    created: bool = False
    tag: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-serialisable data, the entity first."""
        return {
            "entity": self.entity.to_dict(),
            **WriteOutcome.to_dict(self),
            "created": self.created,
            "tag": self.tag,
        }
