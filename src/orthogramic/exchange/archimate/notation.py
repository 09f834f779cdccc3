"""The words of ArchiMate 3.2 and what its table of relationships allows.

The table lies beside this module as text (``relationships.txt``). The names in it are the names of
the exchange file; no other module of the engine spells one out, except the two that are always
there to fall back on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from orthogramic.metamodel import TargetNotation

#: Name of the format in commands, addresses and mappings.
FORMAT = "archimate"
#: The table allows it between any two elements.
ALWAYS_LEGAL = "Association"
#: Claims nothing of what it stands for, and every kind of relationship is legal at its ends.
ANYTHING = "Grouping"
#: The two that carry a detail of their own.
ACCESS, INFLUENCE = "Access", "Influence"
#: What an access may be for, as the exchange file spells it.
ACCESS_TYPES = frozenset({"Access", "Read", "Write", "ReadWrite"})

_CONNECTOR = "Junction"


@dataclass(frozen=True, slots=True)
class LegalRelationships:
    """The table: which kinds of relationship may run from one type of element to another."""

    element_kinds: frozenset[str]
    relationship_kinds: frozenset[str]
    allowed: Mapping[tuple[str, str], frozenset[str]]

    def allows(self, relationship_kind: str, source: str, target: str) -> bool:
        """Tell whether a relationship of this type is legal between elements of two types."""
        return relationship_kind in self.allowed.get((source, target), frozenset())


@cache
def legal_relationships() -> LegalRelationships:
    """Return the table of ArchiMate 3.2."""
    return read_table(
        (files(__package__) / "relationships.txt").read_text(encoding="utf-8").splitlines()
    )


def read_table(lines: Iterable[str]) -> LegalRelationships:
    """Read a table; its own first lines say how it is written."""
    letters: dict[str, str] = {}
    allowed: dict[tuple[str, str], frozenset[str]] = {}
    source = ""
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if " = " in line:
            letter, _, kind = line.partition(" = ")
            letters[letter.strip()] = kind.strip()
        elif not line.startswith(" "):
            source = line.strip()
        else:
            kinds, _, targets = line.partition(":")
            words = frozenset(letters[each] for each in kinds.strip())
            allowed.update({(source, target): words for target in targets.split()})
    return LegalRelationships(
        element_kinds=frozenset(source for source, _ in allowed) - {_CONNECTOR},
        relationship_kinds=frozenset(letters.values()),
        allowed=allowed,
    )


def notation() -> TargetNotation:
    """Return what a mapping to ArchiMate may say."""
    table = legal_relationships()
    return TargetNotation(table.element_kinds, table.relationship_kinds, ACCESS_TYPES)
