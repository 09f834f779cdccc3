"""Scenarios in Turtle: a ``kr:Scenario`` says what changes, and whatever else is said comes.

The statements about the scenario are no data. All others are added as they stand, so that new
entities are written as in any other file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from orthogramic.errors import InvalidScenarioError
from orthogramic.repository.scenarios.scenario import (
    Add,
    Change,
    Link,
    Move,
    Remove,
    Replace,
    Retire,
    Reweight,
    Scenario,
    State,
    Withdraw,
)
from orthogramic.repository.scenarios.texts import strength_of
from orthogramic.syntax import RdfSyntax, read_quads
from orthogramic.vocabulary import DCTERMS, KR, RDF

_Node = NamedNode | BlankNode
_LINK = (KR.source, KR.property, KR.target)
_STATEMENT = (RDF.subject, RDF.predicate, RDF.object)
_KINDS = (KR.retires, KR.replaces, KR.adds, KR.removes, KR.reweights, KR.moves)
_ABOUT = frozenset({RDF.type, DCTERMS.title, DCTERMS.description, *_KINDS})


def read_turtle(data: bytes) -> Scenario:
    """Read a scenario.

    :raises RdfSyntaxError: if the text does not parse, or names graphs.
    :raises InvalidScenarioError: for a description that cannot be meant.
    """
    described = _Described()
    for quad in read_quads(data, RdfSyntax.TURTLE, source="the scenario"):
        described.note(quad)
    return described.scenario()


@dataclass(slots=True)
class _Described:
    """The statements of one file by their subjects."""

    said: dict[_Node, list[Quad]] = field(default_factory=lambda: defaultdict(list))

    def note(self, quad: Quad) -> None:
        if not isinstance(quad.subject, NamedNode | BlankNode):
            raise InvalidScenarioError(f"{quad.subject} cannot be kept: it is a triple term.")
        assert isinstance(quad.graph_name, DefaultGraph)
        self.said[quad.subject].append(quad)

    def scenario(self) -> Scenario:
        roots = [
            node
            for node, quads in self.said.items()
            if any(q.predicate == RDF.type and q.object == KR.Scenario for q in quads)
        ]
        if len(roots) > 1:
            raise InvalidScenarioError("The file describes several scenarios; it may be one.")
        described: set[_Node] = set(roots)
        changes: list[Change] = []
        title = ""
        for quad in self.said[roots[0]] if roots else ():
            if quad.predicate not in _ABOUT:
                raise InvalidScenarioError(f"A scenario has no property <{quad.predicate.value}>.")
            if quad.predicate == DCTERMS.title and isinstance(quad.object, Literal):
                title = quad.object.value
            if quad.predicate in _KINDS:
                changes.append(self._change(quad, described))
        changes += self._stated(described)
        return Scenario(tuple(changes), title)

    def _stated(self, described: set[_Node]) -> Iterator[State]:
        for node, quads in self.said.items():
            if node in described:
                continue
            for each in quads:
                if isinstance(node, BlankNode) or isinstance(each.object, BlankNode):
                    raise InvalidScenarioError(
                        "Whatever a scenario adds has an IRI; a nameless node is no change of it "
                        f"either: {each.triple}."
                    )
                yield State(each)

    def _change(self, quad: Quad, described: set[_Node]) -> Change:
        kind, value = quad.predicate, quad.object
        if kind == KR.retires:
            return Retire(_iri(value, kind))
        if not isinstance(value, NamedNode | BlankNode) or value not in self.said:
            raise InvalidScenarioError(f"<{kind.value}> leads to what is described nowhere.")
        described.add(value)
        if kind == KR.removes and self._has(value, RDF.subject):
            return Withdraw(self._statement(value))
        if kind == KR.replaces:
            self._only(value, (KR.source, KR.target))
            return Replace(self._name(value, KR.source), self._name(value, KR.target))
        return self._link_change(kind, value)

    def _link_change(self, kind: NamedNode, node: _Node) -> Change:
        link = Link(*(self._name(node, each) for each in _LINK))
        if kind == KR.removes:
            self._only(node, _LINK)
            return Remove(link)
        if kind == KR.moves:
            self._only(node, (*_LINK, KR.movesTo))
            return Move(link, self._name(node, KR.movesTo))
        self._only(node, (*_LINK, KR.strength))
        if kind == KR.adds and not self._has(node, KR.strength):
            return Add(link)
        value = self._value(node, KR.strength)
        strength = strength_of(value.value if isinstance(value, Literal) else value)
        return Add(link, strength) if kind == KR.adds else Reweight(link, strength)

    def _statement(self, node: _Node) -> Triple:
        self._only(node, _STATEMENT)
        subject, predicate, value = (self._value(node, each) for each in _STATEMENT)
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
            raise InvalidScenarioError("The subject and predicate of a statement are IRIs.")
        if not isinstance(value, NamedNode | Literal):
            raise InvalidScenarioError("The object of a statement is an IRI or a literal.")
        return Triple(subject, predicate, value)

    def _has(self, node: _Node, predicate: NamedNode) -> bool:
        return any(each.predicate == predicate for each in self.said[node])

    def _name(self, node: _Node, predicate: NamedNode) -> str:
        return _iri(self._value(node, predicate), predicate)

    def _value(self, node: _Node, predicate: NamedNode) -> object:
        found = [each.object for each in self.said[node] if each.predicate == predicate]
        if len(found) != 1:
            raise InvalidScenarioError(
                f"A change has exactly one <{predicate.value}>; one has {len(found)}."
            )
        return found[0]

    def _only(self, node: _Node, known: Sequence[NamedNode]) -> None:
        for each in self.said[node]:
            if each.predicate not in known:
                raise InvalidScenarioError(f"A change of its kind has no <{each.predicate.value}>.")


def _iri(value: object, predicate: NamedNode) -> str:
    if not isinstance(value, NamedNode):
        raise InvalidScenarioError(f"<{predicate.value}> leads to an IRI, not to {value}.")
    return value.value
