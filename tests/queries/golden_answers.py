"""Answers worked out by hand from the data, one file per saved query under ``golden/``.

A row lists the chosen columns in their order: an entity by its key, a term of the metamodel by its
local name, a literal by its text, and ``~`` where the column is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class GoldenCall:
    """One call of a saved query with the whole answer expected."""

    query: str
    parameters: dict[str, str]
    columns: list[str]
    rows: list[tuple[str | None, ...]]

    def __str__(self) -> str:
        """Name the call in test reports."""
        return " ".join([self.query, *self.parameters.values()])


def golden_calls() -> list[GoldenCall]:
    """Return every golden call of every file, in file order."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for call in yaml.safe_load(path.read_text("utf-8"))["calls"]:
            rows = [
                tuple(None if cell is None else str(cell) for cell in row) for row in call["rows"]
            ]
            found.append(GoldenCall(path.stem, call["params"], call["columns"], rows))
    return found
