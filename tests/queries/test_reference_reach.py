"""The question that the reference data exists for has a believable answer.

Under the default profile, by the oracle of :mod:`tests.queries.reach_oracle`.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from pyoxigraph import NamedNode

from tests.data.datasets import ENTITIES
from tests.queries.reach_oracle import Reached, needed_by

MICHAEL, PRIYA = (NamedNode(f"{ENTITIES}CustomerPersona/PERSONA-00{number}") for number in (1, 2))
CAPABILITY = f"{ENTITIES}Capability/"


@pytest.fixture(scope="module")
def capabilities() -> dict[str, Reached]:
    """What Michael Chen reaches over one to four steps, by key."""
    reached = needed_by(MICHAEL, 4)
    return {
        entity.value.removeprefix(CAPABILITY): each
        for entity, each in reached.items()
        if entity.value.startswith(CAPABILITY)
    }


def test_many_capabilities_at_every_distance(capabilities: dict[str, Reached]) -> None:
    assert len(capabilities) >= 12
    assert {each.hops for each in capabilities.values()} == {1, 2, 3, 4}


def test_many_distinct_scores(capabilities: dict[str, Reached]) -> None:
    assert len({each.score for each in capabilities.values()}) >= 8


def test_an_indirect_hit_outranks_a_direct_one(capabilities: dict[str, Reached]) -> None:
    """Worked out by hand: three strong steps against one that is weak."""
    direct = Fraction("0.9") * Fraction(2, 5)
    indirect = Fraction("0.8") * Fraction(4, 5) * Fraction("0.9") * Fraction("0.8")
    assert capabilities["investment-research"] == Reached(direct, 1)
    assert capabilities["client-profiling"] == Reached(indirect, 3)
    assert indirect > direct


def test_a_roundabout_path_counts_if_it_is_the_best(capabilities: dict[str, Reached]) -> None:
    """Required with strength 1, but a journey stage relies on it with strength 3."""
    best = Fraction("0.85") * Fraction("0.8") * Fraction("0.85") * Fraction(3, 5)
    assert capabilities["appointment-scheduling"] == Reached(best, 1)


def test_some_capability_is_reached_by_possible_steps_only() -> None:
    lending = NamedNode(f"{CAPABILITY}business-lending")
    assert lending in needed_by(MICHAEL, 4)
    assert lending not in needed_by(MICHAEL, 4, only_certain=True)


def test_client_profiling_matters_to_both_personas() -> None:
    profiling = NamedNode(f"{CAPABILITY}client-profiling")
    assert profiling in needed_by(MICHAEL, 4)
    assert profiling in needed_by(PRIYA, 4)
