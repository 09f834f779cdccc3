"""A change set in words: what a person reads before agreeing to it, labels instead of IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, RDF

#: Statements that are put into words of each side of a change; the rest are counted only.
SHOWN_STATEMENTS = 1000
_LONGEST = 200


def change_in_words(change: ChangeSet, knowledge: KnowledgeBase) -> dict[str, list[str]]:
    """Say what a change takes away and what it brings.

    :returns: sentences under ``removed`` and ``added``, sorted; of a large change some.
    """
    words = _Words(knowledge, change)
    return {"removed": words.of(change.removed), "added": words.of(change.added)}


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
            if quad.predicate in (KR.source, KR.property, KR.target) and isinstance(
                value, NamedNode
            ):
                self._ends.setdefault(subject, {})[quad.predicate] = value

    def of(self, quads: Iterable[Quad]) -> list[str]:
        return sorted(self._sentence(each) for each in islice(quads, SHOWN_STATEMENTS))

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
        if len(ends) == 3:  # noqa: PLR2004 - source, property and target
            verb = self._metamodel.verb(ends[KR.property], forward=True)
            return f"[{self._name(ends[KR.source])} {verb} {self._name(ends[KR.target])}]"
        return self._name(node)

    def _ends_of(self, node: NamedNode) -> dict[NamedNode, NamedNode]:
        """Return the ends of a link that carries facts, by what is there and what changes."""
        found = dict(self._ends.get(node, {}))
        if self._label(node.value) is None:
            for predicate in (KR.source, KR.property, KR.target):
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
