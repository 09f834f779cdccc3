"""The parts of an entity in a terminal, where nothing but the name tells one from the next."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell
from tests.conftest import TOY

SECOND = """
@prefix bee: <https://bees.example/terms#> .
@prefix kr: <https://orthogramic.com/repository#> .
<https://bees.example/id/Hive/H-1> bee:hasWeighing <https://bees.example/id/Hive/H-1/weighing/2> .
<https://bees.example/id/Hive/H-1/weighing/2> a bee:Weighing ; bee:kilograms 43.25 ; kr:position 2 .
"""


def test_parts_of_one_kind_are_numbered_in_their_order(
    plain: Shell, own_store: Path, tmp_path: Path
) -> None:
    bees = ("--store", own_store, "--bundle", TOY)
    assert "weighings / kilograms" in plain(*bees, "show", "Old Willow").out
    more = tmp_path / "more.ttl"
    more.write_text(SECOND, "utf-8")
    assert plain(*bees, "load", more).code == 0
    lines = plain(*bees, "show", "Old Willow").out.splitlines()
    shown = [line.split() for line in lines if "weighings" in line]
    assert shown == [
        ["weighings", "1", "/", "kilograms", "41.5"],
        ["weighings", "2", "/", "kilograms", "43.25"],
    ]
