"""Two graphs of one base, side by side: which number in one means what in the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orthogramic.graph.arrays import Numbers
from orthogramic.graph.late_order import with_late
from orthogramic.graph.model import EntityGraph, Order


@dataclass(frozen=True, eq=False)
class Pair:
    """Two graphs that were amended from one, which numbered some entities for both.

    A common number is that of the left graph; entities that only the right one has come behind.

    :param shared: how many entities have one number in both.
    """

    left: EntityGraph
    right: EntityGraph
    shared: int

    @cached_property
    def _fresh(self) -> tuple[str, ...]:
        """Return the IRIs of what the left graph has no number for, in order."""
        late = (self.right.entities[each] for each in range(self.shared, self.right.size))
        return tuple(sorted(each for each in late if self.left.find(each) is None))

    @cached_property
    def _table(self) -> Numbers:
        """Return the common number of each entity that only the right graph may have."""
        known = {iri: self.left.size + at for at, iri in enumerate(self._fresh)}
        found = []
        for each in range(self.shared, self.right.size):
            iri = self.right.entities[each]
            number = self.left.find(iri)
            found.append(known[iri] if number is None else number)
        return np.array(found, np.int64)

    @property
    def size(self) -> int:
        """How many common numbers there are."""
        return self.left.size + len(self._fresh)

    @cached_property
    def order(self) -> Order:
        """What common numbers say of the order of IRIs."""
        if not self._fresh:
            return self.left.order
        return with_late(self.left.order, self.left.entities, self._fresh)

    def of_right(self, entities: Numbers) -> Numbers:
        """Return the common numbers of entities of the right graph."""
        common = entities.astype(np.int64)
        late = np.flatnonzero(common >= self.shared)
        common[late] = self._table[common[late] - self.shared]
        return common

    def in_right(self, common: Numbers) -> Numbers:
        """Return the numbers of entities in the right graph; -1 for what it has no number for."""
        known = {number: self.shared + at for at, number in enumerate(self._table.tolist())}
        found = common.astype(np.int64)
        for at in np.flatnonzero(found >= self.shared).tolist():
            found[at] = known.get(int(found[at]), -1)
        return found

    def in_left(self, common: Numbers) -> Numbers:
        """Return the numbers of entities in the left graph; -1 for what it has no number for."""
        return np.where(common < self.left.size, common, -1)

    def iri(self, common: int) -> str:
        """Return the IRI of an entity by its common number."""
        if common < self.left.size:
            return self.left.entities[common]
        return self._fresh[common - self.left.size]


def has(graph: EntityGraph, iri: str) -> bool:
    """Tell whether a graph has an entity of an IRI now."""
    number = graph.find(iri)
    return number is not None and not graph.classification_of(number).is_absence
