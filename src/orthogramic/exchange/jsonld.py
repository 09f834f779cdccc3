"""Write JSON-LD 1.1, compacted under a context of ours, the same bytes for the same quads.

Every value is written so that expansion gives back exactly its term: a native number or boolean
only for a canonical one, an explicit value object wherever a term's coercion would say otherwise.

Source: JSON-LD 1.1 (W3C Recommendation, 16 July 2020), sections 4.1 to 4.3 and 4.9.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from orthogramic.errors import InexpressibleDataError
from orthogramic.exchange.jsonld_context import context
from orthogramic.vocabulary import RDF, XSD

__all__ = ["context", "write_jsonld"]

Json: TypeAlias = "str | int | bool | dict[str, Any] | list[Any]"

_GEN_DELIMS = tuple(":/?#[]@")
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
#: Whole numbers up to here survive readers that take every number for a double.
_GREATEST_NUMBER = 2**53 - 1
_NATIVE = frozenset({XSD.integer, XSD.boolean, XSD.string})


def write_jsonld(
    quads: Iterable[Quad],
    document_context: Mapping[str, Any],
    context_iri: str | None = None,
) -> Iterator[bytes]:
    """Write a dataset as JSON-LD.

    Nodes are sorted by ``@id``, named graphs follow the default graph.

    :param quads: the dataset, in any order; it is held in memory.
    :param document_context: the context document, ``{"@context": {...}}``.
    :param context_iri: where the context is published; the document then refers to it instead of
        holding it.
    :returns: the document, in pieces of one node each.
    :raises InexpressibleDataError: at once, for RDF 1.2 terms.
    """
    ordered = sorted(set(quads), key=_sort_key)
    for quad in ordered:
        _check(quad)
    terms: Mapping[str, Any] = document_context["@context"]
    misleading = _misleading_prefixes(ordered, terms)
    compactor = _Compactor(
        {term: value for term, value in terms.items() if term not in misleading}, terms
    )
    head: Any = context_iri if context_iri is not None else dict(terms)
    if misleading:
        head = [head, dict.fromkeys(sorted(misleading))]
    return _document(head, ordered, compactor)


def _document(head: object, ordered: list[Quad], compactor: _Compactor) -> Iterator[bytes]:
    yield f'{{\n  "@context": {_dump(head, 2)},\n  "@graph": ['.encode()
    separator = "\n    "
    for node in _nodes(ordered, compactor):
        yield (separator + _dump(node, 4)).encode()
        separator = ",\n    "
    yield b"\n  ]\n}\n"


def _dump(value: object, indent: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + " " * indent)


def _sort_key(quad: Quad) -> tuple[str, bool, str, str, bool, str]:
    graph = quad.graph_name
    return (
        "" if isinstance(graph, DefaultGraph) else str(graph),
        isinstance(quad.subject, BlankNode),
        str(quad.subject),
        quad.predicate.value,
        isinstance(quad.object, Literal),
        str(quad.object),
    )


def _check(quad: Quad) -> None:
    for term in (quad.subject, quad.object):
        if isinstance(term, Triple) or (isinstance(term, Literal) and term.direction is not None):
            raise InexpressibleDataError(
                f"JSON-LD cannot carry the RDF 1.2 term {term}; choose another format.",
                format_name="jsonld",
            )


def _misleading_prefixes(quads: Iterable[Quad], terms: Mapping[str, Any]) -> set[str]:
    """Find the terms that equal the scheme of an IRI in the data.

    ``tel:1`` would be read as a compact IRI if there were a term ``tel``: JSON-LD has no escape
    for that, so such a term is switched off in the document.
    """
    found: set[str] = set()
    for quad in quads:
        for each in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(each, Literal):
                each = each.datatype  # noqa: PLW2901 - its datatype is the IRI that matters
            if isinstance(each, NamedNode):
                scheme, _, rest = each.value.partition(":")
                if scheme in terms and not rest.startswith("//"):
                    found.add(scheme)
    return found


@dataclass(frozen=True, slots=True)
class _Term:
    """What a context says of one property."""

    name: str
    coercion: str | None = None
    is_set: bool = False


class _Compactor:
    """Shortens IRIs and values under the terms that are in force."""

    def __init__(self, terms: Mapping[str, Any], all_terms: Mapping[str, Any]) -> None:
        self._defined = {
            name: definition["@id"] if isinstance(definition, dict) else definition
            for name, definition in all_terms.items()
            if not name.startswith("@")
        }
        self._prefixes = sorted(
            ((self._defined[name], name) for name in terms if _is_prefix(terms, name)),
            key=lambda each: (-len(each[0]), each),
        )
        self._types: dict[str, str] = {}
        self._properties: dict[str, _Term] = {}
        for name, definition in terms.items():
            if name.startswith("@") or _is_prefix(terms, name):
                continue
            iri = self._expand(self._defined[name])
            self._types.setdefault(iri, name)
            self._properties.setdefault(iri, self._term(name, definition))
        self._short: dict[str, str] = {}

    def _term(self, name: str, definition: object) -> _Term:
        if not isinstance(definition, dict):
            return _Term(name)
        coercion = definition.get("@type")
        return _Term(
            name,
            coercion if coercion in (None, "@id") else self._expand(str(coercion)),
            definition.get("@container") == "@set",
        )

    def _expand(self, name: str) -> str:
        prefix, _, rest = name.partition(":")
        if prefix in self._defined and not rest.startswith("//"):
            return f"{self._defined[prefix]}{rest}"
        return name

    def iri(self, iri: str) -> str:
        """Shorten an IRI with the longest prefix that fits."""
        short = self._short.get(iri)
        if short is None:
            short = self._short[iri] = self._compact(iri)
        return short

    def _compact(self, iri: str) -> str:
        for namespace, prefix in self._prefixes:
            rest = iri[len(namespace) :]
            if rest and iri.startswith(namespace) and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri

    def node(self, node: NamedNode | BlankNode) -> str:
        """Return the ``@id`` of a node."""
        return f"_:{node.value}" if isinstance(node, BlankNode) else self.iri(node.value)

    def type(self, node: NamedNode | BlankNode) -> str:
        """Return a class as it stands under ``@type``."""
        if isinstance(node, BlankNode):
            return f"_:{node.value}"
        return self._types.get(node.value) or self.iri(node.value)

    def property(self, predicate: NamedNode) -> _Term:
        """Return the key of a property with what the context says of it."""
        term = self._properties.get(predicate.value)
        return term or _Term(self.iri(predicate.value))

    def value(self, term: _Term, value: NamedNode | BlankNode | Literal) -> Json:
        """Return a value so that it expands to its term under the key."""
        if not isinstance(value, Literal):
            node = self.node(value)
            return node if term.coercion == "@id" else {"@id": node}
        if value.language is not None:
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype
        if term.coercion == datatype.value:
            return _native(value)
        if datatype in _NATIVE:
            native = _native(value)
            is_plain = datatype == XSD.string or not isinstance(native, str)
            if is_plain:
                return native if term.coercion is None else {"@value": native}
        return {"@value": value.value, "@type": self.iri(datatype.value)}


def _is_prefix(terms: Mapping[str, Any], name: str) -> bool:
    definition = terms[name]
    if isinstance(definition, dict):
        return definition.get("@prefix") is True
    return isinstance(definition, str) and definition.endswith(_GEN_DELIMS)


def _native(literal: Literal) -> str | int | bool:
    """Return a canonical integer or boolean as JSON has it, anything else as its lexical form."""
    text = literal.value
    if literal.datatype == XSD.integer and _INTEGER.fullmatch(text):
        return int(text) if abs(int(text)) <= _GREATEST_NUMBER else text
    if literal.datatype == XSD.boolean and text in ("true", "false"):
        return text == "true"
    return text


def _nodes(quads: list[Quad], compactor: _Compactor) -> Iterator[dict[str, Any]]:
    """Yield the nodes of the default graph, then each named graph as one object."""
    for graph, members in groupby(quads, key=lambda each: each.graph_name):
        nodes = (
            _node(subject, list(about), compactor)
            for subject, about in groupby(members, key=lambda each: each.subject)
        )
        if isinstance(graph, DefaultGraph):
            yield from nodes
        else:
            yield {"@id": compactor.node(graph), "@graph": list(nodes)}


def _node(subject: object, quads: list[Quad], compactor: _Compactor) -> dict[str, Any]:
    if not isinstance(subject, NamedNode | BlankNode):
        raise TypeError(f"{subject!r} is no resource")
    types: list[str] = []
    properties: dict[str, list[Json]] = {}
    terms: dict[str, _Term] = {}
    for quad in quads:
        value = quad.object
        if quad.predicate == RDF.type and isinstance(value, NamedNode | BlankNode):
            types.append(compactor.type(value))
        elif not isinstance(value, Triple):
            term = compactor.property(quad.predicate)
            terms[term.name] = term
            properties.setdefault(term.name, []).append(compactor.value(term, value))
    node: dict[str, Any] = {"@id": compactor.node(subject)}
    if types:
        node["@type"] = types[0] if len(types) == 1 else types
    for name, values in sorted(properties.items()):
        node[name] = values if terms[name].is_set or len(values) > 1 else values[0]
    return node
