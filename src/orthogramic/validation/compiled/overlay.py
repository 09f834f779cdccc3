"""What a store would answer if a change had been made: look-ups with the change laid over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from orthogramic.validation.compiled.looked_up_graph import Lookup
from orthogramic.validation.graph_index import Node


def overlaid(lookup: Lookup, came: Iterable[Triple], went: Iterable[Triple] = ()) -> Lookup:
    """Return a look-up of the triples that there would be.

    :param lookup: finds the triples that are there.
    :param came: triples that come; one that is there already is still found once.
    :param went: triples that go; one that comes as well stays.
    """
    coming = _Indexed(came)
    hidden = coming.triples | frozenset(went)

    def find(
        subject: NamedNode | BlankNode | None, predicate: NamedNode | None, value: Node | None
    ) -> Iterator[Triple]:
        for each in lookup(subject, predicate, value):
            if each not in hidden:
                yield each
        yield from coming.find(subject, predicate, value)

    return find


class _Indexed:
    """Some triples by subject and by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = frozenset(triples)
        self._by_subject: dict[object, list[Triple]] = defaultdict(list)
        self._by_object: dict[object, list[Triple]] = defaultdict(list)
        for each in self.triples:
            self._by_subject[each.subject].append(each)
            self._by_object[each.object].append(each)

    def find(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        value: Node | None,
    ) -> Iterator[Triple]:
        """Yield the triples that match; ``None`` matches anything."""
        candidates: Iterable[Triple] = self.triples
        if subject is not None:
            candidates = self._by_subject.get(subject, ())
        elif value is not None:
            candidates = self._by_object.get(value, ())
        for each in candidates:
            if predicate in (None, each.predicate) and value in (None, each.object):
                yield each
