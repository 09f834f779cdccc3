"""Give blank nodes labels that depend on the data only, not on the labels they came with.

Colour refinement with individualisation (McKay and Piperno, "Practical graph isomorphism II",
2014, section 2) on each connected component of blank nodes.  The search for the least certificate
is bounded: RDF dataset canonicalisation is exponential on graphs made to be hard (RDFC-1.0,
section 7.1), and a writer of files must not be.  Within the bound, and whenever equally coloured
nodes are interchangeable, isomorphic data get equal labels; beyond it the labels are still valid,
but may depend on the input.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

from pyoxigraph import BlankNode, Quad, Triple

from orthogramic.syntax.terms import GraphName, Term

_BRANCH_BOUND = 16
_WORK_BOUND = 200_000  # statements looked at, per component
_LEAST_ROUNDS = 8

# A statement that mentions blank nodes: its fixed text, and the blank nodes in their order.
_Mention: TypeAlias = tuple[str, tuple[BlankNode, ...]]
_Colours: TypeAlias = dict[BlankNode, str]


def _flatten(term: Term | GraphName, text: list[str], nodes: list[BlankNode]) -> None:
    if isinstance(term, BlankNode):
        text.append("_:")
        nodes.append(term)
    elif isinstance(term, Triple):
        text.append("<<(")
        for part in (term.subject, term.predicate, term.object):
            _flatten(part, text, nodes)
        text.append(")>>")
    else:
        text.append(str(term))


def blank_nodes_in(term: Term | GraphName) -> list[BlankNode]:
    """List the blank nodes inside a term.

    :param term: any term, also a triple term.
    :returns: the blank nodes in reading order; itself if it is one.
    """
    nodes: list[BlankNode] = []
    _flatten(term, [], nodes)
    return nodes


def _mention(quad: Quad) -> _Mention | None:
    text: list[str] = []
    nodes: list[BlankNode] = []
    for part in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        _flatten(part, text, nodes)
    return (" ".join(text), tuple(nodes)) if nodes else None


def _components(mentions: Iterable[_Mention]) -> list[list[_Mention]]:
    """Split into parts that share no blank node (union and find)."""
    parent: dict[BlankNode, BlankNode] = {}

    def root(node: BlankNode) -> BlankNode:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    mentions = list(mentions)
    for _, nodes in mentions:
        first = root(nodes[0])
        for node in nodes[1:]:
            parent[root(node)] = first
    parts: dict[BlankNode, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        parts[root(mention[1][0])].append(mention)
    return list(parts.values())


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True)
class _Ordering:
    """Blank nodes of one component in order, and a text equal for isomorphic components."""

    certificate: tuple[tuple[str, tuple[int, ...]], ...]
    nodes: tuple[BlankNode, ...]


class _Refinement:
    """Colours the blank nodes of one component within a bounded amount of work.

    :param mentions: the statements of the component.
    :param wanted: the nodes that must be told apart.
    """

    def __init__(self, mentions: list[_Mention], wanted: Set[BlankNode]) -> None:
        self._mentions = mentions
        self._wanted = wanted
        self._rounds_left = max(_LEAST_ROUNDS, _WORK_BOUND // len(mentions))
        self._branches_left = _BRANCH_BOUND

    def refine(self, colours: _Colours) -> _Colours:
        """Refine until no class splits any more (or the bound is reached)."""
        count = len(set(colours.values()))
        while count < len(colours) and self._rounds_left > 0:
            self._rounds_left -= 1
            colours = self._one_round(colours)
            refined = len(set(colours.values()))
            if refined == count:
                break
            count = refined
        return colours

    def _one_round(self, colours: _Colours) -> _Colours:
        seen: dict[BlankNode, list[str]] = {node: [] for node in colours}
        for text, nodes in self._mentions:
            around = f"{text} {' '.join([colours[node] for node in nodes])}"
            for position, node in enumerate(nodes):
                seen[node].append(f"{position} {around}")
        return {
            node: _digest("\n".join([colours[node], *sorted(around)]))
            for node, around in seen.items()
        }

    def branches(self, colours: _Colours) -> list[BlankNode]:
        """Choose the nodes to single out next among the smallest class of wanted ties."""
        classes: dict[str, list[BlankNode]] = defaultdict(list)
        for node in self._wanted:
            classes[colours[node]].append(node)
        ties = [(len(nodes), colour) for colour, nodes in classes.items() if len(nodes) > 1]
        if not ties or self._rounds_left <= 0:
            return []
        tied = classes[min(ties)[1]]
        if len(tied) > self._branches_left:
            return tied[:1]
        self._branches_left -= len(tied) - 1
        return tied

    def ordering(self, colours: _Colours) -> _Ordering:
        """Order the wanted nodes by colour."""
        rank = {colour: place for place, colour in enumerate(sorted(set(colours.values())))}
        certificate = sorted(
            (text, tuple(rank[colours[node]] for node in nodes)) for text, nodes in self._mentions
        )
        nodes = sorted(self._wanted, key=lambda node: (colours[node], node.value))
        return _Ordering(tuple(certificate), tuple(nodes))

    def best_ordering(self) -> _Ordering:
        """Return the ordering of least certificate among the branches tried."""
        start: _Colours = {node: "" for _, nodes in self._mentions for node in nodes}
        found: list[_Ordering] = []
        pending = [self.refine(start)]
        while pending:
            colours = pending.pop()
            chosen = self.branches(colours)
            if not chosen:
                found.append(self.ordering(colours))
            pending.extend(
                self.refine({**colours, node: _digest(colours[node])}) for node in chosen
            )
        return min(found, key=lambda ordering: ordering.certificate)


def canonical_order(quads: Iterable[Quad], wanted: Set[BlankNode]) -> list[BlankNode]:
    """Put blank nodes of a dataset into an order that survives relabelling.

    :param quads: the dataset; duplicates do no harm.
    :param wanted: the blank nodes to put in order; others only serve to tell them apart.
    :returns: every wanted blank node once.  Isomorphic datasets give corresponding orders, up to
        interchangeable nodes and within the bound named at the top of this module.
    """
    mentions = {mention for quad in quads if (mention := _mention(quad)) is not None}
    orderings = []
    for part in _components(mentions):
        present = {node for _, nodes in part for node in nodes if node in wanted}
        if present:
            orderings.append(_Refinement(part, present).best_ordering())
    orderings.sort(key=lambda ordering: ordering.certificate)
    return [node for ordering in orderings for node in ordering.nodes]
