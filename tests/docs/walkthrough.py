"""Does what a page tells its reader to do, and looks whether that comes out which the page shows.

Blocks are done in order, in an empty folder, with a store that holds the reference data:

- a block under ``<!-- file: NAME -->`` is saved under that name;
- ``console``: lines behind ``$`` are typed, the lines below are what must come out;
- ``python``: is run; a ``text`` block right behind it is what it must print.

What must come out is a part of what does: every line that is shown, in that order, white space
aside. A shown line that ends with ``…`` is the beginning of a line; one that is only ``…`` stands
for any lines. A command must succeed unless the page shows its error or asks ``echo $?``.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orthogramic.cli.main import run
from tests.docs.curl import SHOWN, curl
from tests.docs.documents import Block

if TYPE_CHECKING:
    import pytest

#: Commands that set a machine up or never end: told, not run.
NOT_RUN = ("make", "git", "cd")
SERVES = re.compile(r"orthogramic\b.* serve\b")


@dataclass(frozen=True, slots=True)
class Typed:
    """One command and the lines that a page shows below it."""

    command: str
    shown: tuple[str, ...]
    line: int


def typed(block: Block) -> Iterator[Typed]:
    """Yield the commands of a console block."""
    command, start = "", block.line
    shown: list[str] = []
    for number, text in enumerate(block.text.splitlines(), start=block.line + 1):
        if command.endswith("\\"):
            command = f"{command[:-1]} {text.strip()}"
        elif text.startswith("$ "):
            if command:
                yield Typed(command, tuple(shown), start)
            command, shown, start = text[2:], [], number
        else:
            shown.append(text)
    if command:
        yield Typed(command, tuple(shown), start)


@dataclass(slots=True)
class Walkthrough:
    """Walks through one page.

    :param service: gives the address of a running service with the reference data.
    :param capture: gives what was printed since it was last asked.
    """

    service: Callable[[], str]
    capture: pytest.CaptureFixture[str]
    environment: pytest.MonkeyPatch
    names: dict[str, Any] = field(default_factory=dict)
    printed: str | None = None
    left_with: int = 0

    def do(self, blocks: Sequence[Block]) -> None:
        """Do everything that a page says."""
        for block in blocks:
            if block.file is not None:
                Path(block.file).parent.mkdir(parents=True, exist_ok=True)
                Path(block.file).write_text(block.text, "utf-8")
            elif block.language == "console":
                self._type(block)
            elif block.language == "python":
                self.printed = self._run_python(block)
                continue
            elif block.language == "text" and self.printed is not None:
                expect(self.printed, block.text.splitlines(), f"the output at line {block.line}")
            self.printed = None

    def _type(self, block: Block) -> None:
        commands = list(typed(block))
        for each, following in zip(commands, [*commands[1:], None], strict=True):
            if each.command.startswith(NOT_RUN) or SERVES.match(each.command):
                continue
            if each.command == "echo $?":
                expect(f"{self.left_with}\n", each.shown, f"line {each.line}")
                continue
            out, self.left_with = self._pipe(each.command)
            may_fail = following is not None and following.command == "echo $?"
            error_shown = any(line.startswith("orthogramic:") for line in each.shown)
            where = f"line {each.line}, $ {each.command}"
            assert self.left_with == 0 or may_fail or error_shown, f"{where}\n{out}"
            expect(out, each.shown, where)

    def _pipe(self, command: str) -> tuple[str, int]:
        lexer = shlex.shlex(command, posix=True, punctuation_chars="|>")
        lexer.whitespace_split = True
        words, stages, target = list(lexer), [[]], None  # type: list[str], list[list[str]], Any
        while words:
            word = words.pop(0)
            if word == "|":
                stages.append([])
            elif word == ">":
                target = Path(words.pop(0))
            else:
                stages[-1].append(word)
        out, code = self._stage(stages[0], "")
        for stage in stages[1:]:
            out, code = self._stage(stage, out)
        if target is not None:
            target.write_text(out, "utf-8")
            return "", code
        return out, code

    def _stage(self, words: list[str], given: str) -> tuple[str, int]:
        program, arguments = words[0], words[1:]
        if program == "export":
            name, _, value = arguments[0].partition("=")
            self.environment.setenv(name, value)
            return "", 0
        if program == "orthogramic":
            return self._orthogramic(arguments, given)
        if program == "curl":
            return curl(arguments, self.service()), 0
        real = sys.executable if program == "python3" else program
        done = subprocess.run(
            [real, *arguments], input=given, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr, done.returncode

    def _orthogramic(self, arguments: list[str], given: str) -> tuple[str, int]:
        if any(SHOWN in each for each in arguments):
            arguments = [each.replace(SHOWN, self.service()) for each in arguments]
        self.capture.readouterr()
        with self.environment.context() as patched:
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
            code = run(arguments)
        captured = self.capture.readouterr()
        return captured.out + captured.err, code

    def _run_python(self, block: Block) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block.text, f"line {block.line}", "exec"), self.names)
        return out.getvalue()


def expect(out: str, shown: Sequence[str], where: str) -> None:
    """Check that the shown lines come out, in their order."""
    lines = iter([" ".join(each.split()) for each in out.splitlines()])
    for each in shown:
        wanted = " ".join(each.split())
        if wanted in {"", "…"} or not wanted.strip("─ "):
            continue
        found = any(_fits(line, wanted) for line in lines)
        assert found, f"{where}: nothing like {wanted!r} comes out, or not there:\n{out}"


def _fits(line: str, wanted: str) -> bool:
    if wanted.endswith("…"):
        return line.startswith(wanted.removesuffix("…").rstrip())
    return line == wanted


def environment_without_ours() -> dict[str, str]:
    """Return the environment without settings of ours."""
    return {name: each for name, each in os.environ.items() if not name.startswith("ORTHOGRAMIC")}
