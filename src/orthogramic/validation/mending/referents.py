"""What a name, or an address that leads nowhere, certainly means."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from orthogramic.syntax import normalise_title
from orthogramic.validation.labels import Labels, tail
from orthogramic.validation.near_names import bare
from orthogramic.validation.surroundings import Surroundings


class Referents:
    """Finds things by what people call them.

    :param surroundings: the data.
    :param labels: names by IRI.
    """

    def __init__(self, surroundings: Surroundings, labels: Labels) -> None:
        self._surroundings = surroundings
        self._labels = labels
        self._named: dict[NamedNode, dict[str, list[NamedNode]]] = {}

    def called(self, text: str, classes: list[NamedNode]) -> list[NamedNode]:
        """Return what is called so, by address, title or key."""
        address = _as_iri(text.strip())
        around = self._surroundings
        if address is not None and around.is_described(address):
            fits = not classes or any(around.is_a(address, each) for each in classes)
            return [address] if fits else []
        title = normalise_title(text)
        found = [node for each in classes for node in self._names(each).get(title, ())]
        return list(dict.fromkeys(found))

    def _names(self, class_: NamedNode) -> dict[str, list[NamedNode]]:
        """Return the instances of a class by title and by key."""
        if class_ not in self._named:
            names: dict[str, list[NamedNode]] = {}
            for each in self._surroundings.instances(class_):
                if isinstance(each, NamedNode):
                    known = {self._labels.known(each), *self._keys(each)}
                    for name in filter(None, known):
                        names.setdefault(normalise_title(name), []).append(each)
            self._named[class_] = names
        return self._named[class_]

    def _keys(self, node: NamedNode) -> Iterator[str]:
        around = self._surroundings
        for class_ in around.classes(node):
            for key in around.business_keys(class_):
                yield from (each.value for each in around.values(node, key))

    def alike(self, value: NamedNode, classes: list[NamedNode]) -> list[NamedNode]:
        """Return the instances whose address differs by case and punctuation only."""
        wanted = bare(value.value)
        return [
            each
            for each in dict.fromkeys(
                node for class_ in classes for node in self._surroundings.instances(class_)
            )
            if isinstance(each, NamedNode) and bare(tail(each)) and bare(each.value) == wanted
        ]


def _as_iri(text: str) -> NamedNode | None:
    if ":" not in text or any(each.isspace() for each in text):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None
