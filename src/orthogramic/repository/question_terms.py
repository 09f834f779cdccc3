"""From names in a question to what they stand for: entities, classes, domains, links, graphs."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from pyoxigraph import NamedNode

from orthogramic.errors import UnknownGraphError, UnknownTermError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.asking import graph_name
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming

#: One name, or several.
Names = str | Sequence[str]


def several(names: Names) -> tuple[str, ...]:
    """Return names as a tuple; one name is one of them."""
    return (names,) if isinstance(names, str) else tuple(names)


class QuestionTerms:
    """Resolves the names of one repository's questions; every method raises a NamingError."""

    def __init__(self, knowledge: KnowledgeBase, naming: Naming) -> None:
        self._knowledge = knowledge
        self._naming = naming

    def entity(self, name: str) -> NamedNode:
        """Return the entity of a name."""
        return NamedNode(self._naming.resolve(name).iri)

    def entities(self, names: Names) -> tuple[NamedNode, ...]:
        """Return the entities of names."""
        return tuple(map(self.entity, several(names)))

    def classes(self, names: Names) -> tuple[NamedNode, ...]:
        """Return classes by local name, CURIE or IRI."""
        metamodel = self._knowledge.metamodel
        return tuple(metamodel.class_named(each).iri for each in several(names))

    def relationships(self, names: Names) -> tuple[NamedNode, ...]:
        """Return properties by local name, CURIE or IRI."""
        metamodel = self._knowledge.metamodel
        return tuple(metamodel.property_named(each).iri for each in several(names))

    def domains(self, names: Names) -> tuple[NamedNode, ...]:
        """Return ontology modules by label or IRI."""
        metamodel = self._knowledge.metamodel
        return tuple(iri for each in several(names) for iri in modules_called(metamodel, each))

    def graphs(self, names: Names) -> tuple[NamedNode, ...]:
        """Return named graphs by IRI, each of which holds something.

        :raises InvalidParameterError: if a name is no IRI.
        """
        found = tuple(map(graph_name, several(names)))
        known = self._knowledge.store.graphs() if found else ()
        for each in found:
            if each not in known:
                near = get_close_matches(each.value, (other.value for other in known), 3)
                offer = f" Perhaps you mean {' or '.join(near)}." if near else ""
                raise UnknownGraphError(f"The graph <{each.value}> holds nothing.{offer}")
        return found


def modules_called(metamodel: Metamodel, domain: str) -> tuple[NamedNode, ...]:
    """Return the ontology modules with classes of entities that a name stands for.

    :param domain: label or IRI.
    :raises UnknownTermError: if there is none; the sentence names all.
    """
    of_entities = {each.module for each in metamodel.entity_classes()}
    modules = {iri: each for iri, each in metamodel.modules.items() if iri in of_entities}
    found = [iri for iri, each in modules.items() if domain in (iri.value, each.label)]
    if not found:
        labels = ", ".join(sorted({each.label for each in modules.values()}))
        raise UnknownTermError(f"No domain is called {domain!r}; there are {labels}.")
    return tuple(sorted(found, key=lambda each: each.value))
