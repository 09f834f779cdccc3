"""What a ranking is: by what entities are ordered, told by the bundle.

Each entity of some classes comes to a number: what it comes to itself, times how much depends on
it. How much is told by those who may depend: how surely each does, times what it is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.metamodel.measure import Measure
from orthogramic.metamodel.property_paths import PropertyPath


@dataclass(frozen=True, slots=True)
class Ranking:
    """One ranking.

    :param name: what it is called in commands and addresses.
    :param description: what the order means, in a sentence.
    :param classes: the classes of what is ranked, subclasses included.
    :param own: what an entity comes to itself; ``None`` counts each alike.
    :param dependents: the classes of those that may depend on it, subclasses included.
    :param stands_for: leads from a dependent to what it stands for; those that stand for the same
        count once, by whichever depends most. One that stands for nothing stands for itself.
    :param worth: what a dependent, or what it stands for, is worth; ``None`` counts each alike.
    """

    iri: NamedNode
    name: str
    label: str
    description: str
    classes: tuple[NamedNode, ...]
    own: Measure | None
    dependents: tuple[NamedNode, ...]
    stands_for: PropertyPath | None
    worth: Measure | None

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data: what a person needs to choose it."""
        return {
            "name": self.name,
            "iri": self.iri.value,
            "label": self.label,
            "description": self.description,
            "ranks": [each.value for each in self.classes],
            "own_measure": self.own.name if self.own else None,
            "dependents": [each.value for each in self.dependents],
            "worth": self.worth.name if self.worth else None,
        }
