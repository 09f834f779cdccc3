"""What the documentation tells people to type works, and shows what the documentation shows."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from tests.docs.documents import ROOT, Block, blocks, pages, prose, relative
from tests.docs.walkthrough import Walkthrough, expect, typed

WALKED = [
    path for path in pages() if any(each.language in {"console", "python"} for each in blocks(path))
]


@pytest.mark.parametrize("page", WALKED, ids=relative)
def test_a_page_can_be_followed(page: Path, walk: Walkthrough) -> None:
    walk.do(list(blocks(page)))
    for name in drawn(page):
        # To renew a picture, copy what the command of the page writes.
        assert Path(name).read_bytes() == (page.parent / name).read_bytes(), name


def drawn(page: Path) -> list[str]:
    """Return the pictures of a page that its own commands write."""
    commands = [each.command for block in blocks(page) for each in typed(block)]
    shown = re.findall(r"!\[[^]]*\]\(([^)]+\.svg)\)", prose(page))
    return [name for name in shown if any(f"-o {name}" in each for each in commands)]


def test_the_tutorial_has_a_picture_that_it_draws() -> None:
    assert drawn(ROOT / "docs" / "tutorial" / "from-question-to-roadmap.md") == ["personas.svg"]


def test_the_pages_that_must_be_followed_are() -> None:
    walked = {relative(each) for each in WALKED}
    assert "README.md" in walked
    assert any(each.startswith("docs/tutorial/") for each in walked)
    assert sum(each.startswith("docs/how-to/") for each in walked) >= 8


def test_commands_are_told_from_their_output() -> None:
    block = Block("console", "$ one \\\n  two\nout\n$ three\n", 10)
    first, second = typed(block)
    assert (first.command, first.shown, first.line) == ("one  two", ("out",), 11)
    assert (second.command, second.shown) == ("three", ())


def test_a_line_that_does_not_come_out_is_found() -> None:
    expect("a\n b  c\nd\n", ["a", "…", "b …", "d"], "here")
    for shown in (["x"], ["d", "a"], ["a b"], ["b"]):
        with pytest.raises(AssertionError, match="nothing like"):
            expect("a\n b  c\nd\n", shown, "here")


def test_a_failure_that_is_not_shown_is_found(walk: Walkthrough) -> None:
    with pytest.raises(AssertionError, match="No entity is called"):
        walk.do([Block("console", "$ orthogramic show Nobody\n", 1)])
    walk.do([Block("console", "$ orthogramic show Nobody\n$ echo $?\n3\n", 1)])


def test_something_is_typed_on_every_page_that_shows_a_console() -> None:
    for page in WALKED:
        consoles = [each for each in blocks(page) if each.language == "console"]
        assert all(list(typed(each)) for each in consoles), relative(page)
        commands = itertools.chain.from_iterable(typed(each) for each in consoles)
        assert all(each.command.strip() for each in commands)
