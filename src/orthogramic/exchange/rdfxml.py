"""Write RDF/XML that any XML 1.0 parser reads back as the same triples.

RDF/XML cannot carry everything: a predicate must end in an XML name, a few names of the syntax
itself may not be predicates, and XML has no way to write most control characters.  Such data is
refused by name before the first byte is written, never dropped or altered.

Source: RDF 1.1 XML Syntax (W3C Recommendation, 25 February 2014), sections 5.1, 6 and 7.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.errors import InexpressibleDataError
from orthogramic.vocabulary import RDF, XSD

_ASCII_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
# The characters that may start a name, and those that may follow (XML 1.0, section 2.3).
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_RESERVED = frozenset(
    f"{RDF.base}{name}"
    for name in (
        "RDF ID about bagID parseType resource nodeID datatype li Description aboutEach "
        "aboutEachPrefix"
    ).split()
)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_TO_ESCAPE = re.compile(r'[&<>"\r]')
_FORMAT = "rdfxml"


# The two are compiled when they are needed: that takes long, and few commands write XML.
@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"[{_START}][{_START}.0-9\u00b7\u0300-\u036f\u203f-\u2040-]*\Z")


@cache
def _not_xml() -> re.Pattern[str]:
    return re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_rdfxml(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Write a graph as RDF/XML, one element per subject, subjects and predicates by IRI.

    :param triples: the graph, in any order; it is held in memory.
    :param prefixes: namespace IRI by prefix; unused ones are left out, missing ones made up.
    :returns: the document, in pieces of one subject each.
    :raises InexpressibleDataError: at once, if RDF/XML cannot carry a triple.
    """
    ordered = sorted(set(triples), key=_sort_key)
    return _document(_Writer(ordered, prefixes), ordered)


def _document(writer: _Writer, ordered: list[Triple]) -> Iterator[bytes]:
    yield writer.head()
    for subject, about in groupby(ordered, key=lambda each: each.subject):
        yield writer.description(subject, about)
    yield b"</rdf:RDF>\n"


def _sort_key(triple: Triple) -> tuple[bool, str, str, str]:
    return (
        isinstance(triple.subject, BlankNode),
        str(triple.subject),
        triple.predicate.value,
        str(triple.object),
    )


class _Writer:
    """Names and labels of one document; making one checks that the document can be written."""

    def __init__(self, triples: list[Triple], prefixes: Mapping[str, str]) -> None:
        self._labels: dict[BlankNode, str] = {}
        for triple in triples:
            _check(triple)
            for term in (triple.subject, triple.object):
                if isinstance(term, BlankNode):
                    self._labels.setdefault(term, f"b{len(self._labels) + 1}")
        self._namespaces = {RDF.base: "rdf"}
        self._names: dict[NamedNode, str] = {}
        free = {
            namespace: prefix
            for prefix, namespace in sorted(prefixes.items(), reverse=True)
            if _ASCII_NAME.match(prefix) and not prefix.lower().startswith("xml")
        }
        for predicate in sorted({each.predicate for each in triples}, key=str):
            self._names[predicate] = self._name(predicate, free)

    def _name(self, predicate: NamedNode, free: Mapping[str, str]) -> str:
        iri = predicate.value
        namespace = max((each for each in free if _is_split(iri, each)), key=len, default=None)
        if namespace is None:
            namespace = _namespace(predicate)
        if namespace not in self._namespaces:
            taken = set(self._namespaces.values())
            prefix = free.get(namespace)
            if prefix is None or prefix in taken:
                numbers = range(1, len(taken) + len(free) + 2)
                candidates = (f"ns{number}" for number in numbers)
                used = taken | set(free.values())
                prefix = next(each for each in candidates if each not in used)
            self._namespaces[namespace] = prefix
        return f"{self._namespaces[namespace]}:{iri[len(namespace) :]}"

    def head(self) -> bytes:
        """Return the XML declaration and the opening tag with the namespaces in use."""
        declared = "".join(
            f'\n    xmlns:{prefix}="{_escape(namespace)}"'
            for namespace, prefix in sorted(self._namespaces.items(), key=lambda each: each[1])
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode()

    def description(self, subject: object, triples: Iterable[Triple]) -> bytes:
        """Return the element of one subject."""
        about = self._reference(subject, "about")
        lines = [f"  <rdf:Description {about}>", *map(self._property, triples)]
        return ("\n".join(lines) + "\n  </rdf:Description>\n").encode()

    def _property(self, triple: Triple) -> str:
        name, value = self._names[triple.predicate], triple.object
        if not isinstance(value, Literal):
            return f"    <{name} {self._reference(value, 'resource')}/>"
        attribute = ""
        if value.language is not None:
            attribute = f' xml:lang="{_escape(value.language)}"'
        elif value.datatype != XSD.string:
            attribute = f' rdf:datatype="{_escape(value.datatype.value)}"'
        return f"    <{name}{attribute}>{_escape(value.value)}</{name}>"

    def _reference(self, node: object, attribute: str) -> str:
        if isinstance(node, BlankNode):
            return f'rdf:nodeID="{self._labels[node]}"'
        if isinstance(node, NamedNode):
            return f'rdf:{attribute}="{_escape(node.value)}"'
        raise TypeError(f"{node!r} is no resource")


def _is_split(iri: str, namespace: str) -> bool:
    return iri.startswith(namespace) and bool(_ASCII_NAME.match(iri, len(namespace)))


def _namespace(predicate: NamedNode) -> str:
    """Return what stands before the longest XML name at the end of a predicate."""
    iri = predicate.value
    for pattern in (_ASCII_NAME, _name()):
        # A name may follow at the earliest where the scheme has ended.
        for start in range(iri.index(":") + 1, len(iri)):
            if pattern.match(iri, start) and _is_readable(iri[start:]):
                return iri[:start]
    raise InexpressibleDataError(
        f"RDF/XML cannot carry the predicate <{iri}>, because it does not end in an XML name; "
        "choose another format.",
        format_name=_FORMAT,
    )


def _is_readable(name: str) -> bool:
    """Tell whether XML parsers take the name: many still follow an older edition of XML 1.0."""
    try:
        expat.ParserCreate("UTF-8").Parse(f"<{name}/>".encode(), True)
    except expat.ExpatError:
        return False
    return True


def _check(triple: Triple) -> None:
    if triple.predicate.value in _RESERVED:
        raise InexpressibleDataError(
            f"RDF/XML cannot carry the predicate <{triple.predicate.value}>, because the syntax "
            "itself uses this name; choose another format.",
            format_name=_FORMAT,
        )
    for term in (triple.subject, triple.object):
        if isinstance(term, Triple) or (isinstance(term, Literal) and term.direction is not None):
            raise InexpressibleDataError(
                f"RDF/XML cannot carry the RDF 1.2 term {term}; choose another format.",
                format_name=_FORMAT,
            )
        if not isinstance(term, BlankNode) and (found := _not_xml().search(term.value)):
            raise InexpressibleDataError(
                f"RDF/XML cannot carry the character U+{ord(found[0]):04X}, which stands in the "
                f"value of <{triple.predicate.value}> of {triple.subject}; choose another format.",
                format_name=_FORMAT,
            )


def _escape(text: str) -> str:
    return _TO_ESCAPE.sub(lambda match: _ESCAPES[match[0]], text)
