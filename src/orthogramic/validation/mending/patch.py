"""Patches: a few triples that go, and a few that come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Triple

from orthogramic.validation.report import ValidationResult


@dataclass(frozen=True, slots=True)
class Patch:
    """A change of stated triples.

    :param removed: triples that go.
    :param added: triples that come.
    """

    removed: tuple[Triple, ...] = ()
    added: tuple[Triple, ...] = ()

    @property
    def has_blank_nodes(self) -> bool:
        """Whether it speaks of nodes that have no name outside of their document."""
        return any(
            isinstance(term, BlankNode)
            for triple in (*self.removed, *self.added)
            for term in (triple.subject, triple.object)
        )


@dataclass(frozen=True, slots=True)
class Mend:
    """A patch that was proved, and what it is good for.

    :param sentence: what it does, in plain words.
    :param patch: the change.
    :param settles: the results that are gone with it.
    """

    sentence: str
    patch: Patch
    settles: tuple[ValidationResult, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the mend as JSON-serialisable data, its triples as lines of N-Triples."""
        first = self.settles[0]
        return {
            "sentence": self.sentence,
            "about": first.focus_label,
            "settles": [
                {
                    "focus_node": str(each.focus_node).strip("<>"),
                    "path": each.path.value if each.path else None,
                    "component": each.component.value,
                    "message": each.message,
                    "line": each.line,
                }
                for each in self.settles
            ],
            "removed": [f"{each} ." for each in self.patch.removed],
            "added": [f"{each} ." for each in self.patch.added],
        }
