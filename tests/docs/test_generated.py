"""The parts of the documentation that the code knows are what the code says."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.docs.documents import DOCUMENTS
from tools.generate_docs import parts, stale


@pytest.fixture(scope="module")
def generated() -> Mapping[str, str]:
    """Return the parts by name; to make them takes seconds."""
    return parts()


def test_generated_parts_are_up_to_date() -> None:
    assert not stale(write=False), "run `make docs`"


def test_every_part_is_used_once(generated: Mapping[str, str]) -> None:
    text = "\n".join(path.read_text("utf-8") for path in DOCUMENTS.rglob("*.md"))
    used = re.findall(r"^<!-- generated: ([a-z-]+) -->$", text, flags=re.MULTILINE)
    assert sorted(used) == sorted(generated)


def test_no_part_is_empty(generated: Mapping[str, str]) -> None:
    assert all(each.count("\n") > 3 for each in generated.values())
