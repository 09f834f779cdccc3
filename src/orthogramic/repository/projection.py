"""Keeps the graph that questions of impact walk in step with the commits."""

from __future__ import annotations

import threading

from pyoxigraph import NamedNode

from orthogramic.graph import EntityGraph, amend
from orthogramic.metamodel import ImpactProfile
from orthogramic.repository.graph_changes import GraphChanges, LinkWords, TooManyPlacesError
from orthogramic.repository.graph_reading import read_graph
from orthogramic.repository.knowledge_base import KnowledgeBase


class Projection:
    """The graph of one repository under each profile that was asked for, for one snapshot.

    A graph that was given to a question never changes. After a commit the next question gets the
    next graph, which knows what changed and shares the rest. Only what was written in bulk, or
    is too much, has everything read again.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._lock = threading.Lock()
        self._made: dict[NamedNode, tuple[int, EntityGraph]] = {}
        self._words: dict[NamedNode, LinkWords] = {}

    def under(self, profile: ImpactProfile) -> tuple[int, EntityGraph]:
        """Return the graph under a profile, and the snapshot that it shows."""
        with self._lock:
            made = self._made.get(profile.iri)
            if made is None or made[0] != self._knowledge.snapshot:
                with self._knowledge.unchanging() as snapshot:
                    graph = self._followed(*made, snapshot) if made else None
                    made = (snapshot, graph or read_graph(self._knowledge, profile))
                self._made[profile.iri] = made
            return made

    def _followed(self, before: int, graph: EntityGraph, after: int) -> EntityGraph | None:
        """Bring a graph up to date; ``None`` if it cannot be, or reading all again is as quick."""
        quads = self._knowledge.recent.between(before, after)
        if quads is None:
            return None
        knowledge, metamodel = self._knowledge, self._knowledge.metamodel
        words = self.words(graph)
        try:
            changes = GraphChanges(knowledge.store, knowledge.catalogue, metamodel, graph, words)
            amendment = changes.amendment(quads)
        except TooManyPlacesError:
            return None
        return amend(graph, amendment, metamodel, words.turning)

    def words(self, graph: EntityGraph) -> LinkWords:
        """Return how links are spelled under the profile of a graph."""
        words = self._words.get(graph.profile)
        if words is None:
            words = LinkWords(graph, self._knowledge.metamodel)
            self._words[graph.profile] = words
        return words
