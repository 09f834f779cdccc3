"""Makes statements of templates and of the solutions of a pattern, with the engine itself.

A template is inserted into an empty store in memory for a batch of solutions, which are written as
VALUES, and what the store holds then is what the template makes: blank nodes are new for each
solution, and what is no statement (an unbound variable, a literal as subject) is left out.

No blank node is stored: each becomes an address of its own (``docs/decisions/0015``).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.store.answers import Cell
from orthogramic.syntax import skolemize
from orthogramic.syntax.sparql_tokens import tokens
from orthogramic.syntax.terms import Subject

#: A solution: its number, and the values of the variables that are wanted.
Solution = tuple[int, tuple[Cell | BlankNode, ...]]

_MAKES_NODES = frozenset({"[", "(", "<<", "{|", "~"})
_HINTS = ("_:", *_MAKES_NODES)
_MADE_UP = re.compile(r"[a-f][0-9a-f]{23,31}")


@dataclass(frozen=True, slots=True)
class Template:
    """The template of an operation.

    :param prologue: the declarations that hold for it.
    :param group: its text, with braces.
    :param graph: the graph of what names none.
    :param variables: names of its variables.
    :param makes_nodes: whether there are blank nodes in it.
    :param length: how many tokens it has.
    """

    prologue: str
    group: str
    graph: NamedNode
    variables: tuple[str, ...]
    makes_nodes: bool
    length: int

    @classmethod
    def of(cls, prologue: str, group: str, graph: NamedNode) -> Template:
        """Look at the text of a template."""
        found = list(tokens(group))
        names = dict.fromkeys(each.text[1:] for each in found if each.kind == "variable")
        makes_nodes = any(each.kind == "blank" or each.text in _MAKES_NODES for each in found)
        return cls(prologue, group, graph, tuple(names), makes_nodes, len(found))


class Maker:
    """Makes the statements of one update."""

    def __init__(self, settings: UpdateSettings) -> None:
        self._settings = settings
        self._update = secrets.token_hex(16)
        self._mark = f"urn:x-blank-node:{self._update}:"

    def data(self, prologue: str, group: str, graph: NamedNode) -> Iterable[Quad]:
        """Return the statements of a group of INSERT DATA or DELETE DATA.

        :param graph: the graph of what names none.
        """
        made = self._made(prologue, group, graph, "WHERE {}")
        # Where none of these occurs, not even in a string, there is no blank node.
        return self._addressed(made) if any(each in group for each in _HINTS) else made

    def loaded(self, triples: Iterable[Triple], graph: NamedNode) -> Iterable[Quad]:
        """Return the statements of a document that was fetched."""
        return self._addressed(
            Quad(each.subject, each.predicate, each.object, graph) for each in triples
        )

    def statements(
        self, template: Template, columns: Sequence[int], solutions: Sequence[Solution]
    ) -> Iterable[Quad]:
        """Return the statements that a template makes of some solutions.

        :param columns: where in a solution the values of its variables stand.
        """
        rows = (
            " ".join(self._written(values[at], number) for at in columns) or "UNDEF"
            for number, values in solutions
        )
        # Without blank nodes, the same values make the same statements.
        written = list(rows if template.makes_nodes else dict.fromkeys(rows))
        names = " ".join(f"?{each}" for each in template.variables) or "?any"
        values = " ".join(f"({each})" for each in written)
        where = f"WHERE {{ VALUES ({names}) {{ {values} }} }}"
        made = self._made(template.prologue, template.group, template.graph, where)
        with_nodes = template.makes_nodes or self._mark in values
        return self._addressed(made) if with_nodes else made

    def _made(self, prologue: str, group: str, graph: NamedNode, where: str) -> Iterable[Quad]:
        store = Store()
        given = self._settings.prefixes
        store.update(
            f"{prologue}WITH {graph} INSERT {group} {where}",
            prefixes=dict(given) if given else None,
            base_iri=self._settings.base_iri,
        )
        return store

    # -- blank nodes ---------------------------------------------------------------------------

    def _written(self, value: Cell | BlankNode, number: int) -> str:
        """Write a value; a blank node as an IRI that nobody else uses."""
        if value is None:
            return "UNDEF"
        if isinstance(value, BlankNode):
            # What BNODE makes of a string is a node for each solution; the engine makes it one.
            label = value.value if _MADE_UP.fullmatch(value.value) else f"{value.value} {number}"
            return f"<{self._mark}{label.encode().hex()}>"
        if isinstance(value, Triple):
            parts = (value.subject, value.predicate, value.object)
            return f"<<( {' '.join(self._written(each, number) for each in parts)} )>>"
        return str(value)

    def _addressed(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        labelled = (self._labelled(each) for each in quads)
        found = (each for each in labelled if each is not None)
        return skolemize(found, self._settings.nodes_base, self._update)

    def _labelled(self, quad: Quad) -> Quad | None:
        """Give blank nodes labels that tell them from all others, and values their nodes back."""
        triple = self._triple(quad.triple)
        graph = quad.graph_name
        if triple is None or (isinstance(graph, NamedNode) and self._is_node(graph)):
            return None
        return Quad(triple.subject, triple.predicate, triple.object, graph)

    def _triple(self, triple: Triple) -> Triple | None:
        """Return a triple with its nodes, or nothing where one stands as predicate."""
        if self._is_node(triple.predicate):
            return None
        subject, value = self._node(triple.subject), triple.object
        if isinstance(value, Triple):
            inner = self._triple(value)
            return inner and Triple(subject, triple.predicate, inner)
        if isinstance(value, Literal):
            return Triple(subject, triple.predicate, value)
        return Triple(subject, triple.predicate, self._node(value))

    def _node(self, node: Subject) -> Subject:
        if isinstance(node, BlankNode):
            return BlankNode(f"n{node.value}")
        if isinstance(node, NamedNode) and self._is_node(node):
            return BlankNode(f"v{node.value.removeprefix(self._mark)}")
        return node

    def _is_node(self, node: NamedNode) -> bool:
        return node.value.startswith(self._mark)
