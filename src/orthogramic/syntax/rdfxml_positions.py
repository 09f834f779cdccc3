"""Find the line on which a statement of an RDF/XML document stands.

A walk over the striped syntax (RDF 1.1 XML Syntax, section 2) of a document that the parser has
accepted: node elements, property elements, ``rdf:about`` and ``xml:base``.  Where the document
uses more, nothing is found.  It is an index of places, never a source of data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.parsers import expat

from pyoxigraph import NamedNode

from orthogramic.vocabulary import RDF

_BASE = "http://www.w3.org/XML/1998/namespacebase"
_ABOUT, _RDF, _DESCRIPTION = (f"{RDF.base}{each}" for each in ("about", "RDF", "Description"))


@dataclass(slots=True)
class _Element:
    """An open element: a node with its subject, or a property of the node around it."""

    subject: str | None
    is_node: bool
    base: str


@dataclass(slots=True)
class RdfXmlPositions:
    """Lines of subjects and statements of one document; the first occurrence counts.

    :param text: the document.
    :param base_iri: resolves relative IRIs.
    """

    text: bytes
    base_iri: str = ""
    _subjects: dict[str, int] = field(default_factory=dict, init=False)
    _statements: dict[tuple[str, str], int] = field(default_factory=dict, init=False)
    _open: list[_Element] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Go through the document; one with entities of its own is left alone."""
        if b"<!ENTITY" in self.text:
            return
        parser = expat.ParserCreate(namespace_separator="")
        parser.StartElementHandler = lambda name, attributes: self._start(
            name, attributes, parser.CurrentLineNumber
        )
        parser.EndElementHandler = lambda _name: self._open.pop()
        try:
            parser.Parse(self.text, True)
        except expat.ExpatError:
            return

    def exact(self, subject: NamedNode, predicate: NamedNode | None = None) -> int | None:
        """Return the line of a property of a subject, or without a predicate of the subject.

        :param subject: the subject.
        :param predicate: the predicate.
        """
        if predicate is None:
            return self._subjects.get(subject.value)
        return self._statements.get((subject.value, predicate.value))

    def _start(self, name: str, attributes: dict[str, str], line: int) -> None:
        around = self._open[-1] if self._open else _Element(None, False, self.base_iri)
        base = urljoin(around.base, attributes.get(_BASE, ""))
        if name == _RDF:
            self._open.append(_Element(None, False, base))
        elif around.is_node:
            if around.subject:
                self._statements.setdefault((around.subject, name), line)
            self._open.append(_Element(around.subject, False, base))
        else:
            about = attributes.get(_ABOUT)
            subject = urljoin(base, about) if about is not None else None
            if subject:
                self._subjects.setdefault(subject, line)
                if name != _DESCRIPTION:
                    self._statements.setdefault((subject, RDF.type.value), line)
            self._open.append(_Element(subject, True, base))
