"""What a document means, gathered statement by statement, and the change that makes it true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pyoxigraph import NamedNode, Quad, Triple

from orthogramic.repository.changes import Intention
from orthogramic.repository.documents.forms import Form, Member
from orthogramic.repository.documents.state import EntityState, Value
from orthogramic.vocabulary import KR

#: What a document says of one subject: a JSON value by member.
Said = Mapping[Member, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document means.

    :param state: what is there now.
    :param known: what some names mean whatever the repository knows.
    :param statements: each with the node whose graph it goes to if it is new.
    :param beside: the plain statement of each link with facts, by the link's node.
    :param claimed: nodes that the document has named so far.
    """

    state: EntityState
    known: Mapping[str, NamedNode]
    statements: dict[Triple, NamedNode] = field(default_factory=dict)
    beside: dict[NamedNode, Triple] = field(default_factory=dict)
    claimed: set[NamedNode] = field(default_factory=set)

    def say(self, subject: NamedNode, predicate: NamedNode, value: Value) -> None:
        """Add a statement."""
        self.statements.setdefault(Triple(subject, predicate, value), subject)

    def intention(self, home: NamedNode) -> Intention:
        """Return the change that makes the state what the document says.

        What stays, stays in its graphs. What is new goes to the graph of its node, and the facts
        of a link to the graph of the plain statement beside them.

        :param home: the graph of new statements about the entity itself, and of new nodes.
        """
        present = list(self.state.quads())
        removed = [each for each in present if each.triple not in self.statements]
        known = {each.triple for each in present}
        added = [
            Quad(triple.subject, triple.predicate, triple.object, self._graph_of(node, home))
            for triple, node in self.statements.items()
            if triple not in known
        ]
        # With the node of a link its plain statement goes, unless that is meant to be there.
        ends = {each.object for each in removed if each.predicate == KR.target}
        kept = [q for q in present if q.object in ends and q.triple in self.statements]
        return Intention(removed=removed, added=[*added, *kept])

    def _graph_of(self, node: NamedNode, home: NamedNode) -> NamedNode:
        if node == self.state.entity:
            return home
        plain = self.beside.get(node)
        graphs = self.state.graphs_of(plain) if plain is not None else ()
        return self.state.home(node) or next(iter(graphs), home)


class MemberReader(Protocol):
    """Reads what an object of a document says of one subject, at any depth."""

    def members(self, form: Form, document: Mapping[str, Any], pointer: str = "") -> Said:
        """Return what an object says by member."""

    def refuse(
        self, document: Mapping[str, Any], form: Form, allowed: tuple[str, ...], pointer: str
    ) -> None:
        """Refuse members that say what an object is about where that has no meaning."""

    def fill(self, draft: Draft, subject: NamedNode, said: Said, pointer: str) -> None:
        """Fill a draft with what members say of a subject."""
