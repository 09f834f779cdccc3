"""Findings compared: what a change of the data settles, and what it causes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from orthogramic.validation.findings import Finding

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


def without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings less as many of each kind as there are among others."""
    left = Counter(map(row, others))
    kept: list[Finding] = []
    for each in findings:
        kind = row(each)
        if left[kind]:
            left[kind] -= 1
        else:
            kept.append(each)
    return tuple(kept)
