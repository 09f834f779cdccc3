"""Bring literals into the form in which the embedded store hands them back.

The store keeps numbers, booleans, times and durations by value and rewrites their lexical forms
(``1.50`` becomes ``1.5``, ``xsd:int`` becomes ``xsd:integer``).  What was validated must be what
is stored, so literals are brought into that form before validation.  The rule is not copied here:
an empty store in memory is asked.
"""

from __future__ import annotations

import re

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from orthogramic.vocabulary import XSD

_CACHE_SIZE = 65_536
#: Whole numbers that are kept as they are: to ask for each of a million takes a minute.
_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_PROBE = NamedNode("urn:x-probe")


def _stored(literal: Literal) -> Literal:
    """Store a literal and take it out again; a used store would grow slower with every literal."""
    store = Store()
    store.add(Quad(_PROBE, _PROBE, literal, DefaultGraph()))
    (quad,) = store
    if not isinstance(quad.object, Literal):
        raise TypeError(f"the store returned {quad.object!r} for a literal")
    return quad.object


class LiteralCanonicalizer:
    """Maps literals to the forms that the embedded store keeps; safe to share among threads.

    Ill-formed literals (``"abc"^^xsd:integer``) are kept as they are: validation reports them.
    """

    def __init__(self) -> None:
        self._cache: dict[Literal, Literal] = {}

    def canonical(self, literal: Literal) -> Literal:
        """Return the form that the store keeps.

        :param literal: any literal.
        :returns: the literal of equal value that comes back from the store; plain and
            language-tagged strings come back as they are, their tags in lower case.
        """
        if literal.language is not None or literal.datatype == XSD.string:
            return literal
        if literal.datatype == XSD.integer and _PLAIN_INTEGER.fullmatch(literal.value):
            return literal
        known = self._cache.get(literal)
        if known is None:
            known = _stored(literal)
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            self._cache[literal] = known
        return known

    def canonical_triple(self, triple: Triple) -> Triple:
        """Return a triple, or triple term, with canonical literals.

        :param triple: any triple.
        :returns: the same triple, its literals canonical at every depth.
        """
        term = triple.object
        if isinstance(term, Literal):
            return Triple(triple.subject, triple.predicate, self.canonical(term))
        if isinstance(term, Triple):
            return Triple(triple.subject, triple.predicate, self.canonical_triple(term))
        return triple

    def canonical_quad(self, quad: Quad) -> Quad:
        """Return a quad with canonical literals.

        :param quad: any quad.
        :returns: the same quad, its literals canonical at every depth.
        """
        term = quad.object
        if isinstance(term, Literal):
            canonical: Literal | Triple = self.canonical(term)
        elif isinstance(term, Triple):
            canonical = self.canonical_triple(term)
        else:
            return quad
        if canonical is term:
            return quad
        return Quad(quad.subject, quad.predicate, canonical, quad.graph_name)
