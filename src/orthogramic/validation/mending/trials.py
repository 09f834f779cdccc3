"""What mends are proved on: data with its findings, wherever it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from pyoxigraph import BlankNode, NamedNode, Triple

from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.mending.patch import Patch
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.results import Context


class Statements(Protocol):
    """What is stated, without what follows from it."""

    def __contains__(self, triple: Triple) -> bool:
        """Tell whether a triple is stated."""

    def find(
        self, subject: NamedNode | BlankNode | None, predicate: NamedNode | None, value: Node | None
    ) -> Iterator[Triple]:
        """Yield each triple with the given terms once; ``None`` is any."""


class Trials(Protocol):
    """Tries patches, and changes nothing by it."""

    @property
    def stated(self) -> Statements:
        """What is stated: only that is patched."""

    @property
    def is_slow(self) -> bool:
        """Whether every trial judges everything."""

    def context(self) -> Context:
        """Return what is needed to speak of the data."""

    def report(self, findings: Collection[Finding]) -> ValidationReport:
        """Put findings in words."""

    def settled(self, patch: Patch, finding: Finding) -> tuple[Finding, ...]:
        """Return what a patch settles, if that finding is among it and the patch causes none."""
