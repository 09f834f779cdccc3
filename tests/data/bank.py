"""The bank's tables: as its README prints them, and as its Turtle states them."""

from __future__ import annotations

from tests.data.datasets import dataset
from tests.data.named_things import ask

NAME = "bank"


def column(query: str) -> set[str]:
    """Return the values of the first variable of a query over both graphs."""
    return {first for first, *_ in ask(NAME, query)}


def grouped(query: str) -> dict[str, set[str]]:
    """Return the values of the second variable by those of the first; unbound ones are dropped."""
    groups: dict[str, set[str]] = {}
    for key, value in ask(NAME, query):
        groups.setdefault(key, set())
        groups[key] |= {value} - {""}
    return groups


def readme_table(heading: str) -> list[dict[str, str]]:
    """Return the first table under a heading of the README, a dictionary for each row."""
    text = (dataset(NAME).folder / "README.md").read_text("utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = next(each for each in section.strip().split("\n\n") if each[0] == "|").splitlines()
    header, _, *rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return [dict(zip(header, row, strict=True)) for row in rows]
