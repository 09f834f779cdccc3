"""Who refers to an entity, so that nobody is left with a reference that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import EntityReferencedError
from orthogramic.metamodel import Metamodel, PropertyKind
from orthogramic.repository.catalogue import Catalogue, EntitySummary
from orthogramic.repository.documents.state import EntityState
from orthogramic.store import QuadStore
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS

#: Referrers that are named; the rest are counted.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Incoming:
    """What others say that refers to an entity or its parts.

    :param statements: the plain statements.
    :param links: every statement of the links with facts that lead to it.
    """

    statements: tuple[Quad, ...]
    links: tuple[Quad, ...]

    def quads(self) -> Iterator[Quad]:
        """Yield all that goes when the references are taken away."""
        yield from self.statements
        yield from self.links


class Referrers:
    """Finds out who refers to entities of one repository."""

    def __init__(self, store: QuadStore, metamodel: Metamodel, catalogue: Catalogue) -> None:
        self._store = store
        self._metamodel = metamodel
        self._catalogue = catalogue

    def incoming(self, state: EntityState) -> Incoming:
        """Return what others say that refers to an entity or its parts."""
        own = {state.entity, *state.parts, *state.links}
        plain: list[Quad] = []
        links: dict[Quad, None] = {}
        for target in (state.entity, *sorted(state.parts, key=lambda each: each.value)):
            for quad in self._store.quads(None, None, target):
                if quad.graph_name in SYSTEM_GRAPHS or quad.subject in own:
                    continue
                if quad.predicate == KR.target and isinstance(quad.subject, NamedNode):
                    links.update(dict.fromkeys(self._asserted(quad.subject)))
                else:
                    plain.append(quad)
        return Incoming(tuple(plain), tuple(links))

    def refuse(self, state: EntityState, label: str) -> None:
        """Refuse if anybody refers to an entity.

        :param label: what people call the entity.
        :raises EntityReferencedError: with who does.
        """
        found = {(each.iri, verb): each for each, verb in self._named(self.incoming(state))}
        if not found:
            return
        ordered = sorted(found.items(), key=lambda each: (each[1].label, each[0]))
        referrers = [
            {"iri": each.iri, "label": each.label, "class": each.class_name, "relationship": verb}
            for (_, verb), each in ordered
        ]
        first = ", ".join(
            f"{r['class']} “{r['label']}” ({r['relationship']})" for r in referrers[:3]
        )
        more = "" if len(referrers) <= 3 else f" and {len(referrers) - 3} more"  # noqa: PLR2004
        raise EntityReferencedError(
            f"“{label}” is referred to by {first}{more}. Take these references away first, or "
            "let them go along (detach).",
            referrers=referrers[:NAMED],
            total=len(referrers),
        )

    def _named(self, incoming: Incoming) -> Iterator[tuple[EntitySummary, str]]:
        """Yield who refers, and by which relationship."""
        for quad in incoming.statements:
            if isinstance(quad.subject, NamedNode):
                yield self._holder(quad.subject), self._verb(quad.predicate)
        ends: dict[NamedNode, dict[NamedNode, NamedNode]] = {}
        for quad in incoming.links:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                ends.setdefault(quad.subject, {})[quad.predicate] = quad.object
        for node, stated in ends.items():
            holder = self._holder(stated.get(KR.source, node))
            yield holder, self._verb(stated.get(KR.property, KR.target))

    def _verb(self, predicate: NamedNode) -> str:
        return self._metamodel.verb(predicate, forward=True)

    def _holder(self, node: NamedNode) -> EntitySummary:
        """Return the entity that a node is, or is a part of."""
        seen: set[NamedNode] = set()
        at = node
        while at not in seen:
            seen.add(at)
            summary = self._catalogue.by_iri(at.value)
            if summary is not None:
                return summary
            at = next(self._above(at), at)
        name = local_name(node)
        return EntitySummary(iri=node.value, label=name, class_name="", class_iri="", key=name)

    def _above(self, node: NamedNode) -> Iterator[NamedNode]:
        for quad in self._store.quads(None, None, node):
            term = self._metamodel.properties.get(quad.predicate)
            contains = term is not None and term.kind is PropertyKind.CONTAINMENT
            if contains and isinstance(quad.subject, NamedNode):
                yield quad.subject

    def _asserted(self, node: NamedNode) -> Iterator[Quad]:
        for each in self._store.quads(node):
            if each.graph_name not in SYSTEM_GRAPHS:
                yield each
