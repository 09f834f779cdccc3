"""A change set in words: what a person reads before agreeing to it, labels instead of IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, RDF

#: Statements that are put into words of each side of a change; the rest are counted only.
SHOWN_STATEMENTS = 1000
_LONGEST = 200
_ENDS = (KR.source, KR.property, KR.target)


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change in sentences.

    :param removed: what it takes away, sorted.
    :param added: what it brings, sorted.
    :param left_out: how many statements of a large change are not put into words.
    """

    removed: tuple[str, ...]
    added: tuple[str, ...]
    left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "removed": list(self.removed),
            "added": list(self.added),
            "left_out": self.left_out,
        }


def change_in_words(change: ChangeSet, knowledge: KnowledgeBase) -> ChangeWords:
    """Say what a change takes away and what it brings."""
    words = _Words(knowledge, change)
    left_out = (max(0, len(side) - SHOWN_STATEMENTS) for side in (change.removed, change.added))
    return ChangeWords(words.of(change.removed), words.of(change.added), sum(left_out))


class _Words:
    """Puts statements of one change into words."""

    def __init__(self, knowledge: KnowledgeBase, change: ChangeSet) -> None:
        self._knowledge = knowledge
        self._metamodel = knowledge.metamodel
        self._ends: dict[NamedNode, dict[NamedNode, NamedNode]] = {}
        self._labels: dict[str, str] = {}
        labels = self._metamodel.label_properties()
        for quad in (*change.removed, *change.added):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode):
                continue
            if quad.predicate in labels and isinstance(value, Literal):
                self._labels[subject.value] = value.value
            if quad.predicate in _ENDS and isinstance(value, NamedNode):
                self._ends.setdefault(subject, {})[quad.predicate] = value

    def of(self, quads: Iterable[Quad]) -> tuple[str, ...]:
        shown = islice(quads, SHOWN_STATEMENTS)
        return tuple(sorted(self._sentence(each) for each in shown if not self._is_end(each)))

    def _is_end(self, quad: Quad) -> bool:
        """Tell whether a statement only says between what a link is: its name says that."""
        node = quad.subject
        ends = quad.predicate in _ENDS and isinstance(node, NamedNode)
        return ends and len(self._ends_of(node)) == len(_ENDS)  # type: ignore[arg-type]

    def _sentence(self, quad: Quad) -> str:
        subject = self._node(quad.subject)
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
            return f"{subject} is a {self._metamodel.class_label(quad.object)}"
        said = self._metamodel.verb(quad.predicate, forward=True)
        if isinstance(quad.object, NamedNode):
            return f"{subject} {said} {self._node(quad.object)}"
        return f"{subject}: {said} is {self._value(quad.object)}"

    def _value(self, term: object) -> str:
        if not isinstance(term, Literal):
            return str(term)
        text = term.value if len(term.value) <= _LONGEST else f"{term.value[:_LONGEST]}…"
        return f"“{text}”" + (f" ({term.language})" if term.language else "")

    def _node(self, node: NamedNode | BlankNode | Triple) -> str:
        if not isinstance(node, NamedNode):
            return str(node)
        ends = self._ends_of(node)
        if len(ends) == len(_ENDS):
            verb = self._metamodel.verb(ends[KR.property], forward=True)
            return f"[{self._name(ends[KR.source])} {verb} {self._name(ends[KR.target])}]"
        return self._name(node)

    def _ends_of(self, node: NamedNode) -> dict[NamedNode, NamedNode]:
        """Return the ends of a link that carries facts, by what is there and what changes."""
        found = dict(self._ends.get(node, {}))
        if self._label(node.value) is None:
            for predicate in _ENDS:
                for quad in self._knowledge.store.quads(node, predicate):
                    if isinstance(quad.object, NamedNode):
                        found.setdefault(predicate, quad.object)
        return found

    def _name(self, node: NamedNode) -> str:
        """Return the label of an entity; a part goes by its entity and its place there."""
        iri, rest = node.value, ""
        while iri.count("/") > 3:  # noqa: PLR2004 - the slashes up to the end of the host
            label = self._label(iri)
            if label is not None:
                return f"“{label}”{f', {rest}' if rest else ''}"
            iri, _, last = iri.rpartition("/")
            rest = f"{last}/{rest}" if rest else last
        term = self._metamodel.properties.get(node) or self._metamodel.classes.get(node)
        return term.label if term else local_name(node)

    def _label(self, iri: str) -> str | None:
        summary = self._knowledge.catalogue.by_iri(iri)
        return summary.label if summary else self._labels.get(iri)
