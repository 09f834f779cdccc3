"""Findings as JSON documents, to be kept and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path, PathExpression, PathKind

_MEMBERS = (
    ("focus", "focus"),
    ("value", "value"),
    ("component", "component"),
    ("severity", "severity"),
    ("shape", "source_shape"),
    ("constraint", "constraint"),
    ("root_shape", "root_shape"),
    ("root_node", "root_node"),
)


class FindingRecords:
    """Writes findings under one shapes graph as text, and reads them again.

    Blank nodes of the shapes have other labels whenever the shapes are read, so they are told by
    the order in which the shapes graph mentions them.

    :param shapes: the shapes graph.
    """

    def __init__(self, shapes: Iterable[Triple]) -> None:
        mentioned = (
            term
            for triple in shapes
            for term in (triple.subject, triple.object)
            if isinstance(term, BlankNode)
        )
        self._nodes: list[BlankNode] = list(dict.fromkeys(mentioned))
        self._places = {node: place for place, node in enumerate(self._nodes)}

    def write(self, finding: Finding) -> str:
        """Return a finding as text."""
        return json.dumps(self._document(finding), ensure_ascii=False, separators=(",", ":"))

    def read(self, text: str) -> Finding:
        """Return the finding that was written."""
        return self._finding(json.loads(text))

    def name(self, shape: NamedNode | BlankNode) -> str:
        """Return the text that tells a shape from all others of the shapes graph."""
        return shape.value if isinstance(shape, NamedNode) else f"_:{self._places[shape]}"

    def shape(self, name: str) -> NamedNode | BlankNode:
        """Return the shape of a name."""
        return self._nodes[int(name[2:])] if name.startswith("_:") else NamedNode(name)

    def _document(self, finding: Finding) -> dict[str, Any]:
        document: dict[str, Any] = {
            member: self._written(term)
            for member, attribute in _MEMBERS
            if (term := getattr(finding, attribute)) is not None
        }
        if finding.path is not None:
            document["path"] = _written_path(finding.path)
        if finding.messages:
            document["messages"] = [self._written(each) for each in finding.messages]
        if finding.details:
            document["details"] = [self._document(each) for each in finding.details]
        return document

    def _finding(self, document: Mapping[str, Any]) -> Finding:
        terms: dict[str, Any] = {
            attribute: self._read(document[member])
            for member, attribute in _MEMBERS
            if member in document
        }
        path = document.get("path")
        return Finding(
            **{"value": None, **terms},
            path=None if path is None else _read_path(path),
            messages=tuple(self._read(each) for each in document.get("messages", ())),
            details=tuple(self._finding(each) for each in document.get("details", ())),
        )

    def _written(self, term: Node) -> Any:
        if isinstance(term, NamedNode):
            return term.value
        if isinstance(term, BlankNode):
            place = self._places.get(term)
            return {"blank": term.value} if place is None else {"shape": place}
        if term.language:
            return {"text": term.value, "language": term.language}
        return {"text": term.value, "datatype": term.datatype.value}

    def _read(self, written: Any) -> Any:
        if isinstance(written, str):
            return NamedNode(written)
        if "shape" in written:
            return self._nodes[written["shape"]]
        if "blank" in written:
            return BlankNode(written["blank"])
        if "language" in written:
            return Literal(written["text"], language=written["language"])
        return Literal(written["text"], datatype=NamedNode(written["datatype"]))


def _written_path(path: Path) -> Any:
    if isinstance(path, NamedNode):
        return path.value
    return [path.kind.name, *(_written_path(each) for each in path.parts)]


def _read_path(written: Any) -> Path:
    if isinstance(written, str):
        return NamedNode(written)
    kind, *parts = written
    return PathExpression(PathKind[kind], tuple(_read_path(each) for each in parts))
