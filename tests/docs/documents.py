"""The documentation as tests see it: pages, their fenced blocks, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "docs"
REFERENCE = DOCUMENTS / "reference"

_FENCE = re.compile(r"^```(?P<language>[a-z]*)\s*$")
_FILE = re.compile(r"^<!-- file: (?P<name>[\w./-]+) -->$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; ``file`` is the name under which a reader is to save it, if any."""

    language: str
    text: str
    line: int
    file: str | None = None


def pages() -> list[Path]:
    """Return every page of the documentation, the README and the changelog included."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCUMENTS.rglob("*.md"))]


def relative(path: Path) -> str:
    """Return a path as it reads from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order."""
    opened: tuple[int, str] | None = None
    held: list[str] = []
    file: str | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        fence = _FENCE.match(line)
        if opened is None and fence:
            opened, held = (number, fence["language"]), []
        elif opened is not None and line == "```":
            yield Block(opened[1], "\n".join(held) + "\n", opened[0], file)
            opened, file = None, None
        elif opened is not None:
            held.append(line)
        elif line.strip():
            named = _FILE.match(line)
            file = named["name"] if named else None
    assert opened is None, f"{path}: the block of line {opened} is not closed"


def prose(path: Path) -> str:
    """Return the text of a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def links(path: Path) -> Iterator[str]:
    """Yield the targets of the links of a page."""
    for found in _LINK.finditer(prose(path)):
        yield found["target"]


def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    found: set[str] = set()
    for heading in _HEADING.finditer(prose(path)):
        plain = re.sub(r"[^\w\- ]", "", heading["text"].lower()).replace(" ", "-")
        count = sum(1 for each in found if each == plain or each.startswith(f"{plain}-"))
        found.add(f"{plain}-{count}" if plain in found else plain)
    return found
