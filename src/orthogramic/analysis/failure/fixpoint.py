"""Two least fixpoints over support groups: what is lost, and what still stands on something.

Both walk in rounds, one array operation for each, and cost what the failure touches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.failure.groups import Groups, Resting, Rules, groups_of
from orthogramic.analysis.spreading import spread
from orthogramic.analysis.stopping import checkpoint
from orthogramic.graph.arrays import Flags, Numbers, ascending
from orthogramic.graph.model import Direction, EntityGraph

#: Round in which nothing fell.
NEVER = -1


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """What certain steps reach from the removed entities, with the groups that may fail there.

    Whatever lies outside can lose no certain support: it stands as it stood.

    :param entity: entity numbers, ascending; the removed ones are among them.
    :param removed: which of them are removed.
    :param groups: the certain support groups of the others.
    :param dependent: by group, the place of its dependent in ``entity``.
    :param place: by member of a group, its place in ``entity``, -1 outside.
    :param resting: finds the groups that count on a place.
    """

    entity: Numbers
    removed: Flags
    groups: Groups
    dependent: Numbers
    place: Numbers
    resting: Resting

    @classmethod
    def of(cls, graph: EntityGraph, rules: Rules, removed: Numbers) -> Region:
        """Gather the region of some removed entities."""
        certain = graph.kinds.certain
        reached, _ = spread(graph.arcs[Direction.IMPACT], removed, None, certain, graph.scratch)
        entity = np.sort(reached)
        gone = np.zeros(len(entity), np.bool_)
        gone[entity.searchsorted(removed)] = True
        groups = groups_of(graph, rules, entity[~gone], rules.certain)
        place = places_in(entity, groups.member)
        inside = place >= 0
        return cls(
            entity=entity,
            removed=gone,
            groups=groups,
            dependent=entity.searchsorted(groups.dependent),
            place=place,
            resting=Resting.of(place[inside], groups.group_of_member[inside], len(entity)),
        )


def places_in(ordered: Numbers, wanted: Numbers) -> Numbers:
    """Return where numbers stand in an ascending array, -1 for those that do not."""
    if not len(ordered):
        return np.full(len(wanted), -1, np.int64)
    place = ordered.searchsorted(wanted)
    place[place == len(ordered)] = 0
    place[ordered[place] != wanted] = -1
    return place


def losses(region: Region) -> Numbers:
    """Return the round in which each place of a region is lost: the least fixpoint.

    A dependent is lost as soon as one of its groups has fewer supports left than it needs.

    :returns: 0 for the removed, :data:`NEVER` for what is not lost.
    """
    groups = region.groups
    fell = np.where(region.removed, 0, NEVER)
    gone = np.zeros(len(groups.size), np.int64)
    frontier: Numbers = np.flatnonzero(region.removed)
    number = 0
    while len(frontier):
        checkpoint()
        number += 1
        touched = region.resting.on(frontier)
        np.add.at(gone, touched, 1)
        touched = ascending(touched)
        failed = touched[gone[touched] > groups.size[touched] - groups.needed[touched]]
        frontier = ascending(region.dependent[failed])
        frontier = frontier[fell[frontier] == NEVER]
        fell[frontier] = number
    return fell


def unfounded(region: Region, fell: Numbers) -> tuple[Flags, Numbers]:
    """Tell what a region holds up by nothing but itself.

    A place that is not lost is *founded* if each of its groups has as many founded supports as it
    needs; what lies outside the region is. The least such set leaves out those that stand only in
    a circle. A circle of mutual need that lost nothing was there before, so it is no finding: what
    is told are groups that lost a support and whose others are not founded enough, and whatever
    rests on those without being founded.

    :param fell: from :func:`losses`.
    :returns: by place, whether it is held up so; by group, how many founded supports it has.
    """
    groups = region.groups
    number = groups.group_of_member
    backing = np.bincount(number[region.place < 0], minlength=len(groups.size))
    waiting = np.bincount(region.dependent, minlength=len(fell))
    stands = fell == NEVER
    founded = np.zeros(len(fell), np.bool_)
    met: Numbers = np.flatnonzero(backing >= groups.needed)
    while len(met):
        checkpoint()
        np.subtract.at(waiting, region.dependent[met], 1)
        fresh = ascending(region.dependent[met])
        fresh = fresh[(waiting[fresh] == 0) & stands[fresh]]
        founded[fresh] = True
        each = region.resting.on(fresh)
        touched = ascending(each)
        before = backing[touched] >= groups.needed[touched]
        np.add.at(backing, each, 1)
        met = touched[~before & (backing[touched] >= groups.needed[touched])]
    return _traced(region, fell, stands & ~founded, backing), backing


def _traced(region: Region, fell: Numbers, floating: Flags, backing: Numbers) -> Flags:
    """Keep of what is not founded that which lost a support, and what rests on it."""
    groups = region.groups
    place = region.place
    lost = (place >= 0) & (fell[place] != NEVER)
    damaged = np.bincount(region.groups.group_of_member[lost], minlength=len(groups.size)) > 0
    short = (backing < groups.needed) & floating[region.dependent]
    found = np.zeros(len(fell), np.bool_)
    frontier = ascending(region.dependent[short & damaged])
    while len(frontier):
        checkpoint()
        found[frontier] = True
        touched = region.resting.on(frontier)
        frontier = ascending(region.dependent[touched[short[touched]]])
        frontier = frontier[~found[frontier]]
    return found


def circles(region: Region, held: Flags, backing: Numbers) -> Numbers:
    """Number the circles in which entities hold each other up.

    A circle is a strongly connected component of what rests on what, as far as the groups count
    that have too few founded supports.

    :param held: by place, from :func:`unfounded`; ``backing`` likewise.
    :returns: by place, the number of its circle, -1 for what is in none.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 - slow to import, and circles are rare
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    groups = region.groups
    group = groups.group_of_member
    inside = region.place >= 0
    chosen = np.flatnonzero(inside & (backing < groups.needed)[group])
    tail, head = region.place[chosen], region.dependent[group[chosen]]
    both = held[tail] & held[head]
    tail, head = tail[both], head[both]
    members = np.flatnonzero(held)
    index = np.zeros(len(held), np.int64)
    index[members] = np.arange(len(members))
    links = coo_array(
        (np.ones(len(tail), np.int8), (index[tail], index[head])), (len(members), len(members))
    )
    _, component = connected_components(links, directed=True, connection="strong")
    size = np.bincount(component)
    real = size > 1
    real[component[index[tail[tail == head]]]] = True
    found = np.full(len(held), -1, np.int64)
    found[members[real[component]]] = component[real[component]]
    return found
