"""The parts of the documentation that the code knows are what the code says."""

from __future__ import annotations

import re

from tests.docs.documents import DOCUMENTS
from tools.generate_docs import parts, stale


def test_generated_parts_are_up_to_date() -> None:
    assert not stale(write=False), "run `make docs`"


def test_every_part_is_used_once() -> None:
    text = "\n".join(path.read_text("utf-8") for path in DOCUMENTS.rglob("*.md"))
    used = re.findall(r"^<!-- generated: ([a-z-]+) -->$", text, flags=re.MULTILINE)
    assert sorted(used) == sorted(parts())


def test_no_part_is_empty() -> None:
    assert all(each.count("\n") > 3 for each in parts().values())
