"""What people call a thing in a report: its title, or whose part it is."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.graph_index import Node
from orthogramic.validation.labels import Labels, tail
from orthogramic.validation.surroundings import Surroundings, is_unnamed
from orthogramic.vocabulary import KR

_DEEPEST = 4


class Headings:
    """Names nodes so that a person can find them; each is named once.

    :param labels: names by IRI.
    :param surroundings: the data around them.
    """

    def __init__(self, labels: Labels, surroundings: Surroundings) -> None:
        self._labels = labels
        self._surroundings = surroundings
        self._known: dict[Node, str] = {}

    def of(self, node: Node, depth: int = 0) -> str:
        """Return the name of a node.

        :param node: an entity (its label), a part (``Budget line 2 of Harbour Works``), a link
            (``“feeds” from A to B``), or a literal (its text in quotes).
        :param depth: how many owners up a part is named already.
        """
        if isinstance(node, Literal):
            return self._labels.of(node)
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = self._name(node, depth)
        return known

    def _name(self, node: Node, depth: int) -> str:
        label = self._labels.known(node)
        around = self._surroundings
        if depth > _DEEPEST:
            return label or self._fallback(node)
        if label and not around.is_a(node, KR.StructuralNode):
            return label
        if around.is_a(node, KR.QualifiedRelationship):
            return self._link(node, depth)
        whole = around.whole_of(node)
        if whole is None:
            return label or self._fallback(node)
        number = _suffix(node, whole)
        own = f"“{label}”" if label else number
        return f"{self._part(node)}{' ' if own else ''}{own} of {self.of(whole, depth + 1)}"

    def _part(self, node: Node) -> str:
        """Say what a part is."""
        classes = self._surroundings.classes(node)
        if classes:
            return self._labels.of(classes[0])
        return "an unnamed part" if is_unnamed(node) else self._labels.of(node)

    def _fallback(self, node: Node) -> str:
        classes = self._surroundings.classes(node)
        if is_unnamed(node) and classes:
            return f"an unnamed {lowered(self._labels.of(classes[0]))}"
        return "an unnamed node" if is_unnamed(node) else self._labels.of(node)

    def _link(self, node: Node, depth: int) -> str:
        ends = []
        for word, end in (("from", KR.source), ("to", KR.target)):
            ends += [f" {word} {self.of(each, depth + 1)}" for each in self._first(node, end)]
        named = [
            f"“{each.value if isinstance(each, Literal) else self._labels.of(each)}”"
            for each in self._first(node, KR.property)
        ]
        if not named and not ends:
            return self._labels.of(node)
        return f"{''.join(named) or 'Link'}{''.join(ends)}"

    def _first(self, node: Node, predicate: NamedNode) -> list[Node]:
        return self._surroundings.values(node, predicate)[:1]


def lowered(label: str) -> str:
    """Return a label as it stands within a sentence: lower case but for abbreviations."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def with_article(label: str) -> str:
    """Return a label within a sentence, with its article."""
    word = lowered(label)
    return f"{'an' if word[:1].lower() in 'aeio' else 'a'} {word}"


def _suffix(node: Node, whole: Node) -> str:
    """Return what tells a part from its likes: what stands after its role in its address."""
    if not isinstance(node, NamedNode) or not isinstance(whole, NamedNode):
        return ""
    if not node.value.startswith(f"{whole.value}/"):
        return ""
    beyond = node.value.removeprefix(f"{whole.value}/").split("/")
    return tail(node) if len(beyond) > 1 else ""
