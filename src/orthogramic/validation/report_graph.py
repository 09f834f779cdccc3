"""The ``sh:ValidationReport`` of results whose validator made no graph (SHACL, section 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.metamodel import Severity
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
    """Numbers the blank nodes of one report, so that equal reports give equal triples."""

    def __init__(self) -> None:
        self._count = 0

    def node(self) -> BlankNode:
        self._count += 1
        return BlankNode(f"report{self._count}")


def report_triples(report: ValidationReport) -> tuple[Triple, ...]:
    """Make the triples of an ``sh:ValidationReport``.

    :param report: the report.
    :returns: its triples, blank nodes numbered in the order of the results.
    """
    minter = _Minter()
    head = minter.node()
    conforms = Literal("true" if report.conforms else "false", datatype=XSD.boolean)
    triples = [Triple(head, RDF.type, SH.ValidationReport), Triple(head, SH.conforms, conforms)]
    for each in report.results:
        node = minter.node()
        triples.append(Triple(head, SH.result, node))
        triples += _result(minter, node, each)
    return tuple(triples)


def _result(minter: _Minter, node: BlankNode, result: ValidationResult) -> Iterator[Triple]:
    yield Triple(node, RDF.type, SH.ValidationResult)
    yield Triple(node, SH.focusNode, result.focus_node)
    if result.path is not None:
        yield from _path(minter, node, SH.resultPath, result.path)
    if result.value is not None:
        yield Triple(node, SH.value, result.value)
    yield Triple(node, SH.resultSeverity, _SEVERITIES[result.severity])
    yield Triple(node, SH.sourceConstraintComponent, result.component)
    yield Triple(node, SH.sourceShape, result.source_shape)
    if result.message:
        yield Triple(node, SH.resultMessage, Literal(result.message))


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
