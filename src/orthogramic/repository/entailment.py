"""Schema-local entailment: what follows from one asserted triple and the ontology.

Superclasses, superproperties, inverses and symmetric properties (RDF Schema entailment rules
rdfs7 and rdfs9; OWL 2 RL rules prp-inv1, prp-inv2, prp-symp), closed over the ontology, never
over the data: transitive closure is left to property paths and to the graph. So an inferred
triple follows from a single asserted one, and goes when its last asserted support goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from orthogramic.metamodel import Metamodel
from orthogramic.vocabulary import KR, RDF

#: A derived predicate, and whether it swaps subject and object.
Derivation = tuple[NamedNode, bool]

#: Yields the asserted quads that have the given subject, predicate, object (``None`` = any).
Asserted = Callable[[NamedNode | None, NamedNode | None, object], Iterable[Quad]]


class Entailment:
    """The entailment rules of one ontology, worked out once per property and class."""

    def __init__(self, metamodel: Metamodel) -> None:
        self._by_property = {iri: _closure(metamodel, iri) for iri in metamodel.properties}
        self._by_class = {
            iri: tuple(each for each in term.ancestors if each in metamodel.classes)
            for iri, term in metamodel.classes.items()
        }
        self._supports: dict[NamedNode, list[Derivation]] = {}
        for iri, derived in self._by_property.items():
            for predicate, swapped in derived:
                self._supports.setdefault(predicate, []).append((iri, swapped))
        self._below: dict[NamedNode, list[NamedNode]] = {}
        for iri, ancestors in self._by_class.items():
            for each in ancestors:
                self._below.setdefault(each, []).append(iri)

    def of(self, quad: Quad | Triple) -> Iterator[Quad]:
        """Yield what follows from one asserted triple, as quads of the inferred graph."""
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if predicate == RDF.type:
            for ancestor in self._by_class.get(value, ()):  # type: ignore[arg-type]
                yield Quad(subject, RDF.type, ancestor, KR.inferred)
            return
        for derived, swapped in self._by_property.get(predicate, ()):
            if not swapped:
                yield Quad(subject, derived, value, KR.inferred)
            elif isinstance(value, NamedNode):
                yield Quad(value, derived, subject, KR.inferred)

    def closure(self, quads: Iterable[Quad | Triple]) -> Iterator[Quad]:
        """Yield what follows from many asserted triples; a quad may come more than once."""
        for each in quads:
            yield from self.of(each)

    def unsupported(self, removed: Iterable[Quad], asserted: Asserted) -> list[Quad]:
        """Return the inferred quads that lose their last support.

        :param removed: asserted quads that go.
        :param asserted: looks up what stays asserted.
        """
        candidates = dict.fromkeys(self.closure(removed))
        return [each for each in candidates if not self._supported(each, asserted)]

    def _supported(self, quad: Quad, asserted: Asserted) -> bool:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        assert isinstance(subject, NamedNode)
        if predicate == RDF.type and isinstance(value, NamedNode):
            return any(
                next(iter(asserted(subject, RDF.type, below)), None) is not None
                for below in self._below.get(value, ())
            )
        for premise, swapped in self._supports.get(predicate, ()):
            if not swapped:
                found = asserted(subject, premise, value)
            elif isinstance(value, NamedNode):
                found = asserted(value, premise, subject)
            else:
                continue
            if next(iter(found), None) is not None:
                return True
        return False


def _closure(metamodel: Metamodel, start: NamedNode) -> tuple[Derivation, ...]:
    """Return every predicate that a triple of ``start`` entails, itself unswapped excluded."""
    seen: set[Derivation] = {(start, False)}
    queue: list[Derivation] = [(start, False)]
    while queue:
        predicate, swapped = queue.pop()
        term = metamodel.properties.get(predicate)
        if term is None:
            continue
        following: list[Derivation] = [(each, swapped) for each in term.parents]
        if term.inverse is not None:
            following.append((term.inverse, not swapped))
        if term.symmetric:
            following.append((predicate, not swapped))
        for each in following:
            if each not in seen:
                seen.add(each)
                queue.append(each)
    seen.discard((start, False))
    return tuple(sorted(seen, key=lambda each: (each[0].value, each[1])))
