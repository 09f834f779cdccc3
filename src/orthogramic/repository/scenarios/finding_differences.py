"""What the shapes would say otherwise: findings that come and go, and the gaps among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from orthogramic.metamodel import Severity
from orthogramic.repository.gate import Effect
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.scenarios.situations import Situation
from orthogramic.validation import Finding, ValidationResult, without
from orthogramic.validation.findings import severity_of

#: Findings that are put into words of each side and kind.
SHOWN_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class FindingDifference:
    """Findings that differ, the gravest first; of many the first ones only.

    :param new: those that there would be; ``new_total`` counts all.
    :param mended: those that would be gone; ``mended_total`` counts all.
    """

    new: tuple[ValidationResult, ...]
    mended: tuple[ValidationResult, ...]
    new_total: int
    mended_total: int

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "new": [each.to_dict() for each in self.new],
            "mended": [each.to_dict() for each in self.mended],
            "new_total": self.new_total,
            "mended_total": self.mended_total,
        }


@dataclass(frozen=True, slots=True)
class ShapeDifference:
    """What the shapes would say otherwise.

    :param violations: what would block a write of it, or no longer would.
    :param gaps: what is expected and would be missing, or no longer would: warnings and infos.
    :param accepted: whether the change as a whole could be written.
    """

    violations: FindingDifference
    gaps: FindingDifference
    accepted: bool


_Side = Situation | None


def shape_difference(knowledge: KnowledgeBase, before: _Side, after: Situation) -> ShapeDifference:
    """Compare what the shapes say of two situations, while writes wait.

    :param before: ``None`` for what is there.
    """
    settled, caused = _effects(before)
    going, coming = _effects(after)
    new = without([*_less(coming, caused), *_less(settled, going)], ())
    mended = without([*_less(caused, coming), *_less(going, settled)], ())
    blocks = any(severity_of(each) is Severity.VIOLATION for each in coming)
    return ShapeDifference(
        _difference(knowledge, before, after, new, mended, grave=True),
        _difference(knowledge, before, after, new, mended, grave=False),
        accepted=not blocks,
    )


def _effects(side: _Side) -> tuple[Sequence[Finding], Sequence[Finding]]:
    if side is None or side.change.is_empty:
        return (), ()
    return side.effect.settled, side.effect.caused


def _less(some: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    return without(some, others)


def _difference(
    knowledge: KnowledgeBase,
    before: _Side,
    after: Situation,
    new: Sequence[Finding],
    mended: Sequence[Finding],
    *,
    grave: bool,
) -> FindingDifference:
    coming = [each for each in new if (severity_of(each) is Severity.VIOLATION) is grave]
    going = [each for each in mended if (severity_of(each) is Severity.VIOLATION) is grave]
    return FindingDifference(
        _in_words(knowledge, after, coming),
        _in_words(knowledge, before, going),
        len(coming),
        len(going),
    )


def _in_words(
    knowledge: KnowledgeBase, side: _Side, findings: Sequence[Finding]
) -> tuple[ValidationResult, ...]:
    shown = sorted(findings, key=_order)[:SHOWN_FINDINGS]
    effect: Effect | None = None if side is None or side.change.is_empty else side.effect
    return knowledge.gate.report(shown, effect.graph if effect else None).results


def _order(finding: Finding) -> tuple[str, ...]:
    parts = (finding.focus, finding.source_shape, finding.value, finding.component)
    return (_rank(finding), *map(str, parts))


def _rank(finding: Finding) -> str:
    return str(list(Severity).index(severity_of(finding)))
