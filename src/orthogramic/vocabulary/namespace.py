"""A closed namespace: only the terms that are listed exist, so that a typing slip fails at once."""

from __future__ import annotations

from pyoxigraph import NamedNode


class Namespace:
    """The terms of one vocabulary as attributes.

    :param base: the namespace IRI.
    :param terms: local names, separated by white space. A name that Python reserves is reached
        by subscription: ``SH["in"]``.
    """

    __slots__ = ("_terms", "base")

    def __init__(self, base: str, terms: str) -> None:
        self.base = base
        self._terms = {name: NamedNode(base + name) for name in terms.split()}

    def __getattr__(self, name: str) -> NamedNode:
        try:
            return self._terms[name]
        except KeyError:
            raise AttributeError(f"<{self.base}> has no term {name!r} here") from None

    def __getitem__(self, name: str) -> NamedNode:
        return self._terms[name]

    def __contains__(self, term: object) -> bool:
        return isinstance(term, NamedNode) and term in self._terms.values()

    def names(self) -> tuple[str, ...]:
        """Return the local names, in the order of declaration."""
        return tuple(self._terms)
