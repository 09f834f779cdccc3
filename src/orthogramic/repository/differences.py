"""What a verification finds: differences between a store and its log, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the log says.

    :param part: ``layout``, ``log``, ``store``, ``catalogue``, ``results`` or ``tokens``.
    :param kind: ``older``, ``damaged``, ``torn``, ``lost``, ``behind``, ``other-bundle``,
        ``unreadable``, ``missing`` or ``surplus``.
    :param message: one plain sentence.
    :param count: how many statements or entries; ``examples`` shows the first of them.
    """

    part: str
    kind: str
    message: str
    count: int = 1
    examples: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the members, as JSON-serialisable data."""
        return {
            "part": self.part,
            "kind": self.kind,
            "message": self.message,
            "count": self.count,
            "examples": list(self.examples),
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared, and what differs.

    :param graphs: by the IRI of each graph, how many statements the log says it has.
    :param entities: how many the catalogue should have; ``None`` if it was not got so far.
    :param notes: sentences about what is no difference, but good to know.
    """

    commits: int
    graphs: dict[str, int]
    entities: int | None
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether all is as the log says."""
        return not self.differences

    @property
    def mendable(self) -> bool:
        """Whether making store and catalogue anew would lose nothing."""
        return all(each.kind not in {"damaged", "lost"} for each in self.differences)

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-serialisable data."""
        return {
            "sound": self.sound,
            "commits": self.commits,
            "graphs": self.graphs,
            "entities": self.entities,
            "differences": [each.to_dict() for each in self.differences],
            "notes": list(self.notes),
        }


@dataclass(slots=True)
class Sample:
    """Counts what is taken, and keeps the first."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < _EXAMPLES:
            self.first.append(text)

    def differences(self, part: str, kind: str, sentence: str, thing: str) -> Iterator[Difference]:
        """Yield what was counted as a difference, if there is any.

        :param sentence: with ``{}`` where number and thing go.
        :param thing: what one of them is called, to which ``s`` is put for several.
        """
        if self.count:
            things = f"{self.count} {thing}" + ("s" if self.count > 1 else "")
            yield Difference(part, kind, sentence.format(things), self.count, tuple(self.first))
