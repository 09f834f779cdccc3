"""What is asked of the gaps, checked and brought into one normal form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.analysis.question import DEFAULT_LIMIT, check_count, distinct
from orthogramic.errors import InvalidParameterError
from orthogramic.metamodel import Severity

#: What counts as a gap unless the question says otherwise: what the bound of an answer counts.
EXPECTED = (Severity.VIOLATION, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """Which links are missing that the shapes expect.

    :param classes: only gaps of entities of these classes, subclasses included; none means any.
    :param domains: only of entities whose class belongs to one of these modules.
    :param graphs: only of entities that one of these named graphs describes.
    :param via: only missing links of these relationships, sub-properties and inverses included.
    :param severities: of the shapes that expect the links.
    :param cutting: only gaps at which an answer about impact or dependencies ends.
    :param limit: greatest number of gaps in the answer; ``None`` for all.
    :param offset: number of gaps to leave out before the first.
    :raises InvalidParameterError: if a value is out of range.
    """

    classes: tuple[NamedNode, ...] = ()
    domains: tuple[NamedNode, ...] = ()
    graphs: tuple[NamedNode, ...] = ()
    via: tuple[NamedNode, ...] = ()
    severities: tuple[Severity, ...] = EXPECTED
    cutting: bool = False
    limit: int | None = DEFAULT_LIMIT
    offset: int = 0

    def __post_init__(self) -> None:
        for name in ("classes", "domains", "graphs", "via"):
            object.__setattr__(self, name, distinct(getattr(self, name)))
        if not self.severities:
            raise InvalidParameterError("A question about gaps needs at least one severity.")
        ordered = tuple(each for each in Severity if each in self.severities)
        object.__setattr__(self, "severities", ordered)
        check_count("offset", self.offset)
        if self.limit is not None:
            check_count("limit", self.limit)

    def parameters(self) -> dict[str, Any]:
        """Return the question in its normal form, JSON-serialisable."""
        return {
            "classes": [each.value for each in self.classes],
            "domains": [each.value for each in self.domains],
            "graphs": [each.value for each in self.graphs],
            "via": [each.value for each in self.via],
            "severities": [str(each) for each in self.severities],
            "cutting": self.cutting,
            "limit": self.limit,
            "offset": self.offset,
        }
