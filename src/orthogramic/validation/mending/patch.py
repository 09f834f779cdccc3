"""Patches: a few triples that go, and a few that come."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import BlankNode, Triple

from orthogramic.validation.findings import Finding
from orthogramic.validation.report import ValidationResult

#: So many hexadecimal digits tell a patch from others.
ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Patch:
    """A change of stated triples.

    :param removed: triples that go.
    :param added: triples that come.
    """

    removed: tuple[Triple, ...] = ()
    added: tuple[Triple, ...] = ()

    @property
    def id(self) -> str:
        """What tells it from others: equal patches have equal ones, whenever they are made."""
        sides = (("-", self.removed), ("+", self.added))
        lines = sorted(f"{sign} {each} ." for sign, triples in sides for each in triples)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:ID_DIGITS]

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
    :param finding: that for which it was thought of.
    """

    sentence: str
    patch: Patch
    settles: tuple[ValidationResult, ...]
    finding: Finding | None = field(default=None, repr=False, compare=False)

    @property
    def id(self) -> str:
        """What tells it from others: see :attr:`Patch.id`."""
        return self.patch.id

    @property
    def about(self) -> str:
        """What it is about, and under which property."""
        first = self.settles[0]
        return ", ".join(filter(None, (first.focus_label, first.path_label)))

    def to_dict(self) -> dict[str, Any]:
        """Return the mend as JSON-serialisable data, its triples as lines of N-Triples."""
        first = self.settles[0]
        return {
            "id": self.id,
            "sentence": self.sentence,
            "about": first.focus_label,
            "path_label": first.path_label,
            "settles": [
                {
                    "focus_node": str(each.focus_node).strip("<>"),
                    "severity": each.severity.value,
                    "path": each.path.value if each.path else None,
                    "path_label": each.path_label,
                    "component": each.component.value,
                    "message": each.message,
                    "line": each.line,
                }
                for each in self.settles
            ],
            "removed": [f"{each} ." for each in self.patch.removed],
            "added": [f"{each} ." for each in self.patch.added],
        }
