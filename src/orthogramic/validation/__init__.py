"""SHACL validation, and reports that people can act on.

The room may read no file and no store: it is handed triples or bytes, and says what is wrong.
Only ``isolation`` starts processes, for shapes that nobody here knows.
pySHACL and rdflib are imported when something needs them for the first time, because that takes
a while: shapes that are not compiled, and literals whose value only rdflib knows.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orthogramic.validation.change_validator import (
        ChangeValidator,
        GraphChange,
        Judgement,
        Reach,
    )
    from orthogramic.validation.compiled import CompiledShapes, compile_shapes
    from orthogramic.validation.documents import validate_bytes, validate_documents
    from orthogramic.validation.finding_records import FindingRecords
    from orthogramic.validation.finding_rows import Row, row, without
    from orthogramic.validation.findings import Finding, severity_of
    from orthogramic.validation.graph_index import Node
    from orthogramic.validation.labels import Labels, LabelSource, labels_in
    from orthogramic.validation.locating import DocumentPlaces, Locate
    from orthogramic.validation.paths import Path, PathExpression, PathKind
    from orthogramic.validation.place import Place
    from orthogramic.validation.progress import Progress
    from orthogramic.validation.report import ValidationReport, ValidationResult
    from orthogramic.validation.results import Context
    from orthogramic.validation.validator import validate

__all__ = [
    "ChangeValidator",
    "CompiledShapes",
    "Context",
    "DocumentPlaces",
    "Finding",
    "FindingRecords",
    "GraphChange",
    "Judgement",
    "LabelSource",
    "Labels",
    "Locate",
    "Node",
    "Path",
    "PathExpression",
    "PathKind",
    "Place",
    "Progress",
    "Reach",
    "Row",
    "ValidationReport",
    "ValidationResult",
    "compile_shapes",
    "labels_in",
    "row",
    "severity_of",
    "validate",
    "validate_bytes",
    "validate_documents",
    "without",
]

#: The module of each name. It is imported when the name is asked for: who only reads, or passes a
#: report on, should not wait for all that judges.
_HOMES = {
    "ChangeValidator": "change_validator",
    "CompiledShapes": "compiled",
    "Context": "results",
    "DocumentPlaces": "locating",
    "Finding": "findings",
    "FindingRecords": "finding_records",
    "GraphChange": "change_validator",
    "Judgement": "change_validator",
    "LabelSource": "labels",
    "Labels": "labels",
    "Locate": "locating",
    "Node": "graph_index",
    "Path": "paths",
    "PathExpression": "paths",
    "PathKind": "paths",
    "Place": "place",
    "Progress": "progress",
    "Reach": "change_validator",
    "Row": "finding_rows",
    "ValidationReport": "report",
    "ValidationResult": "report",
    "compile_shapes": "compiled",
    "labels_in": "labels",
    "row": "finding_rows",
    "severity_of": "findings",
    "validate": "validator",
    "validate_bytes": "documents",
    "validate_documents": "documents",
    "without": "finding_rows",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
