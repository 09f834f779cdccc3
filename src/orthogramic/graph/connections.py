"""What a link of each property means under a profile: its rule, and what it entails."""

from __future__ import annotations

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph.cost import cost_of, exact
from orthogramic.graph.model import GREATEST_STRENGTH, STANDINGS, Connection, EdgeKinds
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.metamodel.model import ImpactProfile, Modality


def connections_of(metamodel: Metamodel, profile: ImpactProfile) -> tuple[Connection, ...]:
    """Return every primary relationship property, in the order of IRIs."""
    primaries = sorted((each.iri for each in metamodel.relationships()), key=lambda iri: iri.value)
    return tuple(
        Connection(iri, profile.effective.get(iri), entailed_readings(metamodel, iri))
        for iri in primaries
    )


def entailed_readings(
    metamodel: Metamodel, property_iri: NamedNode
) -> frozenset[tuple[NamedNode, bool]]:
    """Return what a link of a property entails.

    :returns: properties, each with whether it holds from object to subject: the least set that
        has the property itself and is closed under super-properties, inverses and symmetry.
    """
    found: set[tuple[NamedNode, bool]] = set()
    waiting = [(property_iri, False)]
    while waiting:
        reading = waiting.pop()
        term = metamodel.properties.get(reading[0])
        if reading in found or term is None:
            continue
        found.add(reading)
        waiting.extend((each, reading[1]) for each in term.ancestors)
        if term.inverse is not None:
            waiting.append((term.inverse, not reading[1]))
        if term.symmetric:
            waiting.append((term.iri, not reading[1]))
    return frozenset(found)


def edge_kinds(connections: tuple[Connection, ...], default_strength: int) -> EdgeKinds:
    """Work out weight, cost and modality of every kind of edge.

    A strength s scales the weight of the rule by s/5; a qualified relationship without one
    takes the default strength. Without a rule the weight is 0 and no step is admissible.

    :param default_strength: 1 to 5.
    """
    size = len(connections) * STANDINGS
    kinds = EdgeKinds(
        weight=np.zeros(size), cost=np.zeros(size, np.int64), certain=np.zeros(size, np.bool_)
    )
    strengths = [GREATEST_STRENGTH, default_strength, *range(1, GREATEST_STRENGTH + 1)]
    for number, connection in enumerate(connections):
        if connection.rule is None:
            continue
        for standing, strength in enumerate(strengths):
            kind = number * STANDINGS + standing
            weight = exact(connection.rule.weight) * strength / GREATEST_STRENGTH
            kinds.weight[kind] = float(weight)
            kinds.cost[kind] = cost_of(weight)
            kinds.certain[kind] = connection.rule.modality is Modality.CERTAIN
    return kinds
