"""The ``sh:ValidationReport`` of a report (SHACL, section 3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.metamodel import Severity
from orthogramic.validation.findings import DETAIL, SOURCE_CONSTRAINT, Finding
from orthogramic.validation.paths import Path, PathKind
from orthogramic.vocabulary import RDF, SH, XSD

if TYPE_CHECKING:
    from orthogramic.validation.report import ValidationReport, ValidationResult

_SEVERITIES = {
    Severity.VIOLATION: SH.Violation,
    Severity.WARNING: SH.Warning,
    Severity.INFO: SH.Info,
}
_UNARY = {
    PathKind.INVERSE: SH.inversePath,
    PathKind.ZERO_OR_MORE: SH.zeroOrMorePath,
    PathKind.ONE_OR_MORE: SH.oneOrMorePath,
    PathKind.ZERO_OR_ONE: SH.zeroOrOnePath,
}


class _Minter:
    """Numbers the blank nodes of one report, so that equal reports give equal triples.

    :param taken: labels of blank nodes of the data and the shapes.
    """

    def __init__(self, taken: frozenset[str]) -> None:
        self._count = 0
        self._taken = taken

    def node(self) -> BlankNode:
        self._count += 1
        if f"report{self._count}" in self._taken:
            return self.node()
        return BlankNode(f"report{self._count}")


def report_triples(report: ValidationReport) -> tuple[Triple, ...]:
    """Make the triples of an ``sh:ValidationReport``.

    :param report: the report.
    :returns: its triples, blank nodes numbered in the order of the results.
    """
    findings = report.findings
    if findings is None:
        findings = tuple(_finding(each) for each in report.results)
    minter = _Minter(_blank_labels(findings))
    head = minter.node()
    conforms = Literal("true" if report.conforms else "false", datatype=XSD.boolean)
    triples = [Triple(head, RDF.type, SH.ValidationReport), Triple(head, SH.conforms, conforms)]
    for result, finding in zip(report.results, findings, strict=True):
        node = minter.node()
        triples.append(Triple(head, SH.result, node))
        if not finding.messages and result.message:
            triples.append(Triple(node, SH.resultMessage, Literal(result.message)))
        triples += _result(minter, node, finding)
    return tuple(triples)


def _finding(result: ValidationResult) -> Finding:
    return Finding(
        focus=result.focus_node,
        path=result.path,
        value=result.value,
        component=result.component,
        severity=_SEVERITIES[result.severity],
        source_shape=result.source_shape,
    )


def _blank_labels(findings: Iterable[Finding]) -> frozenset[str]:
    terms = (
        term
        for each in findings
        for term in (each.focus, each.value, each.severity, each.source_shape, each.constraint)
    )
    own = frozenset(each.value for each in terms if isinstance(each, BlankNode))
    return own.union(*(_blank_labels(each.details) for each in findings if each.details))


def _result(minter: _Minter, node: BlankNode, finding: Finding) -> Iterator[Triple]:
    yield Triple(node, RDF.type, SH.ValidationResult)
    yield Triple(node, SH.focusNode, finding.focus)
    if finding.path is not None:
        yield from _path(minter, node, SH.resultPath, finding.path)
    if finding.value is not None:
        yield Triple(node, SH.value, finding.value)
    yield Triple(node, SH.resultSeverity, finding.severity)
    yield Triple(node, SH.sourceConstraintComponent, finding.component)
    yield Triple(node, SH.sourceShape, finding.source_shape)
    if finding.constraint is not None:
        yield Triple(node, SOURCE_CONSTRAINT, finding.constraint)
    for message in finding.messages:
        yield Triple(node, SH.resultMessage, message)
    for detail in finding.details:
        behind = minter.node()
        yield Triple(node, DETAIL, behind)
        yield from _result(minter, behind, detail)


def _path(
    minter: _Minter, subject: BlankNode, predicate: NamedNode, path: Path
) -> Iterator[Triple]:
    if isinstance(path, NamedNode):
        yield Triple(subject, predicate, path)
        return
    node = minter.node()
    yield Triple(subject, predicate, node)
    if path.kind in _UNARY:
        yield from _path(minter, node, _UNARY[path.kind], path.parts[0])
        return
    if path.kind is PathKind.ALTERNATIVE:
        members = minter.node()
        yield Triple(node, SH.alternativePath, members)
        node = members
    yield from _list(minter, node, path.parts)


def _list(minter: _Minter, head: BlankNode, parts: tuple[Path, ...]) -> Iterator[Triple]:
    for number, part in enumerate(parts, start=1):
        yield from _path(minter, head, RDF.first, part)
        rest = RDF.nil if number == len(parts) else minter.node()
        yield Triple(head, RDF.rest, rest)
        if isinstance(rest, BlankNode):
            head = rest
