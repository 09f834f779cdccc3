"""Where patches are tried: data with its findings, and what they would be with a patch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from pyoxigraph import Literal, Triple

from orthogramic.validation.change_validator import ChangeValidator, GraphChange, Reach
from orthogramic.validation.compiled import CompiledShapes
from orthogramic.validation.compiled.plan import ShapeNode
from orthogramic.validation.finding_rows import Row, row, without
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.mending.patch import Patch
from orthogramic.validation.mending.triple_index import TripleIndex
from orthogramic.validation.progress import Progress
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.results import Context

__all__ = ["Bench", "Effect", "Entail", "Row", "row"]

#: Yields what follows from triples, each on its own and about its subject and object only.
Entail: TypeAlias = Callable[[Iterable[Triple]], Iterable[Triple]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a patch would do.

    :param change: what comes and goes, with what follows from it.
    :param found: what would be found where the patch can have an effect.
    :param reach: where that is; ``None`` if it is everywhere.
    :param settled: what would no longer be found.
    :param caused: what would be found and was not before.
    """

    change: GraphChange
    found: tuple[Finding, ...]
    reach: Reach | None
    settled: tuple[Finding, ...]
    caused: tuple[Finding, ...]


class Bench:
    """Data on which patches are tried one after the other.

    :param shapes: what the data is judged by.
    :param stated: the data as it is stated; only stated triples are patched.
    :param entail: yields what follows.
    :param progress: is told of the first validation.
    """

    def __init__(
        self,
        shapes: CompiledShapes,
        stated: Iterable[Triple],
        entail: Entail = lambda _triples: (),
        progress: Progress | None = None,
    ) -> None:
        self.stated = TripleIndex(dict.fromkeys(stated))
        self._entail = entail
        self._all = TripleIndex(dict.fromkeys(chain(self.stated, entail(self.stated))))
        self.validator = ChangeValidator(shapes, self._all.find)
        self._found = _Found(self.validator.judge_all(self._all, progress).findings)

    @property
    def is_slow(self) -> bool:
        """Whether shapes are left to pySHACL, which judges everything each time."""
        shapes = self.validator.shapes
        return bool(shapes.reason or shapes.remaining)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is found in the data."""
        return tuple(self._found)

    def effect(self, patch: Patch) -> Effect:
        """Return what a patch would do; nothing is changed.

        :raises InvalidShapesError: if the shapes cannot be evaluated on the patched data.
        """
        change = self._change(patch)
        if self._found.has_unknown_roots:
            # Findings of pySHACL do not tell whence they come, so all of them are made anew.
            judgement = self.validator.judge_all(change.everything())
        else:
            judgement = self.validator.judge(change)
        before, after = tuple(self._found.within(judgement.reach)), judgement.findings
        settled, caused = without(before, after), without(after, before)
        return Effect(change, after, judgement.reach, settled, caused)

    def settled(self, patch: Patch, finding: Finding) -> tuple[Finding, ...]:
        """Return what a patch settles, if that finding is among it and the patch causes none."""
        effect = self.effect(patch)
        proved = not effect.caused and row(finding) in map(row, effect.settled)
        return effect.settled if proved else ()

    def context(self) -> Context:
        """Return what is needed to speak of the data."""
        return self.validator.context()

    def report(self, findings: Collection[Finding]) -> ValidationReport:
        """Put findings in words."""
        return self.validator.report(findings)

    def apply(self, patch: Patch, effect: Effect) -> None:
        """Make a patch, whose effect is known, a part of the data."""
        for each in patch.removed:
            self.stated.discard(each)
        for each in patch.added:
            self.stated.add(each)
        for each in effect.change.went:
            self._all.discard(each)
        for each in effect.change.came:
            self._all.add(each)
        self._found.replace(effect.reach, effect.found)

    def _change(self, patch: Patch) -> GraphChange:
        """Work out what comes and goes with what a patch states."""
        removed, added = frozenset(patch.removed), dict.fromkeys(patch.added)
        coming = dict.fromkeys(chain(added, self._entail(added)))
        going = dict.fromkeys(chain(removed, self._entail(removed)))
        went = tuple(
            each
            for each in going
            if each in self._all and each not in coming and not self._stays(each, removed)
        )
        came = tuple(each for each in coming if each not in self._all)
        gone = frozenset(went)
        return GraphChange(
            came, went, lambda: chain((each for each in self._all if each not in gone), came)
        )

    def _stays(self, triple: Triple, removed: frozenset[Triple]) -> bool:
        """Tell whether a triple is stated, or follows, without those that are removed."""
        if triple in self.stated and triple not in removed:
            return True
        around = (each for each in self._around(triple) if each not in removed)
        return triple in frozenset(self._entail(around))

    def _around(self, triple: Triple) -> Iterator[Triple]:
        """Yield the stated triples from which a triple could follow."""
        subject, value = triple.subject, triple.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            return
        yield from self.stated.find(subject, None, None)
        if not isinstance(value, Literal):
            yield from self.stated.find(value, None, subject)


class _Found:
    """Findings by the shape and the target that they stand or fall with."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_root: dict[ShapeNode | None, dict[Node | None, list[Finding]]] = {}
        self._add(findings)

    def __iter__(self) -> Iterator[Finding]:
        return (
            each for nodes in self._by_root.values() for found in nodes.values() for each in found
        )

    @property
    def has_unknown_roots(self) -> bool:
        return any(None in nodes for nodes in self._by_root.values())

    def within(self, reach: Reach | None) -> Iterator[Finding]:
        """Yield the findings of what was judged anew."""
        if reach is None:
            yield from self
            return
        for shape, targets in reach.items():
            nodes = self._by_root.get(shape, {})
            for each in list(nodes) if targets is None else targets & nodes.keys():
                yield from nodes[each]

    def replace(self, reach: Reach | None, findings: Iterable[Finding]) -> None:
        """Put what was found anew in the place of what was found before."""
        if reach is None:
            self._by_root = {}
        for shape, targets in (reach or {}).items():
            nodes = self._by_root.get(shape, {})
            for each in list(nodes) if targets is None else targets & nodes.keys():
                del nodes[each]
        self._add(findings)

    def _add(self, findings: Iterable[Finding]) -> None:
        for each in findings:
            nodes = self._by_root.setdefault(each.root_shape, {})
            nodes.setdefault(each.root_node, []).append(each)
