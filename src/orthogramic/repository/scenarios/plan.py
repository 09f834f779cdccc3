"""What a scenario means for one repository, statement by statement; nothing is changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad

from orthogramic.repository.changes import Intention


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One change, looked up.

    :param canonical: what identifies it: its kind and IRIs, JSON-serialisable.
    :param sentence: it in words.
    """

    canonical: tuple[tuple[str, Any], ...]
    sentence: str

    @property
    def key(self) -> str:
        """The change as text that is equal for equal changes."""
        return json.dumps(dict(self.canonical), sort_keys=True, ensure_ascii=False)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {**dict(self.canonical), "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class ScenarioPlan:
    """A scenario, looked up.

    :param changes: its changes, each once, in an order that does not depend on how it was written.
    :param removed: statements that go; :param added: statements that come.
    :param retired: those that go, by IRI.
    :param notes: what a person should know about it, a sentence each.
    """

    title: str
    changes: tuple[PlannedChange, ...]
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    retired: tuple[NamedNode, ...]
    notes: tuple[str, ...] = ()

    @property
    def intention(self) -> Intention:
        """The scenario as a write would mean it."""
        return Intention(self.added, self.removed)

    @property
    def digest(self) -> str:
        """What tells this set of changes from any other: SHA-256 of its canonical form."""
        text = "\n".join(each.key for each in self.changes)
        return hashlib.sha256(text.encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "title": self.title,
            "digest": self.digest,
            "changes": [each.to_dict() for each in self.changes],
            "notes": list(self.notes),
        }


def in_order(changes: Iterable[PlannedChange]) -> tuple[PlannedChange, ...]:
    """Return changes, each once, by their canonical form."""
    found = {each.key: each for each in changes}
    return tuple(found[each] for each in sorted(found))
