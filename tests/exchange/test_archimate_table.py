"""The table of legal relationships that ships along is Archi's."""

from __future__ import annotations

import pytest

from orthogramic.exchange.archimate import legal_relationships, notation
from tests.exchange.archimate_file import legal_by_archi

#: Concepts of Archi's table that stand for no element type.
PSEUDO = {"Relationship"}


def test_the_table_is_the_one_of_archi() -> None:
    theirs = legal_by_archi()
    if theirs is None:
        pytest.skip("Archi's own table is not beside this repository")
    expected = {pair: kinds for pair, kinds in theirs.items() if not PSEUDO & set(pair)}
    assert dict(legal_relationships().allowed) == expected


def test_association_joins_any_two_elements() -> None:
    table = legal_relationships()
    assert len(table.element_kinds) == 60
    for source in table.element_kinds:
        for target in table.element_kinds:
            assert table.allows("Association", source, target)


def test_some_facts_that_everybody_knows() -> None:
    table = legal_relationships()
    assert table.allows("Composition", "Capability", "Capability")
    assert table.allows("Assignment", "BusinessActor", "BusinessRole")
    assert not table.allows("Assignment", "BusinessRole", "BusinessActor")
    assert not table.allows("Serving", "Goal", "BusinessProcess")
    assert not table.allows("Serving", "Unheard", "Of")


def test_a_mapping_may_use_eleven_kinds_of_relationship() -> None:
    assert len(notation().relationship_kinds) == 11
    assert "Junction" not in notation().element_kinds
