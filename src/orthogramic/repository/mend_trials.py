"""A store on which mends are tried: what is stated in it, and what a patch would do to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from orthogramic.repository.changes import Intention
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.store import QuadStore
from orthogramic.validation import Context, Finding, Node, ValidationReport, row
from orthogramic.validation.mending import Patch
from orthogramic.vocabulary import KR, RDF, SYSTEM_GRAPHS


class StoreTrials:
    """Tries patches on a repository, and changes nothing by it.

    What is removed goes from every graph that states it; what comes goes where that was, or
    where its subject is said to be what it is.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self.stated = Asserted(knowledge.store)

    @property
    def is_slow(self) -> bool:
        """Whether every trial judges everything."""
        return self._knowledge.gate.is_slow

    def context(self) -> Context:
        """Return what is needed to speak of the data."""
        return self._knowledge.gate.context()

    def report(self, findings: Collection[Finding]) -> ValidationReport:
        """Put findings in words."""
        return self._knowledge.gate.report(findings)

    def settled(self, patch: Patch, finding: Finding) -> tuple[Finding, ...]:
        """Return what a patch settles, if that finding is among it and the patch causes none."""
        effect = self._knowledge.effect(self.intention([patch]))
        proved = not effect.caused and row(finding) in map(row, effect.settled)
        return effect.settled if proved else ()

    def intention(self, patches: Iterable[Patch]) -> Intention:
        """Return what patches mean in the graphs of the store."""
        removed: dict[Quad, None] = {}
        added: dict[Quad, None] = {}
        for patch in patches:
            going = [quad for each in patch.removed for quad in self.stated.quads(each)]
            removed.update(dict.fromkeys(going))
            for triple in patch.added:
                graphs = [each.graph_name for each in going] or [self._home(triple)]
                subject, predicate, value = triple.subject, triple.predicate, triple.object
                added.update((Quad(subject, predicate, value, each), None) for each in graphs)
        return Intention(added, removed)

    def _home(self, triple: Triple) -> NamedNode:
        """Return the graph that says what a subject is, the first by IRI; any other if none."""
        subject = triple.subject
        assert isinstance(subject, NamedNode)
        for predicate in (RDF.type, None):
            graphs = {
                each.graph_name.value
                for each in self.stated.of(subject, predicate)
                if isinstance(each.graph_name, NamedNode)
            }
            if graphs:
                return NamedNode(min(graphs))
        return KR.default


class Asserted:
    """What the data graphs of a store state, without what follows from it."""

    def __init__(self, store: QuadStore) -> None:
        self._store = store

    def __contains__(self, triple: Triple) -> bool:
        return next(iter(self.quads(triple)), None) is not None

    def find(
        self, subject: NamedNode | BlankNode | None, predicate: NamedNode | None, value: Node | None
    ) -> Iterator[Triple]:
        """Yield each triple with the given terms once; ``None`` is any."""
        found = self.of(subject, predicate, value)
        yield from dict.fromkeys(each.triple for each in found)

    def quads(self, triple: Triple) -> Iterator[Quad]:
        """Yield a triple in every graph that states it."""
        return self.of(triple.subject, triple.predicate, triple.object)  # type: ignore[arg-type]

    def of(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None = None,
        value: Node | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements with the given terms; ``None`` is any."""
        for each in self._store.quads(subject, predicate, value):  # type: ignore[arg-type]
            if each.graph_name not in SYSTEM_GRAPHS:
                yield each
