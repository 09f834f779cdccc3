"""Bring literals into the form in which the embedded store hands them back.

The store keeps numbers, booleans, times and durations by value and rewrites their lexical forms
(``1.50`` becomes ``1.5``, ``xsd:int`` becomes ``xsd:integer``).  What was validated must be what
is stored, so literals are brought into that form before validation.  The rule is not copied here:
an empty store of our own is asked.
"""

from __future__ import annotations

from threading import Lock

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from orthogramic.vocabulary import XSD

_CACHE_SIZE = 65_536
_PROBE = NamedNode("urn:x-probe")


class LiteralCanonicalizer:
    """Maps literals to the forms that the embedded store keeps; safe to share among threads.

    Ill-formed literals (``"abc"^^xsd:integer``) are kept as they are: validation reports them.
    """

    def __init__(self) -> None:
        self._store = Store()
        self._cache: dict[Literal, Literal] = {}
        self._lock = Lock()

    def canonical(self, literal: Literal) -> Literal:
        """Return the form that the store keeps.

        :param literal: any literal.
        :returns: the literal of equal value that comes back from the store; plain and
            language-tagged strings come back as they are, their tags in lower case.
        """
        if literal.language is not None or literal.datatype == XSD.string:
            return literal
        known = self._cache.get(literal)
        if known is None:
            known = self._ask_store(literal)
        return known

    def _ask_store(self, literal: Literal) -> Literal:
        with self._lock:
            self._store.add(Quad(_PROBE, _PROBE, literal, DefaultGraph()))
            (stored,) = self._store
            self._store.remove(stored)
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            if not isinstance(stored.object, Literal):
                raise TypeError(f"the store returned {stored.object!r} for a literal")
            self._cache[literal] = stored.object
            return stored.object

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
        return Quad(quad.subject, quad.predicate, canonical, quad.graph_name)
