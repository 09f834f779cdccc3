"""Who would feel a change: the impact of the entities that a change set speaks of.

Every door that shows a change before it is made (entities, SPARQL Update, Graph Store Protocol)
asks here, so that all of them show the same. The graph that is asked is the present one: a link
that the change only brings does not carry anything yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad

from orthogramic.analysis import Answer, Direction
from orthogramic.metamodel import PropertyKind
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.questions import Questions
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS

#: Hits that are shown of the impact of a change.
SHOWN_HITS = 20
#: Touched entities of which the impact is asked; of a larger change the first by IRI.
MOST_SOURCES = 1000


@dataclass(frozen=True, slots=True)
class ChangeImpact:
    """Who is affected if the entities change that a change set speaks of.

    :param touched: those entities, by IRI; one that the change only brings is not among them.
    :param asked: of how many of them, the first, the answer speaks.
    :param answer: the best hits under the default profile; ``None`` if no present entity is
        touched, or the bundle has no such profile.
    """

    touched: tuple[EntitySummary, ...]
    asked: int
    answer: Answer | None

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data; the hits as those of an answer of impact."""
        found = self.answer.to_dict() if self.answer else {}
        return {
            "touched": [each.to_dict() for each in self.touched[: self.asked]],
            "touched_total": len(self.touched),
            "hits": found.get("hits", []),
            "total": found.get("total", 0),
            "bound": found.get("bound"),
            "receipt": found.get("receipt"),
        }


class Consequences:
    """Finds out whom changes of one repository touch, and whom that affects."""

    def __init__(self, knowledge: KnowledgeBase, questions: Questions) -> None:
        self._knowledge = knowledge
        self._questions = questions

    def of(self, change: ChangeSet, limit: int = SHOWN_HITS) -> ChangeImpact:
        """Return the impact of a change on what is there now.

        An entity is touched if a statement about it, about a part of it, or about a qualified
        relationship that begins at it comes or goes.

        :param limit: greatest number of hits.
        """
        touched = self._touched(change)
        asked = min(len(touched), MOST_SOURCES)
        sources = [each.iri for each in touched[:asked]]
        answer = None
        if sources and any(each.is_default for each in self._knowledge.metamodel.profiles):
            answer = self._questions.ask(Direction.IMPACT, sources, limit=limit)
        return ChangeImpact(touched, asked, answer)

    def _touched(self, change: ChangeSet) -> tuple[EntitySummary, ...]:
        quads = [
            each
            for each in (*change.removed, *change.added)
            if each.graph_name not in SYSTEM_GRAPHS
        ]
        owners = Owners(self._knowledge, quads)
        subjects = {each.subject for each in quads if isinstance(each.subject, NamedNode)}
        found: dict[str, EntitySummary] = {}
        for subject in subjects:
            for entity in owners.of(subject):
                found[entity.iri] = entity
        return tuple(found[iri] for iri in sorted(found))


class Owners:
    """Leads from a node to the entity whose matter it is, by what is there and what changes."""

    def __init__(self, knowledge: KnowledgeBase, changed: Iterable[Quad] = ()) -> None:
        self._knowledge = knowledge
        self._above: dict[NamedNode, set[NamedNode]] = {}
        for quad in changed:
            self._note(quad)

    def _note(self, quad: Quad) -> None:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
            return
        if quad.predicate == KR.source:
            self._above.setdefault(subject, set()).add(value)
        elif self._contains(quad.predicate):
            self._above.setdefault(value, set()).add(subject)

    def _contains(self, predicate: NamedNode) -> bool:
        term = self._knowledge.metamodel.properties.get(predicate)
        return term is not None and term.kind is PropertyKind.CONTAINMENT

    def of(self, node: NamedNode) -> Iterator[EntitySummary]:
        """Yield the entities that a node is, or belongs to, or begins at."""
        waiting, seen = [node], {node}
        while waiting:
            each = waiting.pop()
            entity = self._knowledge.catalogue.by_iri(each.value)
            if entity is not None:
                yield entity
                continue
            above = self._parents(each) - seen
            seen |= above
            waiting.extend(above)

    def _parents(self, node: NamedNode) -> set[NamedNode]:
        store = self._knowledge.store
        found = set(self._above.get(node, ()))
        begins = (each.object for each in store.quads(node, KR.source))
        found.update(each for each in begins if isinstance(each, NamedNode))
        for quad in store.quads(None, None, node):
            if isinstance(quad.subject, NamedNode) and self._contains(quad.predicate):
                found.add(quad.subject)
        return found
