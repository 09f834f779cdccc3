"""The files under examination, and the words in them."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "orthogramic"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that stands in a file: where, and the text."""

    line: int
    text: str


def python_files() -> list[Path]:
    """Return every Python module of the package."""
    return sorted(SOURCE.rglob("*.py"))


def template_files() -> list[Path]:
    """Return the files that a browser receives or that pages are made from."""
    suffixes = {".html", ".css", ".js", ".jinja", ".j2"}
    return sorted(path for path in SOURCE.rglob("*") if path.suffix in suffixes)


def relative(path: Path) -> str:
    """Return a path as it reads from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def identifiers(tree: ast.AST) -> Iterator[Found]:
    """Yield every name that Python code binds, reads, imports or passes.

    In the syntax tree every string-valued field that is not a constant is a name.

    :param tree: a parsed module.
    :returns: the names, dotted ones part by part.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            continue
        for _, value in ast.iter_fields(node):
            values = value if isinstance(value, list) else [value]
            for each in values:
                if isinstance(each, str):
                    for part in each.split("."):
                        yield Found(getattr(node, "lineno", 1), part)


def string_constants(tree: ast.AST) -> Iterator[Found]:
    """Yield every string constant that is not a docstring, those inside f-strings included.

    :param tree: a parsed module.
    :returns: the strings with the line they start on.
    """
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield Found(node.lineno, node.value)


@cache
def words_of(identifier: str) -> tuple[str, ...]:
    """Split an identifier in any of the usual spellings into lower-case words.

    :param identifier: ``lowerCamel``, ``UpperCamel``, ``snake_case`` or ``CONSTANT_CASE``.
    :returns: its words, in order.
    """
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", identifier)
    return tuple(part.lower() for part in parts)


def tracked_files() -> list[Path] | None:
    """Return the files under version control, or None outside a checkout."""
    if not (ROOT / ".git").exists():
        return None
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], check=True, capture_output=True, text=True
    ).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]
