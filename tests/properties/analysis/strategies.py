"""Small random worlds: parallel links, cycles, self-loops, inverses, every flow and strength."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from orthogramic.graph import EntityGraph, EntityRecord, Relationship, project
from orthogramic.metamodel import Flow, Modality
from tests.properties.analysis.harbours import (
    CLASSES,
    INVERSES,
    PRIMARIES,
    Rule,
    entity,
    link,
    metamodel,
    profile,
    term,
)

NAMES = "abcdef"
#: Products of some of these are equal (0.9 × 0.8 and 0.72, 0.6 × 0.6 and 0.36, 0.25 and 0.5 × 0.5),
#: those of others differ little.
WEIGHTS = (1.0, 0.9, 0.8, 0.72, 0.6, 0.5, 0.36, 0.25, 0.99, 0.98, 0.89)


@dataclass(frozen=True)
class World:
    """Entities, relationships and the rules under which they are looked at."""

    records: tuple[EntityRecord, ...]
    relationships: tuple[Relationship, ...]
    rules: dict[str, Rule]

    def graph(self) -> EntityGraph:
        return project(self.records, self.relationships, metamodel(), profile(self.rules))


def rules() -> st.SearchStrategy[dict[str, Rule]]:
    # Flows that lead somewhere come first: they are what small examples shrink to.
    flows = st.sampled_from([Flow.SUBJECT_TO_OBJECT, Flow.OBJECT_TO_SUBJECT, Flow.BOTH, Flow.NONE])
    rule = st.tuples(flows, st.sampled_from(WEIGHTS), st.sampled_from(list(Modality)))
    stated = st.fixed_dictionaries({}, optional=dict.fromkeys(PRIMARIES, rule))
    return st.one_of(st.fixed_dictionaries(dict.fromkeys(PRIMARIES, rule)), stated)


def relationships(names: str = NAMES) -> st.SearchStrategy[Relationship]:
    name = st.sampled_from(names)
    return st.builds(
        link,
        subject=name,
        property_name=st.sampled_from([*PRIMARIES, *INVERSES]),
        target=name,
        graph=st.sampled_from(["g", "h"]),
        strength=st.one_of(st.none(), st.integers(1, 5)),
        qualified=st.booleans(),
    )


@st.composite
def worlds(draw: st.DrawFn, names: str = NAMES, most_links: int = 14) -> World:
    records = tuple(
        EntityRecord(entity(each), each.upper(), (term(draw(st.sampled_from(CLASSES))),))
        for each in names
    )
    links = draw(st.lists(relationships(names), max_size=most_links))
    return World(records, tuple(links), draw(rules()))


def hop_limits() -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.integers(1, 4))
