"""Text of the data is shown by a terminal, never obeyed."""

from __future__ import annotations

from pathlib import Path

import pytest

import orthogramic
from orthogramic.cli.main import run
from orthogramic.cli.rendering import visible
from tests.conftest import TOY

CLEAR = "\x1b[2J\x9b31m"


def test_what_moves_the_cursor_is_written_out() -> None:
    assert visible(f"a{CLEAR}b\r\x07\x7f") == "a\\x1b[2J\\x9b31mb\\x0d\\x07\\x7f"
    assert visible("tab\tand\nline, Zoë, 日本") == "tab\tand\nline, Zoë, 日本"


@pytest.mark.parametrize("command", [["show", "Hive/H-1"], ["history"], ["history", "2"]])
def test_commands_show_it(
    own_store: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with orthogramic.open(own_store, bundle=[TOY]) as repository:
        repository.patch_entity("Hive/H-1", {"caption": f"Wil{CLEAR}low"}, message=f"So{CLEAR}")
    assert run(["--store", str(own_store), "--bundle", str(TOY), *command]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "\\x1b" in shown or command == ["history", "2"]
