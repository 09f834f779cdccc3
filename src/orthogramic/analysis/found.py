"""What a search found: best costs, and how many steps they take where that is asked."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from orthogramic.analysis.labelling import Labels, label
from orthogramic.analysis.lookup import Lookup
from orthogramic.analysis.offering import Prospect
from orthogramic.analysis.search import Search
from orthogramic.analysis.settling import Settled, settle, steps_toward
from orthogramic.analysis.spreading import LARGE_SHARE, spread
from orthogramic.graph.arrays import Costs, Numbers
from orthogramic.graph.cost import EXHAUSTED, UNSPENT

#: So many entities are labelled as soon as labels of a few are asked for again and again.
_LITTLE = 1 << 13


class Found:
    """What one search found, from its sources onwards.

    With a hop limit everything is labelled by number of steps. Without one only best costs are
    settled; labels are then made where somebody asks for them.
    """

    def __init__(self, searching: Search) -> None:
        self._searching = searching
        self._settled = None if searching.max_hops is not None else self._settle()

    def _settle(self) -> Settled | None:
        searching, graph = self._searching, self._searching.graph
        settled = settle(
            searching.out,
            graph.kinds,
            searching.sources,
            graph.scratch,
            admissible=searching.admissible,
        )
        return settled if is_exact(settled) else None

    def hops(self) -> tuple[Numbers, Numbers]:
        """Return what is reached, sources included, by number, and the fewest steps to it."""
        if self._settled is None:
            first = self.labels.first()
            return self.labels.entity[first], self.labels.steps[first]
        searching = self._searching
        entity, steps = spread(
            searching.out, searching.sources, None, searching.admissible, searching.graph.scratch
        )
        settled = self._settled.entity
        if not _is_large(settled, searching):
            return settled, steps[np.argsort(entity, kind="stable")]
        table = np.zeros(searching.graph.size, steps.dtype)
        table[entity] = steps
        return settled, table.take(settled)

    def remaining(self, entities: Numbers) -> Costs:
        """Return what remains at the best end of each entity, 0 where nothing leads."""
        return self._remaining.of(entities)

    def remaining_within(self, entities: Numbers, steps: int | None) -> Costs:
        """Return what remains at each entity after at most so many steps, 0 if nothing leads."""
        if steps is None:
            return self.remaining(entities)
        left: Costs = self.labels.remaining[self.labels.within(entities, steps)]
        return left

    @cached_property
    def _remaining(self) -> Lookup[np.int64]:
        size = self._searching.graph.scratch.size
        if self._settled is not None:
            return Lookup(self._settled.entity, self._settled.remaining, size)
        entity = np.sort(self.labels.entity[self.labels.first()])
        return Lookup(entity, self.labels.remaining[self.labels.latest(entity)], size)

    def prospect(self, floor: int | None) -> Prospect:
        """Return what a search from the other end may hope for."""
        return Prospect(self._remaining, floor)

    @cached_property
    def labels(self) -> Labels:
        """The labels of everything that is reached."""
        searching, graph = self._searching, self._searching.graph
        if self._settled is not None:
            return self.toward(self._settled.entity)
        return label(
            searching.out,
            graph.kinds,
            searching.sources,
            searching.max_hops,
            graph.scratch,
            admissible=searching.admissible,
        )

    def around(self, targets: Numbers) -> Labels:
        """Return labels as :meth:`toward` does; those of everything, once, if that is little."""
        if self._settled is None or len(self._settled.entity) <= _LITTLE:
            return self.labels
        return self.toward(targets)

    def toward(self, targets: Numbers) -> Labels:
        """Return labels of, at least, all that lies on best paths to some entities.

        :param targets: entities that are reached.
        """
        if self._settled is None:
            return self.labels
        searching, graph = self._searching, self._searching.graph
        entity, steps = steps_toward(
            targets,
            self._settled,
            searching.sources,
            searching.into,
            graph.kinds,
            graph.scratch,
            admissible=searching.admissible,
        )
        return Labels(entity, steps, self._settled.remaining_at(entity), graph.scratch.size)


def label_backwards(
    searching: Search,
    entries: Numbers,
    start: Costs,
    steps: int | None,
    blocked: Numbers,
    prospect: Prospect,
) -> Labels:
    """Label from where a branch is entered back towards the sources.

    :param entries: the tails of the steps that enter it; ``start`` is what remains at each.
    :param steps: how many steps there may be, or ``None``.
    """
    graph, admissible = searching.graph, searching.admissible
    if steps is None:
        settled = settle(
            searching.into,
            graph.kinds,
            entries,
            graph.scratch,
            start=start,
            admissible=admissible,
            blocked=blocked,
            prospect=prospect,
        )
        if is_exact(settled):
            roots = entries[settled.remaining_at(entries) == start]
            entity, steps_to = steps_toward(
                settled.entity,
                settled,
                roots,
                searching.out,
                graph.kinds,
                graph.scratch,
                admissible=admissible,
            )
            return Labels(entity, steps_to, settled.remaining, graph.scratch.size)
    return label(
        searching.into,
        graph.kinds,
        entries,
        steps,
        graph.scratch,
        start=start,
        admissible=admissible,
        blocked=blocked,
        prospect=prospect,
    )


def is_exact(settled: Settled) -> bool:
    """Tell whether costs alone say which path is best.

    Where scores are too low to be told apart, the number of steps decides, which labels know.
    """
    return bool(settled.remaining.min(initial=UNSPENT) > EXHAUSTED)


def _is_large(entities: Numbers, searching: Search) -> bool:
    return len(entities) * LARGE_SHARE > searching.graph.size
