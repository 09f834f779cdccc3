"""One scenario as it would be: its statements, its graph, and what the shapes would say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from orthogramic.graph import EntityGraph
from orthogramic.graph.amendment import amended
from orthogramic.metamodel import Metamodel
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.gate import Effect
from orthogramic.repository.graph_changes import GraphChanges
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.materialisation import InferredChange
from orthogramic.repository.projection import Projection
from orthogramic.repository.scenarios.laid_over import CatalogueLaidOver, LaidOver
from orthogramic.repository.scenarios.plan import ScenarioPlan
from orthogramic.vocabulary import KR

_ENDS = (KR.source, KR.target)


@dataclass(frozen=True)
class Situation:
    """What would be if a scenario were carried out; nothing of what is there is copied.

    Looking at it is only allowed while writes wait; its graph may be asked later.

    :param plan: the scenario.
    :param change: what its write would do; :param inferred: what would follow.
    """

    knowledge: KnowledgeBase
    plan: ScenarioPlan
    change: ChangeSet
    inferred: InferredChange

    @classmethod
    def of(cls, knowledge: KnowledgeBase, plan: ScenarioPlan) -> Situation:
        """Lay a scenario over what is there."""
        return cls(knowledge, plan, *knowledge.planned(plan.intention))

    @cached_property
    def _laid_over(self) -> LaidOver:
        return LaidOver(self.knowledge.store, self.change, self.inferred)

    @cached_property
    def _catalogue(self) -> CatalogueLaidOver:
        return CatalogueLaidOver(self.knowledge.catalogue, self._laid_over, self._metamodel)

    @property
    def _metamodel(self) -> Metamodel:
        return self.knowledge.metamodel

    def graph(self, base: EntityGraph, projection: Projection) -> EntityGraph:
        """Return the graph that there would be.

        :param base: the graph as it is; what does not change is shared with it.
        """
        changed = (*self.change.removed, *self.change.added)
        if not changed:
            return base
        words = projection.words(base)
        changes = GraphChanges(self._laid_over, self._catalogue, self._metamodel, base, words)
        amendment = changes.amendment(changed, bounded=False)
        return amended(base, amendment, self._metamodel, words.turning)

    @cached_property
    def effect(self) -> Effect:
        """What the write would do to the results that stand."""
        return self.knowledge.gate.effect(self.change, self.inferred, self.knowledge.snapshot)

    def touched(self) -> tuple[NamedNode, ...]:
        """Return the entities between which links come, go or change, or that come, by IRI."""
        nodes: set[NamedNode] = set()
        for quad in (*self.change.removed, *self.change.added):
            for term in (quad.subject, quad.object):
                if isinstance(term, NamedNode):
                    nodes.add(term)
            if isinstance(quad.subject, NamedNode):
                nodes.update(self._ends(quad.subject))
        stay = nodes.difference(self.plan.retired)
        return tuple(sorted(self._entities(stay), key=lambda each: each.value))

    def _ends(self, node: NamedNode) -> Iterator[NamedNode]:
        for end in _ENDS:
            for quad in self._laid_over.quads(node, end):
                if isinstance(quad.object, NamedNode):
                    yield quad.object

    def _entities(self, nodes: Iterable[NamedNode]) -> Iterator[NamedNode]:
        for each in nodes:
            if self._catalogue.by_iri(each.value) is not None:
                yield each
