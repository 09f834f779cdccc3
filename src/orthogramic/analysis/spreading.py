"""Who is reached at all, and in how many steps: breadth first, one array operation per step.

What a step costs depends on what it reaches: while that is little, the newcomers are sorted; when
it is a good part of the graph, reading the flags of all entities is cheaper.
"""

from __future__ import annotations

import numpy as np

from orthogramic.graph.arrays import Flags, Numbers, ascending
from orthogramic.graph.model import ArcIndex
from orthogramic.graph.scratch import Scratch

#: From this share of all entities on, flags are read instead of newcomers sorted.
LARGE_SHARE = 32


def spread(
    arcs: ArcIndex,
    sources: Numbers,
    max_hops: int | None,
    admissible: Flags | None,
    scratch: Scratch,
) -> tuple[Numbers, Numbers]:
    """Return the entities that admissible steps reach, nearest first, and how many steps it takes.

    :param sources: where to begin, in any order; they come first, with 0 steps.
    :param max_hops: greatest number of steps, or ``None``.
    :param admissible: flags by kind of edge; ``None`` admits all.
    """
    layers = [ascending(sources)]
    with scratch.flags() as reached:
        reached[layers[0]] = True
        while len(layers[-1]) and len(layers) - 1 != max_hops:
            layers.append(advance(arcs, layers[-1], reached, admissible))
        entity = np.concatenate(layers)
        clear(reached, entity)
    return entity, np.repeat(np.arange(len(layers)), [len(each) for each in layers])


def clear(flags: Flags, entities: Numbers) -> None:
    """Take back the flags of some entities."""
    if len(entities) * LARGE_SHARE > len(flags):
        flags.fill(False)
    else:
        flags[entities] = False


def newcomers(entities: Numbers, size: int) -> Numbers:
    """Return entities sorted and without repetitions, in the cheapest way."""
    if len(entities) * LARGE_SHARE < size:
        return ascending(entities)
    flags = np.zeros(size, np.bool_)
    flags[entities] = True
    return np.flatnonzero(flags)


def advance(arcs: ArcIndex, frontier: Numbers, reached: Flags, admissible: Flags | None) -> Numbers:
    """Take one step from the frontier: flag and return who is reached for the first time."""
    arc, _ = arcs.leaving(frontier)
    if admissible is not None:
        arc = arc[admissible.take(arcs.kind.take(arc))]
    head = arcs.head.take(arc)
    found = newcomers(head[~reached.take(head)], len(reached))
    reached[found] = True
    return found


def joined(
    out: ArcIndex,
    into: ArcIndex,
    sources: Numbers,
    targets: Numbers,
    *,
    admissible: Flags | None,
    blocked: Numbers,
    scratch: Scratch,
) -> bool:
    """Tell whether a source reaches a target, growing whichever side is smaller.

    :param into: the steps of ``out``, found from where they lead.
    :param blocked: entities that may not be visited, no source or target among them.
    """
    with scratch.flags() as forward, scratch.flags() as backward:
        sides = [(out, sources, forward), (into, targets, backward)]
        touched = {id(reached): [frontier, blocked] for _, frontier, reached in sides}
        for _, frontier, reached in sides:
            reached[frontier] = True
            reached[blocked] = True
        met = bool(backward[sources].any())
        while not met and all(len(frontier) for _, frontier, _ in sides):
            sides.sort(key=lambda side: len(side[1]))
            arcs, frontier, reached = sides[0]
            fresh = advance(arcs, frontier, reached, admissible)
            touched[id(reached)].append(fresh)
            sides[0] = (arcs, fresh, reached)
            met = bool(sides[1][2][fresh].any())
        for _, _, reached in sides:
            clear(reached, np.concatenate(touched[id(reached)]))
    return met
