"""The saved queries as files: header and text, read without the engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode

from tests.data.datasets import ENTITIES, ROOT
from tests.queries.reference_store import Value

XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class QueryFile:
    """One ``.rq`` file."""

    path: Path
    text: str
    header: dict[str, Any]

    @property
    def name(self) -> str:
        """The public name: the stem of the file name."""
        return self.path.stem

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """The declared parameters by name."""
        return dict(self.header.get("params") or {})

    @property
    def body(self) -> str:
        """The text without the header and other comment lines."""
        lines = self.text.splitlines()
        return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def query_files() -> list[QueryFile]:
    """Return all saved queries, sorted by name."""
    files = []
    for path in sorted((ROOT / "queries").rglob("*.rq"), key=lambda each: each.stem):
        text = path.read_text("utf-8")
        header = "\n".join(line[3:] for line in text.splitlines() if line.startswith("#+"))
        files.append(QueryFile(path, text, yaml.safe_load(header)))
    return files


def as_term(value: str, parameter_type: str) -> Value:
    """Turn the text of a parameter into the term that the engine would bind.

    :param value: ``Class/key`` for an entity, an IRI, or the lexical form of a literal.
    """
    if parameter_type == "entity":
        return NamedNode(ENTITIES + value)
    if parameter_type == "iri":
        return NamedNode(value)
    return Literal(value, datatype=NamedNode(XSD + parameter_type))
