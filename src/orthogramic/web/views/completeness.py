"""What the shapes would like to know of an entity and nobody has said yet.

Only the counting part of a shape is looked at, and only for the entity on the page: that costs no
question to the store. A full report is the business of validation.
"""

from __future__ import annotations

from collections import Counter

from pyoxigraph import NamedNode

from orthogramic.metamodel import Metamodel
from orthogramic.repository.views import EntityView
from orthogramic.web.views.properties import Expectation


def open_points(metamodel: Metamodel, entity: EntityView) -> tuple[Expectation, ...]:
    """Return the messages of the shapes that count fewer values than they expect."""
    counts = _counts(metamodel, entity)
    found = (
        Expectation(shape.severity.value, shape.message)
        for shape in metamodel.shapes_of(NamedNode(entity.summary.class_iri))
        if shape.path is not None
        and not shape.inverse_path
        and counts[shape.path] < shape.min_count
    )
    return tuple(dict.fromkeys(each for each in found if each.message))


def _counts(metamodel: Metamodel, entity: EntityView) -> Counter[NamedNode]:
    """Count the values of each property; a value of a sub-property counts for those above it."""
    counts: Counter[NamedNode] = Counter()

    def note(iri: str, number: int = 1, *, forward: bool = True) -> None:
        term = metamodel.properties.get(NamedNode(iri))
        if term is not None and not forward and not term.symmetric:
            term = metamodel.properties.get(term.inverse) if term.inverse else None
        if term is not None:
            for each in (term.iri, *term.ancestors):
                counts[each] += number

    for attribute in entity.attributes:
        note(attribute.property_iri, len(attribute.values))
    for structure in entity.structures:
        note(structure.property_iri)
    for link in (*entity.outgoing, *entity.incoming):
        note(link.property_iri, forward=link.forward)
    return counts
