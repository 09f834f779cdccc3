"""Write single RDF terms in Turtle.

One term has exactly one spelling here: the shortest prefixed name that is legal, the bare form of
a canonical number or boolean, the long quotes for a string of several lines.  Everything that
decides *where* a term stands (nesting, order, indentation) belongs to :mod:`.turtle`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.syntax.terms import GraphName, Term
from orthogramic.vocabulary import RDF, XSD

# PN_CHARS_BASE, PN_CHARS_U and PN_CHARS of the Turtle grammar (RDF 1.1 Turtle, section 6.5).
PN_CHARS_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
PN_CHARS_U = PN_CHARS_BASE + "_"
PN_CHARS = PN_CHARS_U + r"\-0-9\u00b7\u0300-\u036f\u203f-\u2040"

_BARE_FORMS = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]*"),
    XSD.decimal: re.compile(r"(?!-0\.0$)-?(?:0|[1-9][0-9]*)\.(?:0|[0-9]*[1-9])"),
    XSD.boolean: re.compile(r"true|false"),
}
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_SHORT_ESCAPES = {"\b": "\\b", "\f": "\\f", "\r": "\\r", "\t": "\\t"}


# The two are compiled when they are needed: that takes long, and who reads does not write.
@cache
def _local_name() -> re.Pattern[str]:
    """Return what matches a local name that needs no escape; percent triplets are legal too."""
    return re.compile(
        rf"(?:(?:[{PN_CHARS_U}:0-9]|%[0-9A-Fa-f]{{2}})"
        rf"(?:(?:[{PN_CHARS}.:]|%[0-9A-Fa-f]{{2}})*(?:[{PN_CHARS}:]|%[0-9A-Fa-f]{{2}}))?)?"
    )


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(rf"(?:[{PN_CHARS_BASE}](?:[{PN_CHARS}.]*[{PN_CHARS}])?)?")


def is_prefix(text: str) -> bool:
    """Say whether a text may stand before the colon of a prefixed name.

    :param text: the prefix without its colon; empty is the default prefix.
    :returns: true if it matches PN_PREFIX of the Turtle grammar or is empty.
    """
    return _prefix().fullmatch(text) is not None


def _escape_iri_character(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"


def _escape_control(match: re.Match[str]) -> str:
    return _SHORT_ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def quote(text: str) -> str:
    """Write a string in Turtle quotes.

    Carriage returns and other control characters are escaped, so that no editor's handling of
    line ends can alter the value.

    :param text: the lexical form.
    :returns: the text in single-line quotes, or in long quotes if it holds a line feed.
    """
    body = text.replace("\\", "\\\\")
    if "\n" not in body:
        return '"' + _CONTROL.sub(_escape_control, body.replace('"', '\\"')) + '"'
    body = _CONTROL.sub(_escape_control, body).replace('"""', '""\\"')
    if body.endswith('"'):
        body = body[:-1] + '\\"'
    return f'"""{body}"""'


class TermWriter:
    """Spells terms under a prefix map and remembers which prefixes were used.

    :param prefixes: namespace IRI by prefix (without colon).
    :param labels: the label of each blank node that may be referred to by label.
    :raises ValueError: if a prefix is not a legal Turtle prefix.
    """

    def __init__(self, prefixes: Mapping[str, str], labels: Mapping[BlankNode, str]) -> None:
        for prefix in prefixes:
            if not is_prefix(prefix):
                raise ValueError(f"{prefix!r} cannot be a Turtle prefix")
        self._namespaces = sorted(
            ((namespace, prefix) for prefix, namespace in prefixes.items() if namespace),
            key=lambda pair: (-len(pair[0]), pair[0], pair[1]),
        )
        self._labels = labels
        self._spelled: dict[str, str] = {}
        self._used: dict[str, str] = {}

    @property
    def used_prefixes(self) -> dict[str, str]:
        """The prefixes that occurred in what was written so far, in alphabetical order."""
        return dict(sorted(self._used.items()))

    def iri(self, iri: str) -> str:
        """Spell an IRI.

        :param iri: an absolute IRI.
        :returns: a prefixed name if one is legal without escapes, else the IRI in brackets.
        """
        spelled = self._spelled.get(iri)
        if spelled is None:
            spelled = self._spelled[iri] = self._spell_iri(iri)
        return spelled

    def _spell_iri(self, iri: str) -> str:
        for namespace, prefix in self._namespaces:
            if iri.startswith(namespace) and _local_name().fullmatch(iri, len(namespace)):
                self._used[prefix] = namespace
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{_NOT_IN_IRI.sub(_escape_iri_character, iri)}>"

    def literal(self, literal: Literal) -> str:
        """Spell a literal.

        :param literal: any literal, well formed or not.
        :returns: the bare form of a canonical integer, decimal or boolean, else quotes followed
            by the language tag or the datatype.
        """
        value = literal.value
        if literal.language is not None:
            direction = literal.direction
            suffix = f"--{direction.value}" if direction is not None else ""
            return f"{quote(value)}@{literal.language}{suffix}"
        datatype = literal.datatype
        if datatype == XSD.string:
            return quote(value)
        bare = _BARE_FORMS.get(datatype)
        if bare is not None and bare.fullmatch(value):
            return value
        return f"{quote(value)}^^{self.iri(datatype.value)}"

    def term(self, term: Term | GraphName) -> str:
        """Spell any term; a blank node by its label.

        :param term: a term of a triple, or the name of a graph.
        :returns: its Turtle spelling.
        :raises KeyError: if it is a blank node without a label.
        :raises TypeError: if it is no RDF term.
        """
        if isinstance(term, NamedNode):
            return "()" if term == RDF.nil else self.iri(term.value)
        if isinstance(term, Literal):
            return self.literal(term)
        if isinstance(term, BlankNode):
            return f"_:{self._labels[term]}"
        if isinstance(term, Triple):
            parts = (self.name(term.subject), self.iri(term.predicate.value))
            return f"<<( {parts[0]} {parts[1]} {self.name(term.object)} )>>"
        raise TypeError(f"{term!r} is no RDF term")

    def name(self, term: Term | GraphName) -> str:
        """Spell a term where a list may not stand (subjects, graph names, triple terms).

        :param term: a term.
        :returns: its spelling, with rdf:nil as an IRI.
        """
        return self.iri(term.value) if isinstance(term, NamedNode) else self.term(term)
