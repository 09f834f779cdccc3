"""One sentence for what becomes of a dependent, in the words of the bundle."""

from __future__ import annotations

from collections.abc import Sequence

from orthogramic.analysis.failure.answer import Group
from orthogramic.analysis.failure.failing import DEGRADED, LOST, PERHAPS, REMOVED
from orthogramic.analysis.failure.question import State
from orthogramic.analysis.failure.reasons import NAMED_IN_SENTENCE, Reason

_FATES = {
    REMOVED: ("is removed", "are removed"),
    LOST: ("is lost", "are lost"),
    DEGRADED: ("is degraded", "are degraded"),
    PERHAPS: ("may be degraded", "may be degraded"),
}


def sentence(label: str, reasons: Sequence[Reason], *, certain: bool, circle: str | None) -> str:
    """Say what becomes of a dependent, and the reason that decides.

    :param label: the dependent.
    :param reasons: those that decide first; without any, nothing becomes of it.
    :param certain: whether it is sure to be degraded.
    :param circle: who holds it up besides itself, if nothing but a circle does; ``None`` otherwise.
    """
    if not reasons:
        return f"{label} is untouched: nothing that it rests on is lost or degraded."
    first = reasons[0]
    because = f"it {first.verb} {_named(first)}, which {_fate(first)}"
    if first.group.state is State.LOST:
        return f"{label} is lost: {because}; {_shortage(first.group)}."
    state = "is degraded" if certain else "may be degraded"
    rest = _reserve(first.group) if first.group.lost.total and _is_certain(first.group) else ""
    ground = "" if circle is None else f" {_ground(circle)}"
    return f"{label} {state}: {because}{rest}.{ground}"


def _is_certain(group: Group) -> bool:
    return group.modality == "certain"


def _named(reason: Reason) -> str:
    return joined([each.label for each in reason.told], reason.number)


def joined(labels: Sequence[str], total: int) -> str:
    """List labels as a person does; what is left out is counted.

    :param labels: some of them, at least one.
    :param total: how many there are.
    """
    more = total - len(labels)
    parts = [*labels, f"{more} more"] if more else list(labels)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _fate(reason: Reason) -> str:
    one, several = _FATES[reason.fate]
    return one if reason.number == 1 else several


def _shortage(group: Group) -> str:
    if group.size == 1:
        return "there is no other"
    if group.needed == group.size:
        return f"all {group.size} are needed" if group.size > 2 else "both are needed"  # noqa: PLR2004
    if not group.left.total:
        return "none is left"
    left = "1 is" if group.left.total == 1 else f"{group.left.total} are"
    return f"{left} left and {group.needed} are needed"


def _reserve(group: Group) -> str:
    left = [each.label for each in group.left.entities[:NAMED_IN_SENTENCE]]
    verb = "is" if group.left.total == 1 else "are"
    enough = "1 is" if group.needed == 1 else f"{group.needed} are"
    return f"; {joined(left, group.left.total)} {verb} left, and {enough} enough"


def _ground(circle: str) -> str:
    return f"Nothing outside {circle} holds it up any more."
