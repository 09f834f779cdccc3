"""Names that people know for the things in a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path, PathExpression, PathKind
from orthogramic.vocabulary import RDF, RDFS, SKOS

#: Gives the label of an IRI, or ``None`` where it knows none.
LabelSource: TypeAlias = Callable[[NamedNode], str | None]

_WORDS = {RDF.type: "type", RDFS.label: "label", RDFS.comment: "comment"}
_JOINTS = {PathKind.SEQUENCE: " of ", PathKind.ALTERNATIVE: " or "}
_LONGEST = 80


def labels_in(
    triples: Iterable[Triple], properties: Iterable[NamedNode] = (RDFS.label, SKOS.prefLabel)
) -> dict[NamedNode, str]:
    """Collect labels from a graph.

    :param triples: the graph.
    :param properties: the properties whose value is a label, the best first.
    :returns: label by IRI; English or untagged before other languages, then the first by text.
    """
    ranks = {each: rank for rank, each in enumerate(properties)}
    found: dict[NamedNode, tuple[int, bool, str]] = {}
    for subject, predicate, value in triples:
        rank = ranks.get(predicate)
        if rank is None or not isinstance(subject, NamedNode) or not isinstance(value, Literal):
            continue
        candidate = (rank, value.language not in (None, "en"), value.value)
        if subject not in found or candidate < found[subject]:
            found[subject] = candidate
    return {subject: best[2] for subject, best in found.items()}


class Labels:
    """Looks for a label in several places, and falls back to the last part of the IRI.

    :param sources: mappings or functions, the most trusted first.
    """

    def __init__(self, *sources: LabelSource | Mapping[NamedNode, str]) -> None:
        self._sources = tuple(each.get if isinstance(each, Mapping) else each for each in sources)

    def of(self, node: Node) -> str:
        """Return how people call a node; the text of a literal, shortened and in quotes."""
        if isinstance(node, NamedNode):
            return self._iri(node)
        if isinstance(node, BlankNode):
            return "an unnamed node"
        text = " ".join(node.value.split())
        if len(text) > _LONGEST:
            text = f"{text[: _LONGEST - 1]}…"
        return f"“{text}”" + (f" ({node.language})" if node.language else "")

    def known(self, node: Node) -> str | None:
        """Return the label of an IRI, or ``None`` where no source knows one."""
        if not isinstance(node, NamedNode):
            return None
        return next(filter(None, (source(node) for source in self._sources)), None)

    def _iri(self, iri: NamedNode) -> str:
        return self.known(iri) or _WORDS.get(iri) or tail(iri)

    def path(self, path: Path | None) -> str | None:
        """Return how people call a path; an inverse reads ``… (from the other end)``."""
        if path is None:
            return None
        if not isinstance(path, PathExpression):
            return self._iri(path)
        parts = [self.path(part) or "" for part in path.parts]
        if path.kind is PathKind.INVERSE:
            return f"{parts[0]} (from the other end)"
        if path.kind is PathKind.SEQUENCE:
            return " of ".join(reversed(parts))
        return _JOINTS.get(path.kind, " ").join(parts)


def tail(iri: NamedNode) -> str:
    """Return the last part of an IRI as words: the best that can be said without a label."""
    last = re.split(r"[/#:]", iri.value.rstrip("/#:"))[-1]
    return unquote(last) or iri.value
