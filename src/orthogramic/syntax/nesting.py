"""Decide which blank nodes a Turtle or TriG document shows without a label.

A blank node can stand inside the one statement that refers to it, as ``[ … ]`` or as part of a
list ``( … )``.  This module only decides; :mod:`.turtle` writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from orthogramic.syntax.blank_nodes import blank_nodes_in
from orthogramic.syntax.terms import GraphName, Subject, Term
from orthogramic.vocabulary import RDF

_FIRST, _REST, _NIL = RDF.first, RDF.rest, RDF.nil

# Parsers recurse per level of nesting, so nesting in files is kept shallow.
_MAX_DEPTH = 32

Description: TypeAlias = dict[NamedNode, list[Term]]
Descriptions: TypeAlias = dict[Subject, Description]


@dataclass(frozen=True)
class Nesting:
    """How each blank node is shown.

    :param nested: nodes written inside their only referrer.
    :param cells: the members of ``nested`` from which a well-formed list runs to rdf:nil.
    :param anonymous: subjects that nothing refers to, written as a statement of their own.
    :param labelled: all other blank nodes.
    """

    nested: frozenset[BlankNode]
    cells: frozenset[BlankNode]
    anonymous: frozenset[BlankNode]
    labelled: frozenset[BlankNode]


@dataclass(frozen=True)
class _Reference:
    graph: GraphName
    subject: Subject
    predicate: NamedNode


class _Survey:
    """What refers to which blank node, over all graphs of a document."""

    def __init__(self, graphs: Mapping[GraphName, Descriptions]) -> None:
        self.references: dict[BlankNode, list[_Reference]] = defaultdict(list)
        self.homes: dict[BlankNode, set[GraphName]] = defaultdict(set)
        self.descriptions: dict[BlankNode, Description] = {}
        self.pinned: set[BlankNode] = set()
        for graph, descriptions in graphs.items():
            if isinstance(graph, BlankNode):
                self._pin(graph)
            for subject, description in descriptions.items():
                self._add(graph, subject, description)
        for node, homes in self.homes.items():
            if len(homes) > 1 or len(self.references[node]) > 1:
                self.pinned.add(node)

    def _pin(self, term: Term | GraphName) -> None:
        for node in blank_nodes_in(term):
            self.pinned.add(node)
            self.homes.setdefault(node, set())

    def _add(self, graph: GraphName, subject: Subject, description: Description) -> None:
        if isinstance(subject, BlankNode):
            self.homes[subject].add(graph)
            self.descriptions[subject] = description
        elif isinstance(subject, Triple):
            self._pin(subject)
        for predicate, objects in description.items():
            for term in objects:
                if isinstance(term, BlankNode):
                    self.homes[term].add(graph)
                    self.references[term].append(_Reference(graph, subject, predicate))
                elif isinstance(term, Triple):
                    self._pin(term)

    def candidates(self) -> set[BlankNode]:
        """Return the nodes with exactly one referrer and no reason against nesting."""
        return {node for node in self.homes if len(self.references[node]) == 1} - self.pinned

    def pin_cycles(self, candidates: set[BlankNode]) -> set[BlankNode]:
        """Return the candidates without those that lie on a cycle of candidates."""
        state: dict[BlankNode, int] = {}
        on_cycle: set[BlankNode] = set()
        for number, start in enumerate(candidates):
            node: Term = start
            trail: list[BlankNode] = []
            while isinstance(node, BlankNode) and node in candidates and node not in state:
                state[node] = number
                trail.append(node)
                node = self.references[node][0].subject
            if isinstance(node, BlankNode) and state.get(node) == number:
                on_cycle.update(trail[trail.index(node) :])
        return candidates - on_cycle

    def list_cells(self, nested: Iterable[BlankNode]) -> set[BlankNode]:
        """Find the nested nodes from which a well-formed list runs to rdf:nil."""
        nested = set(nested)
        cells: set[BlankNode] = set()
        for end in nested:
            node: Subject = end
            rest: Term = _NIL
            while isinstance(node, BlankNode) and node in nested and self._is_cell(node, rest):
                cells.add(node)
                reference = self.references[node][0]
                rest, node = node, reference.subject
        return cells

    def _is_cell(self, node: BlankNode, rest: Term) -> bool:
        description = self.descriptions.get(node, {})
        return (
            description.keys() == {_FIRST, _REST}
            and len(description[_FIRST]) == 1
            and description[_REST] == [rest]
        )

    def too_deep(self, nested: set[BlankNode], cells: set[BlankNode]) -> set[BlankNode]:
        """Find the nested nodes at which a new block must begin to keep nesting shallow."""
        depth: dict[BlankNode, int] = {}
        for start in nested:
            trail: list[BlankNode] = []
            node: Subject = start
            while isinstance(node, BlankNode) and node in nested and node not in depth:
                trail.append(node)
                node = self.references[node][0].subject
            level = depth.get(node, 0) if isinstance(node, BlankNode) else 0
            for current in reversed(trail):
                reference = self.references[current][0]
                inner_cell = reference.predicate == _REST and reference.subject in cells
                if not (inner_cell and level <= _MAX_DEPTH):
                    level = level % (_MAX_DEPTH + 1) + 1
                depth[current] = level
        return {node for node, level in depth.items() if level > _MAX_DEPTH}


def plan(graphs: Mapping[GraphName, Descriptions]) -> Nesting:
    """Decide how the blank nodes of a document are shown.

    :param graphs: by graph name, the objects by subject and predicate; no duplicates.
    :returns: the decision for every blank node that occurs.
    """
    survey = _Survey(graphs)
    nested = survey.pin_cycles(survey.candidates())
    nested -= survey.too_deep(nested, survey.list_cells(nested))
    anonymous = {node for node in survey.homes if not survey.references[node]} - survey.pinned
    labelled = survey.homes.keys() - nested - anonymous
    return Nesting(
        nested=frozenset(nested),
        cells=frozenset(survey.list_cells(nested)),
        anonymous=frozenset(anonymous),
        labelled=frozenset(labelled),
    )
