"""SHACL validation, and reports that people can act on.

The room may read no file and no store: it is handed triples or bytes, and says what is wrong.
pySHACL and rdflib are imported when something needs them for the first time, because that takes
a while: shapes that are not compiled, and literals whose value only rdflib knows.
"""

from __future__ import annotations

from orthogramic.validation.change_validator import (
    ChangeValidator,
    GraphChange,
    Judgement,
    Reach,
)
from orthogramic.validation.compiled import CompiledShapes, compile_shapes
from orthogramic.validation.documents import validate_bytes, validate_documents
from orthogramic.validation.finding_records import FindingRecords
from orthogramic.validation.findings import Finding, severity_of
from orthogramic.validation.graph_index import Node
from orthogramic.validation.labels import Labels, LabelSource, labels_in
from orthogramic.validation.locating import DocumentPlaces, Locate
from orthogramic.validation.paths import Path, PathExpression, PathKind
from orthogramic.validation.place import Place
from orthogramic.validation.progress import Progress
from orthogramic.validation.report import ValidationReport, ValidationResult
from orthogramic.validation.validator import validate

__all__ = [
    "ChangeValidator",
    "CompiledShapes",
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
    "ValidationReport",
    "ValidationResult",
    "compile_shapes",
    "labels_in",
    "severity_of",
    "validate",
    "validate_bytes",
    "validate_documents",
]
