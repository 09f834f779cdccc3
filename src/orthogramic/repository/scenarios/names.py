"""Names in scenarios: those of what is there, and of what the scenario itself brings."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.errors import AmbiguousNameError, InvalidParameterError, UnknownEntityError
from orthogramic.metamodel import ClassKind, Metamodel, PropertyKind
from orthogramic.repository.naming import Naming
from orthogramic.syntax import local_name
from orthogramic.vocabulary import RDF


class ScenarioNames:
    """Resolves the names of one scenario.

    :param naming: resolves the names of what is there.
    :param coming: statements that the scenario brings.
    """

    def __init__(self, naming: Naming, metamodel: Metamodel, coming: Iterable[Quad]) -> None:
        self._naming = naming
        self._metamodel = metamodel
        self._labels: dict[NamedNode, str] = {}
        self._fresh: dict[str, set[NamedNode]] = {}
        labels, titles = metamodel.label_properties(), {}
        for quad in coming:
            subject, value = quad.subject, quad.object
            if not isinstance(subject, NamedNode):
                continue
            if quad.predicate == RDF.type and isinstance(value, NamedNode):
                self._note_class(subject, value)
            elif quad.predicate in labels and isinstance(value, Literal):
                titles[subject] = value.value
        for subject, title in titles.items():
            if subject in self._labels:
                self._labels[subject] = title
                self._fresh.setdefault(title, set()).add(subject)

    def _note_class(self, subject: NamedNode, class_iri: NamedNode) -> None:
        term = self._metamodel.classes.get(class_iri)
        if term is None or term.kind is not ClassKind.ENTITY:
            return
        key = local_name(subject)
        self._labels.setdefault(subject, key)
        for name in (subject.value, f"{term.name}/{key}"):
            self._fresh.setdefault(name, set()).add(subject)

    def entity(self, name: str) -> NamedNode:
        """Return the entity of a name.

        :raises UnknownEntityError: if there is none, nor will be.
        :raises AmbiguousNameError: if there are several.
        """
        found = set(self._fresh.get(name, ()))
        expanded = self._metamodel.expand(name)
        if expanded is not None:
            found |= self._fresh.get(expanded.value, set())
        try:
            summary = self._naming.resolve(name)
        except UnknownEntityError:
            if not found:
                raise
        else:
            self._labels.setdefault(NamedNode(summary.iri), summary.label)
            found.add(NamedNode(summary.iri))
        if len(found) > 1:
            raise AmbiguousNameError(
                f"{name!r} is what something is called that is there, and something that the "
                "scenario adds. Say which one by its IRI.",
                candidates=[
                    {"iri": each.value, "label": self._labels.get(each, "")}
                    for each in sorted(found, key=lambda each: each.value)
                ],
            )
        return found.pop()

    def relationship(self, name: str) -> NamedNode:
        """Return the relationship of a name.

        :raises UnknownTermError: if there is none.
        :raises InvalidParameterError: if it is a property that connects no entities.
        """
        term = self._metamodel.property_named(name)
        if term.kind is not PropertyKind.RELATIONSHIP:
            raise InvalidParameterError(f"{name!r} is no relationship between entities.")
        return term.iri

    def label(self, entity: NamedNode) -> str:
        """Return what people call an entity that was named."""
        return self._labels.get(entity) or local_name(entity)
