"""Reads what stands along the paths of measures, for all entities that are asked about at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode, Quad

from orthogramic.analysis.measuring import End, Measured, work_out
from orthogramic.metamodel import Measure
from orthogramic.metamodel.property_paths import Link, PropertyPath
from orthogramic.metamodel.property_paths import Sequence as PathSequence
from orthogramic.store import QuadStore

#: So many nodes have their statements looked up one by one; for more, all of a property are read.
_FEW = 500

_Found = dict[object, set[End]]


class Measuring:
    """Works measures out from what a store says now; whoever asks holds back changes."""

    def __init__(self, store: QuadStore) -> None:
        self._store = store

    def work_out(self, measure: Measure, entities: Sequence[str]) -> Measured:
        """Work a measure of entities out.

        :param entities: IRIs of entities of its classes.
        """
        return work_out(measure, entities, self.follow)

    def follow(self, path: PropertyPath, entities: Sequence[str]) -> Mapping[str, set[End]]:
        """Return, by IRI, what stands at the end of a path; what follows from the data counts."""
        found = self._follow(path, [NamedNode(each) for each in entities])
        return {start.value: ends for start, ends in found.items() if isinstance(start, NamedNode)}

    def _follow(self, path: PropertyPath, starts: Collection[object]) -> _Found:
        if isinstance(path, Link):
            return self._link(path, starts)
        if isinstance(path, PathSequence):
            return self._sequence(path, starts)
        found: _Found = defaultdict(set)
        for part in path.parts:
            for start, ends in self._follow(part, starts).items():
                found[start] |= ends
        return found

    def _sequence(self, path: PathSequence, starts: Collection[object]) -> _Found:
        found: _Found = {each: {End(each, each)} for each in starts}
        for part in path.parts:
            step = self._follow(part, {end.term for ends in found.values() for end in ends})
            found = {
                start: {further for end in ends for further in step.get(end.term, ())}
                for start, ends in found.items()
            }
        return found

    def _link(self, link: Link, starts: Collection[object]) -> _Found:
        found: _Found = defaultdict(set)
        wanted = {each for each in starts if isinstance(each, NamedNode)}
        for quad in self._quads(link, wanted):
            ends = (quad.object, quad.subject) if link.inverse else (quad.subject, quad.object)
            if ends[0] in wanted:
                found[ends[0]].add(End(*ends))
        return found

    def _quads(self, link: Link, starts: Collection[NamedNode]) -> Iterator[Quad]:
        if len(starts) > _FEW:
            yield from self._store.quads(None, link.property)
            return
        for each in starts:
            if link.inverse:
                yield from self._store.quads(None, link.property, each)
            else:
                yield from self._store.quads(each, link.property)
