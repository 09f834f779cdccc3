"""A missing link in words, from the labels of the bundle alone."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from orthogramic.metamodel import Metamodel, PropertyShape
from orthogramic.vocabulary import KR

#: More kinds of thing than this are not told one by one.
_MOST_KINDS = 3


class GapWords:
    """Says of one shape what is missing where it is not met."""

    def __init__(self, metamodel: Metamodel, shape: PropertyShape) -> None:
        self._metamodel = metamodel
        self._shape = shape

    def relationships(self) -> tuple[tuple[str, str], ...]:
        """Return IRI and label of the relationships, as read from the entity that lacks them."""
        return tuple(
            (iri.value, self._metamodel.verb(iri, not backwards))
            for iri, backwards in self._shape.steps
        )

    def sentence(self, label: str, links: int) -> str:
        """Say what is missing: ``Old Mill is fed by no river``.

        :param label: of the entity.
        :param links: how many links there are all the same.
        """
        least = self._shape.min_count
        few = f"only {links} of at least {least} other entities" if links else ""
        clauses = (self._clause(iri, backwards, few) for iri, backwards in self._shape.steps)
        return f"{label} {' and '.join(clauses)}"

    def mend(self) -> str:
        """Say which link to state."""
        ways = [
            f"“{self._metamodel.verb(iri, not backwards)}”{self._ending(iri, backwards)}"
            for iri, backwards in self._shape.steps
        ]
        return f"Add {_either(ways)}."

    def _clause(self, iri: NamedNode, backwards: bool, few: str) -> str:
        verb = self._metamodel.verb(iri, not backwards)
        having, _, what = verb.partition(" ")
        if having == "has" and what and not few:
            return f"has no {what}"
        return f"{verb} {few or self._none(iri, backwards)}"

    def _none(self, iri: NamedNode, backwards: bool) -> str:
        kinds = self._kinds(iri, backwards)
        return f"no {_either(kinds)}" if kinds else "nothing"

    def _ending(self, iri: NamedNode, backwards: bool) -> str:
        kinds = self._kinds(iri, backwards)
        return f" with {_either(map(_with_article, kinds))}" if kinds else ""

    def _kinds(self, iri: NamedNode, backwards: bool) -> list[str]:
        """Return what the other end may be, in words; empty if it may be anything."""
        classes: tuple[NamedNode, ...] = ()
        if self._shape.value_class is not None:
            classes = (self._shape.value_class,)
        elif term := self._metamodel.properties.get(iri):
            classes = term.domains if backwards else term.ranges
        if KR.Entity in classes or len(classes) > _MOST_KINDS:
            return []
        return sorted(_lowered(self._metamodel.class_label(each)) for each in classes)


def _lowered(label: str) -> str:
    """Return a label as it stands within a sentence: lower case but for abbreviations."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _with_article(word: str) -> str:
    return f"{'an' if word[:1].lower() in 'aeio' else 'a'} {word}"


def _either(items: Iterable[str]) -> str:
    known = list(items)
    return " or ".join(filter(None, [", ".join(known[:-1]), *known[-1:]]))
