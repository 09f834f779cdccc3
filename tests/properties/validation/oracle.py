"""pySHACL as the authority on what a validation finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import Triple

from orthogramic.errors import InvalidShapesError
from orthogramic.validation import CompiledShapes, ValidationReport, validate
from orthogramic.validation.findings import Finding


def by_pyshacl(
    data: Iterable[Triple], shapes: Iterable[Triple], ontology: Iterable[Triple] = ()
) -> ValidationReport:
    """Validate with pySHACL alone."""
    nothing_compiled = CompiledShapes(tuple(shapes), tuple(ontology), reason="asked of the oracle")
    return validate(data, nothing_compiled)


def row(finding: Finding) -> tuple[object, ...]:
    """Return everything that SHACL says of a result, with the results behind it."""
    return (
        str(finding.focus),
        finding.path.value if finding.path else None,
        str(finding.value),
        finding.component.value,
        str(finding.severity),
        str(finding.source_shape),
        str(finding.constraint),
        tuple(sorted(str(each) for each in finding.messages)),
        frozenset(Counter(row(each) for each in finding.details).items()),
    )


def rows(report: ValidationReport) -> Counter[tuple[object, ...]]:
    """Return the results as a multiset."""
    assert report.findings is not None
    return Counter(row(each) for each in report.findings)


def outcome(report_or_error: ValidationReport | InvalidShapesError) -> object:
    """Return what two validators must agree on."""
    if isinstance(report_or_error, InvalidShapesError):
        return "refused"
    return report_or_error.conforms, rows(report_or_error)


def both(
    data: list[Triple], shapes: list[Triple], ontology: list[Triple] | None = None
) -> tuple[object, object]:
    """Return the outcome of ours and that of pySHACL."""
    found: list[object] = []
    for judge in (validate, by_pyshacl):
        try:
            found.append(outcome(judge(data, shapes, ontology or [])))
        except InvalidShapesError as error:
            found.append(outcome(error))
    return found[0], found[1]
