"""RDF terms as cells of a table: text for people, an address where there is a page.

An entity is shown by its label and leads to its page; a class leads to the metamodel; anything
else is shown as a CURIE. Only web addresses become links to elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.errors import NamingError
from orthogramic.metamodel import Metamodel
from orthogramic.vocabulary import XSD
from orthogramic.web.links import Links
from orthogramic.web.views.classes import Summary, class_address
from orthogramic.web.views.graphs import GraphNames

Term = NamedNode | Literal | BlankNode | Triple | None

NUMERIC = {XSD.integer, XSD.decimal, XSD.double}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``title`` tells what the text leaves out; ``number`` is set for numbers."""

    text: str
    href: str | None = None
    title: str = ""
    language: str = ""
    number: float | None = None


class TermCells:
    """Makes cells of terms, remembering the entities it has looked up.

    :param find: returns the entity of an IRI or raises a naming error.
    :param graphs: names the graphs.
    :param base_iri: what the IRIs of this repository begin with, and a cell leaves out.
    """

    def __init__(
        self,
        metamodel: Metamodel,
        links: Links,
        find: Callable[[str], Summary],
        graphs: GraphNames,
        base_iri: str,
    ) -> None:
        self._metamodel = metamodel
        self._links = links
        self._find = find
        self._graphs = graphs
        self._entities_iri = f"{base_iri}id/"
        self._seen: dict[str, Cell] = {}

    def cell(self, term: Term) -> Cell:
        """Return the cell of one term; an unbound one is empty."""
        if term is None:
            return Cell("")
        if isinstance(term, Literal):
            return _literal(term, self._metamodel)
        if isinstance(term, NamedNode):
            if term.value not in self._seen:
                self._seen[term.value] = self._named(term)
            return self._seen[term.value]
        return Cell(str(term))

    def _named(self, node: NamedNode) -> Cell:
        if node in self._metamodel.classes:
            href = class_address(self._metamodel, self._links, node)
            return Cell(self._metamodel.class_label(node), href, node.value)
        if not self._may_be_entity(node):
            return Cell(self._short(node.value), title=node.value)
        try:
            entity = self._find(node.value)
        except NamingError:
            return Cell(self._short(node.value), title=node.value)
        return Cell(entity.label, self._links.entity(entity.class_name, entity.key), node.value)

    def _may_be_entity(self, node: NamedNode) -> bool:
        """Rule out what is none, because looking in vain for near names takes time."""
        if node in self._metamodel.properties or self._graphs.knows(node.value):
            return False
        tail = node.value.removeprefix(self._entities_iri)
        return tail == node.value or tail.count("/") == 1

    def _short(self, iri: str) -> str:
        if self._graphs.knows(iri):
            return self._graphs.name(iri).label
        tail = iri.removeprefix(self._entities_iri)
        return self._metamodel.curie(iri) if tail == iri else tail


def _literal(literal: Literal, metamodel: Metamodel) -> Cell:
    if literal.datatype in NUMERIC:
        try:
            number = float(literal.value)
        except ValueError:
            number = math.nan
        return Cell(literal.value, number=number if math.isfinite(number) else None)
    if literal.datatype == XSD.anyURI and literal.value.startswith(("http://", "https://")):
        return Cell(literal.value, literal.value)
    title = "" if literal.datatype == XSD.string else metamodel.curie(literal.datatype.value)
    return Cell(
        literal.value, title="" if literal.language else title, language=literal.language or ""
    )
