"""Write canonical Turtle and TriG: one text for one graph.

Files written here are read by people and compared line by line, so the text depends on the data
and the prefixes only, never on the order or the blank node labels of the input.  This module
writes text; it neither reads nor stores anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from orthogramic.syntax.blank_nodes import canonical_order
from orthogramic.syntax.nesting import Description, Descriptions, Nesting, plan
from orthogramic.syntax.terms import GraphName, Subject, Term
from orthogramic.syntax.turtle_terms import TermWriter
from orthogramic.vocabulary import OWL, RDF

_TYPE, _FIRST, _REST = RDF.type, RDF.first, RDF.rest
_INDENT = "    "
_LINE_WIDTH = 96

_SortKey: TypeAlias = tuple[int | str, ...]


class _BlockWriter:
    """Writes the descriptions of one graph under a decision on nesting."""

    def __init__(self, descriptions: Descriptions, nesting: Nesting, terms: TermWriter) -> None:
        self._descriptions = descriptions
        self._nesting = nesting
        self._terms = terms

    def blocks(self, level: int) -> list[str]:
        """One text per subject that stands on its own: ontology headers, IRIs, blank nodes."""
        keyed: list[tuple[_SortKey, str]] = []
        for subject, description in self._descriptions.items():
            if subject in self._nesting.nested:
                continue
            block = self._block(subject, description, level)
            keyed.append((self._subject_key(subject, description, block), block))
        return [block for _, block in sorted(keyed)]

    def _subject_key(self, subject: Subject, description: Description, block: str) -> _SortKey:
        is_header = OWL.Ontology in description.get(_TYPE, ())
        group = 0 if is_header else 1
        if isinstance(subject, NamedNode):
            return (group, 0, subject.value)
        return (group, 1 if subject in self._nesting.labelled else 2, block)

    def _block(self, subject: Subject, description: Description, level: int) -> str:
        pad = _INDENT * level
        if subject in self._nesting.anonymous:
            return f"{pad}{self._brackets(description, level)} ."
        lines = self._predicates(description, level + 1)
        body = f" ;\n{pad}{_INDENT}".join(lines)
        return f"{pad}{self._terms.name(subject)} {body} ."

    def _predicates(self, description: Description, level: int) -> list[str]:
        """Write the predicates of one subject, each with its objects; nothing before the first."""
        ordered = sorted(description, key=lambda each: (each != _TYPE, each.value))
        return [self._predicate(each, description[each], level) for each in ordered]

    def _predicate(self, predicate: NamedNode, objects: list[Term], level: int) -> str:
        name = "a" if predicate == _TYPE else self._terms.iri(predicate.value)
        if len(objects) == 1:
            return f"{name} {self._object(objects[0], level)}"
        pad = _INDENT * (level + 1)
        texts = sorted(
            (self._object_key(term, text), text)
            for term in objects
            for text in (self._object(term, level + 1),)
        )
        return f"{name}\n{pad}" + f" ,\n{pad}".join(text for _, text in texts)

    def _object_key(self, term: Term, text: str) -> _SortKey:
        if isinstance(term, NamedNode):
            return (0, term.value)
        if isinstance(term, Literal):
            return (1, term.value, term.language or "", text)
        return (2 if term in self._nesting.labelled else 3, text)

    def _object(self, term: Term, level: int) -> str:
        if not isinstance(term, BlankNode) or term not in self._nesting.nested:
            return self._terms.term(term)
        if term in self._nesting.cells:
            return self._list(term, level)
        return self._brackets(self._descriptions.get(term, {}), level)

    def _brackets(self, description: Description, level: int) -> str:
        if not description:
            return "[]"
        lines = self._predicates(description, level + 1)
        if len(lines) == 1 and "\n" not in lines[0] and len(lines[0]) <= _LINE_WIDTH:
            return f"[ {lines[0]} ]"
        pad = _INDENT * (level + 1)
        return f"[\n{pad}" + f" ;\n{pad}".join(lines) + f"\n{_INDENT * level}]"

    def _list(self, head: BlankNode, level: int) -> str:
        members = [self._object(member, level + 1) for member in self._members(head)]
        line = f"( {' '.join(members)} )"
        if len(line) <= _LINE_WIDTH and "\n" not in line:
            return line
        pad = _INDENT * (level + 1)
        return f"(\n{pad}" + f"\n{pad}".join(members) + f"\n{_INDENT * level})"

    def _members(self, head: BlankNode) -> Iterator[Term]:
        cell: Term = head
        while isinstance(cell, BlankNode):
            description = self._descriptions[cell]
            yield description[_FIRST][0]
            cell = description[_REST][0]


def _group(quads: Iterable[Quad]) -> dict[GraphName, Descriptions]:
    graphs: dict[GraphName, Descriptions] = {}
    for quad in quads:
        descriptions = graphs.setdefault(quad.graph_name, {})
        description = descriptions.setdefault(quad.subject, {})
        description.setdefault(quad.predicate, []).append(quad.object)
    return graphs


def _labels(quads: Iterable[Quad], nesting: Nesting) -> dict[BlankNode, str]:
    if not nesting.labelled:
        return {}
    order = canonical_order(quads, nesting.labelled)
    return {node: f"b{number}" for number, node in enumerate(order, start=1)}


def _graph_text(name: str, blocks: list[str]) -> str:
    return f"{name} {{\n" + "\n\n".join(blocks) + "\n}"


def _document(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    distinct = set(quads)
    graphs = _group(distinct)
    nesting = plan(graphs)
    terms = TermWriter(prefixes, _labels(distinct, nesting))
    default = graphs.pop(DefaultGraph(), {})
    parts = _BlockWriter(default, nesting, terms).blocks(0)
    parts += [
        text
        for _, text in sorted(
            (name, _graph_text(name, _BlockWriter(descriptions, nesting, terms).blocks(1)))
            for graph, descriptions in graphs.items()
            for name in (terms.name(graph),)
        )
    ]
    header = "\n".join(
        f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in terms.used_prefixes.items()
    )
    return "".join(f"{part}\n\n" for part in (header, *parts) if part).removesuffix("\n")


def to_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Write a graph as canonical Turtle.

    Prefixes in use first; then ontology headers, the other subjects by IRI, blank nodes.  Within
    a subject ``a`` first, then predicates by IRI; objects sorted.  A blank node that is referred
    to once stands inside its referrer, a well-formed list in parentheses.

    :param triples: the graph, in any order; duplicates do no harm.
    :param prefixes: namespace IRI by prefix; unused ones are left out of the text.
    :returns: the document, ending in a line feed; empty for the empty graph.
    :raises ValueError: if a prefix is not legal in Turtle.
    """
    default = DefaultGraph()
    return _document(
        (Quad(each.subject, each.predicate, each.object, default) for each in triples), prefixes
    )


def to_trig(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write a dataset as canonical TriG: the default graph, then the named graphs by name.

    :param quads: the dataset, in any order; duplicates do no harm.
    :param prefixes: namespace IRI by prefix; unused ones are left out of the text.
    :returns: the document, ending in a line feed; empty for the empty dataset.
    :raises ValueError: if a prefix is not legal in Turtle.
    """
    return _document(quads, prefixes)
