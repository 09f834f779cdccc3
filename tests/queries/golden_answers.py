"""Answers worked out by hand from the data, one file per saved query under ``golden/``.

A row lists the chosen columns in their order: an entity by its key, a term of the metamodel by its
local name, a literal by its text, and ``~`` where the column is empty. ``data`` names the datasets
(``bank``) or single graphs (``bank/enterprise``) that the answer is about: of the file, of one
call, or by default the worked example.

``engine: true`` marks an answer about what only the engine writes down, commits and descriptions
of datasets: the independent store cannot be asked. Each name under ``data`` is then one commit, and
a whole dataset comes with its manifest.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.queries.reference_store import WORKED_EXAMPLE

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class GoldenCall:
    """One call of a saved query with the whole answer expected."""

    query: str
    parameters: dict[str, str]
    columns: list[str]
    rows: list[tuple[str | None, ...]]
    data: tuple[str, ...]
    engine: bool

    def __str__(self) -> str:
        """Name the call in test reports."""
        return " ".join([self.query, *self.parameters.values()])


def golden_calls() -> list[GoldenCall]:
    """Return every golden call of every file, in file order."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        for call in content["calls"]:
            rows = [
                tuple(None if cell is None else str(cell) for cell in row) for row in call["rows"]
            ]
            data = tuple(call.get("data") or content.get("data") or WORKED_EXAMPLE)
            parameters = {name: str(each) for name, each in call["params"].items()}
            engine = bool(call.get("engine", False))
            found.append(GoldenCall(path.stem, parameters, call["columns"], rows, data, engine))
    return found
