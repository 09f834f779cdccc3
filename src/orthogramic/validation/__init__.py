"""SHACL validation, and reports that people can act on.

The room may read no file and no store: it is handed triples or bytes, and says what is wrong.
pySHACL and rdflib are imported when the first validation runs, because that takes a while.
"""

from __future__ import annotations

from orthogramic.validation.documents import validate_bytes, validate_documents
from orthogramic.validation.labels import Labels, LabelSource, labels_in
from orthogramic.validation.paths import Path, PathExpression, PathKind
from orthogramic.validation.progress import Progress
from orthogramic.validation.pyshacl_validator import validate
from orthogramic.validation.report import ValidationReport, ValidationResult
from orthogramic.validation.results import Locate

__all__ = [
    "LabelSource",
    "Labels",
    "Locate",
    "Path",
    "PathExpression",
    "PathKind",
    "Progress",
    "ValidationReport",
    "ValidationResult",
    "labels_in",
    "validate",
    "validate_bytes",
    "validate_documents",
]
