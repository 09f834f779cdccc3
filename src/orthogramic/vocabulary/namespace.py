"""A closed namespace: only the terms that are listed exist, so that a typing slip fails at once."""

from __future__ import annotations

from pyoxigraph import NamedNode


class Namespace:
    """The terms of one vocabulary as attributes.

    :param base: the namespace IRI.
    :param terms: local names, separated by white space. A name that Python reserves is reached
        by subscription: ``SH["in"]``.
    """

    base: str

    def __init__(self, base: str, terms: str) -> None:
        self._terms = {name: NamedNode(base + name) for name in terms.split()}
        # Plain attributes: rooms that look at every triple ask for the same few terms each time.
        self.__dict__.update(self._terms, base=base)

    def __getattr__(self, name: str) -> NamedNode:
        raise AttributeError(f"<{self.__dict__['base']}> has no term {name!r} here")

    def __getitem__(self, name: str) -> NamedNode:
        return self._terms[name]

    def __contains__(self, term: object) -> bool:
        return isinstance(term, NamedNode) and term in self._terms.values()

    def names(self) -> tuple[str, ...]:
        """Return the local names, in the order of declaration."""
        return tuple(self._terms)
