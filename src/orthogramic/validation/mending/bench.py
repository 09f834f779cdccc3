"""Where patches are tried: data with its findings, and what they would be with a patch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from pyoxigraph import Literal, Triple

from orthogramic.validation.change_validator import ChangeValidator, GraphChange, Reach
from orthogramic.validation.compiled import CompiledShapes
from orthogramic.validation.findings import Finding
from orthogramic.validation.mending.patch import Patch
from orthogramic.validation.mending.triple_index import TripleIndex
from orthogramic.validation.progress import Progress

#: Yields what follows from triples, each on its own and about its subject and object only.
Entail: TypeAlias = Callable[[Iterable[Triple]], Iterable[Triple]]

#: What SHACL says of a result.
Row: TypeAlias = tuple[str, str, str, str, str, str]


def row(finding: Finding) -> Row:
    """Return what tells a result from others: all that SHACL says of it but its words."""
    return (
        str(finding.focus),
        finding.path.value if finding.path else "",
        str(finding.value),
        finding.component.value,
        str(finding.severity),
        str(finding.source_shape),
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """What a patch would do.

    :param findings: all findings that there would be.
    :param settled: how many results of each kind there would be less.
    :param caused: how many results of each kind there would be more.
    """

    findings: tuple[Finding, ...]
    settled: Counter[Row]
    caused: Counter[Row]


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
        self.findings = self.validator.judge_all(self._all, progress).findings

    @property
    def is_slow(self) -> bool:
        """Whether shapes are left to pySHACL, which judges everything each time."""
        shapes = self.validator.shapes
        return bool(shapes.reason or shapes.remaining)

    def effect(self, patch: Patch) -> Effect:
        """Return what a patch would do; nothing is changed.

        :raises InvalidShapesError: if the shapes cannot be evaluated on the patched data.
        """
        change = self._change(patch)
        if any(each.root_node is None for each in self.findings):
            # Findings of pySHACL do not tell whence they come, so all of them are made anew.
            found, reach = self.validator.judge_all(change.everything()).findings, None
        else:
            judgement = self.validator.judge(change)
            found, reach = judgement.findings, judgement.reach
        apart = tuple(each for each in self.findings if not _reached(each, reach))
        findings = (*apart, *found)
        before, after = (Counter(map(row, each)) for each in (self.findings, findings))
        return Effect(findings, before - after, after - before)

    def proves(self, patch: Patch, finding: Finding) -> Effect | None:
        """Return the effect of a patch if it settles a finding and causes none."""
        effect = self.effect(patch)
        return effect if row(finding) in effect.settled and not effect.caused else None

    def apply(self, patch: Patch, effect: Effect) -> None:
        """Make a patch, whose effect is known, a part of the data."""
        change = self._change(patch)
        for each in patch.removed:
            self.stated.discard(each)
        for each in patch.added:
            self.stated.add(each)
        for each in change.went:
            self._all.discard(each)
        for each in change.came:
            self._all.add(each)
        self.findings = effect.findings

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


def _reached(finding: Finding, reach: Reach | None) -> bool:
    """Tell whether a finding was made anew."""
    if reach is None:
        return True
    if finding.root_shape is None or finding.root_shape not in reach:
        return False
    nodes = reach[finding.root_shape]
    return nodes is None or finding.root_node in nodes
