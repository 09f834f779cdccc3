"""SHACL property paths as values (SHACL, section 2.3.1).

A path that is one property is that property's :class:`~pyoxigraph.NamedNode`; every other path is
a :class:`PathExpression`.  Both have ``value``: the IRI, or the path in SPARQL syntax.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pyoxigraph import NamedNode

from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.vocabulary import RDF, SH

_DEEPEST = 50


class PathKind(StrEnum):
    """How the parts of a path go together."""

    INVERSE = "inverse"
    SEQUENCE = "sequence"
    ALTERNATIVE = "alternative"
    ZERO_OR_MORE = "zero-or-more"
    ONE_OR_MORE = "one-or-more"
    ZERO_OR_ONE = "zero-or-one"


_SUFFIXES = {PathKind.ZERO_OR_MORE: "*", PathKind.ONE_OR_MORE: "+", PathKind.ZERO_OR_ONE: "?"}
_UNARY = {
    SH.inversePath: PathKind.INVERSE,
    SH.zeroOrMorePath: PathKind.ZERO_OR_MORE,
    SH.oneOrMorePath: PathKind.ONE_OR_MORE,
    SH.zeroOrOnePath: PathKind.ZERO_OR_ONE,
}


@dataclass(frozen=True, slots=True)
class PathExpression:
    """A path that is more than one property; ``parts`` has one member unless it joins several."""

    kind: PathKind
    parts: tuple[Path, ...]

    @property
    def value(self) -> str:
        """The path in SPARQL syntax."""
        return path_text(self, lambda iri: f"<{iri.value}>")

    def __str__(self) -> str:
        return self.value


Path: TypeAlias = NamedNode | PathExpression


def path_text(path: Path, spell: Callable[[NamedNode], str]) -> str:
    """Write a path in SPARQL syntax.

    :param path: the path.
    :param spell: gives the spelling of a property: its IRI in brackets, a label.
    :returns: the text; a path that is one property is spelled as it is.
    """
    if isinstance(path, NamedNode):
        return spell(path)
    parts = [_part_text(part, spell) for part in path.parts]
    if path.kind is PathKind.INVERSE:
        return f"^{parts[0]}"
    if path.kind is PathKind.SEQUENCE:
        return " / ".join(parts)
    if path.kind is PathKind.ALTERNATIVE:
        return " | ".join(parts)
    return f"{parts[0]}{_SUFFIXES[path.kind]}"


def _part_text(path: Path, spell: Callable[[NamedNode], str]) -> str:
    text = path_text(path, spell)
    return f"({text})" if isinstance(path, PathExpression) else text


def read_path(shapes: GraphIndex, node: Node, _depth: int = 0) -> Path | None:
    """Read the value of an ``sh:path`` or ``sh:resultPath``.

    :param shapes: the graph that holds the path's nodes.
    :param node: the head of the path.
    :returns: the path, or ``None`` if it is not well formed.
    """
    if isinstance(node, NamedNode) and node != RDF.nil:
        return node
    if _depth > _DEEPEST:
        return None
    if shapes.objects(node, RDF.first):
        return _joined(shapes, PathKind.SEQUENCE, node, _depth)
    alternatives = shapes.object(node, SH.alternativePath)
    if alternatives is not None:
        return _joined(shapes, PathKind.ALTERNATIVE, alternatives, _depth)
    for predicate, kind in _UNARY.items():
        inner = shapes.object(node, predicate)
        if inner is not None:
            part = read_path(shapes, inner, _depth + 1)
            return PathExpression(kind, (part,)) if part is not None else None
    return None


def _joined(shapes: GraphIndex, kind: PathKind, head: Node, depth: int) -> Path | None:
    parts = [read_path(shapes, member, depth + 1) for member in shapes.members(head)]
    known = tuple(part for part in parts if part is not None)
    return PathExpression(kind, known) if len(known) == len(parts) > 0 else None
