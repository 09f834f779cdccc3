"""Whichever mend of the store is made: its result is gone, and nothing new is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

import orthogramic
from orthogramic import Repository
from orthogramic.repository.changes import ChangeSet
from orthogramic.validation.mending import Mend
from orthogramic.vocabulary import RDF, XSD
from tests.conftest import TOY
from tests.properties.repository.test_gate import by_the_oracle, standing
from tests.properties.validation.oracle import row

BEE = "https://bees.example/"
GRAPHS = [NamedNode(f"{BEE}graph/{each}") for each in ("north", "south")]
HIVES = [NamedNode(f"{BEE}id/Hive/{each}") for each in ("H-1", "H-2", "F-1", "F-2")]
TEXTS = ("Gentle", "fierec", "lively", "Brook", " H-1", "H-1", "41.5", "Old Willow", "meadow/Hill")
VALUES: st.SearchStrategy[NamedNode | Literal] = st.one_of(
    st.builds(Literal, st.sampled_from(TEXTS)),
    st.builds(Literal, st.sampled_from(TEXTS), language=st.sampled_from(["en", "de"])),
    st.sampled_from(
        [
            NamedNode(f"{BEE}id/{each}")
            for each in ("Meadow/Brook", "Meadow/hill", "Hive/H-1/weighing/1")
        ]
    ),
)
NAMES = ("caption", "hiveCode", "temper", "foragesAt", "hasWeighing")
PROPERTIES = [NamedNode(f"{BEE}terms#{each}") for each in NAMES]
FAULTS = st.lists(
    st.builds(
        Quad,
        st.sampled_from(HIVES),
        st.sampled_from(PROPERTIES),
        VALUES,
        st.sampled_from(GRAPHS),
    ),
    min_size=2,
    max_size=10,
)
DESCRIBED = [
    *(Quad(each, RDF.type, NamedNode(f"{BEE}terms#Hive"), GRAPHS[0]) for each in HIVES[2:]),
    Quad(
        NamedNode(f"{BEE}id/Hive/H-1/weighing/1"),
        NamedNode(f"{BEE}terms#kilograms"),
        Literal("41.50", datatype=XSD.string),
        GRAPHS[1],
    ),
]


@contextmanager
def faulty(faults: list[Quad]) -> Iterator[Repository]:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
        repository._knowledge.commit([*DESCRIBED, *faults], gate=False)
        yield repository


def assert_in_place(mend: Mend, change: ChangeSet) -> None:
    """What comes stands in the graphs where that was which it replaces."""
    triples = {each.triple for each in change.added}
    assert triples <= set(mend.patch.added)
    if mend.patch.removed and change.added:
        went = {each.graph_name for each in change.removed}
        assert {each.graph_name for each in change.added} <= went


@settings(max_examples=25, deadline=None)
@given(FAULTS, st.randoms(use_true_random=False))
def test_any_mend_settles_its_result_and_causes_none(faults: list[Quad], random: object) -> None:
    choose = random.choice  # type: ignore[attr-defined]
    with faulty(faults) as repository:
        knowledge = repository._knowledge
        for _ in range(4):
            offered = repository.mends()
            assert offered.complete
            if not offered.mends:
                break
            mend = choose(offered.mends)
            before, snapshot = by_the_oracle(knowledge), repository.snapshot
            tried = repository.apply_mends([mend.id], dry_run=True)
            assert (repository.snapshot, tried.mends) == (snapshot, (mend,))
            made = repository.apply_mends([mend.id])
            assert made.change == tried.change
            assert made.record
            assert_in_place(mend, made.change)
            after = by_the_oracle(knowledge)
            assert mend.finding is not None
            assert row(mend.finding) in before - after
            assert not after - before
            assert standing(knowledge) == after
            again = repository.apply_mends([mend])
            assert (again.record, again.mends, again.left_out) == (None, (), (mend.id,))
            assert mend.id in again.notes[0]


@settings(max_examples=25, deadline=None)
@given(FAULTS)
def test_all_at_once_cause_no_result_either(faults: list[Quad]) -> None:
    with faulty(faults) as repository:
        knowledge = repository._knowledge
        offered = repository.mends()
        if not offered.mends:
            return
        before = by_the_oracle(knowledge)
        made = repository.apply_mends(offered.mends)
        after = by_the_oracle(knowledge)
        assert not after - before
        assert standing(knowledge) == after
        assert [each.id for each in offered.mends if each.id not in made.left_out] == [
            each.id for each in made.mends
        ]
        assert made.mends
        for each in made.mends:
            assert each.finding is not None
            assert row(each.finding) in before - after


@settings(max_examples=15, deadline=None)
@given(FAULTS, FAULTS)
def test_a_mend_whose_ground_changed_is_proved_on_the_new_one(
    faults: list[Quad], others: list[Quad]
) -> None:
    with faulty(faults) as repository:
        offered = repository.mends().mends
        knowledge = repository._knowledge
        knowledge.commit(others, faults[::2], gate=False)
        for mend in offered:
            before = by_the_oracle(knowledge)
            made = repository.apply_mends([mend])
            after = by_the_oracle(knowledge)
            assert not after - before
            assert bool(made.record) == bool(before - after)
            assert made.left_out == (() if made.record else (mend.id,))
