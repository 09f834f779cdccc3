"""The outcome of a validation: for programs, for people, and as an ``sh:ValidationReport``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.metamodel import Severity
from orthogramic.syntax import to_turtle
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path
from orthogramic.validation.place import Place
from orthogramic.validation.report_graph import report_triples
from orthogramic.validation.report_text import report_text
from orthogramic.vocabulary import STANDARD_PREFIXES

#: From the gravest to the mildest.
SEVERITY_ORDER: Mapping[Severity, int] = MappingProxyType(
    {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 2}
)


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One result of a validation.

    ``focus_node``, ``value`` and ``source_shape`` are RDF terms exactly as they stand in the
    data and the shapes; ``path.value`` is the IRI of the property, or a path in SPARQL syntax.
    ``message`` is the words of the shape's author, or ours where there are none; ``expected`` and
    ``found`` are noun phrases and ``mend`` a sentence on how to mend it, each empty where there is
    nothing to say.  ``place`` tells where the fault stands, where that is known.  A severity of
    the shape's own making counts as a violation.
    """

    focus_node: Node
    focus_label: str
    path: Path | None
    path_label: str | None
    value: Node | None
    component: NamedNode
    severity: Severity
    message: str
    source_shape: NamedNode | BlankNode
    expected: str = ""
    found: str = ""
    mend: str = ""
    place: Place | None = None

    @property
    def source(self) -> str | None:
        """What people call the document where the fault stands."""
        return self.place.source if self.place else None

    @property
    def line(self) -> int | None:
        """Its line there, from 1."""
        return self.place.line if self.place else None

    def sort_key(self) -> tuple[int, str, str, str, str, str, str]:
        """Return the key of the order in which results are reported."""
        return (
            SEVERITY_ORDER[self.severity],
            str(self.focus_node),
            self.path.value if self.path else "",
            str(self.value) if self.value is not None else "",
            self.component.value,
            str(self.source_shape),
            self.message,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON-serialisable data; IRIs and lexical forms as plain strings."""
        return {
            "severity": self.severity.value,
            "focus_node": _plain(self.focus_node),
            "focus_label": self.focus_label,
            "path": self.path.value if self.path else None,
            "path_label": self.path_label,
            "value": _plain(self.value),
            **_literal_members(self.value),
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
            "mend": self.mend,
            "component": self.component.value,
            "source_shape": _plain(self.source_shape),
            "source": self.source,
            "line": self.line,
            **_exact_place(self.place),
        }


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results of a validation, gravest first, then by focus node, path and value.

    :param results: the results, in the order of :meth:`ValidationResult.sort_key`.
    :param findings: for each result what the validator found, where that is known: severities of
        the author's own making, messages in every language, the details behind a result.
    """

    results: tuple[ValidationResult, ...] = ()
    findings: tuple[Finding, ...] | None = field(default=None, repr=False, compare=False)

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all, of whatever severity (SHACL, section 3.6.1.1)."""
        return not self.results

    @property
    def accepted(self) -> bool:
        """Whether there is no violation: warnings and infos never block a write."""
        return not any(each.severity is Severity.VIOLATION for each in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """How many results there are of each severity: ``violation``, ``warning``, ``info``."""
        counts = {severity.value: 0 for severity in SEVERITY_ORDER}
        for each in self.results:
            counts[each.severity.value] += 1
        return counts

    def to_dict(self, limit: int | None = None, offset: int = 0) -> dict[str, Any]:
        """Return the report as JSON-serialisable data.

        :param limit: the greatest number of results; all by default. Counts are of the whole.
        :param offset: how many results to skip.
        """
        end = None if limit is None else offset + limit
        return {
            "conforms": self.conforms,
            "accepted": self.accepted,
            "counts": self.counts,
            "total": len(self.results),
            "results": [each.to_dict() for each in self.results[offset:end]],
        }

    def to_text(self, limit: int | None = None) -> str:
        """Return the report in plain words, grouped by the thing that it is about.

        :param limit: the greatest number of results to spell out; all by default.
        """
        return report_text(self, limit)

    def to_graph(self) -> tuple[Triple, ...]:
        """Return the report as the triples of an ``sh:ValidationReport``."""
        return report_triples(self)

    def to_turtle(self, prefixes: Mapping[str, str] | None = None) -> str:
        """Return the report as an ``sh:ValidationReport`` in Turtle.

        :param prefixes: prefixes beyond the standard ones.
        """
        return to_turtle(self.to_graph(), {**(prefixes or {}), **STANDARD_PREFIXES})


def _exact_place(place: Place | None) -> dict[str, str]:
    """Return what else is known of a place than source and line."""
    if place is None:
        return {}
    known = {"pointer": place.pointer, "cell": place.cell}
    return {name: value for name, value in known.items() if value is not None}


def _plain(node: Node | None) -> str | None:
    if node is None:
        return None
    return f"_:{node.value}" if isinstance(node, BlankNode) else node.value


def _literal_members(node: Node | None) -> dict[str, str]:
    """Tell a value that is text from one that is a reference."""
    if not isinstance(node, Literal):
        return {}
    if node.language is not None:
        return {"value_language": node.language}
    return {"value_datatype": node.datatype.value}
