"""What the bundle says: one immutable :class:`Metamodel`, read from Turtle and ``.rq`` text."""

from __future__ import annotations

from orthogramic.metamodel.documents import Document
from orthogramic.metamodel.mapping import (
    ClassMapping,
    FormatMapping,
    PropertyMapping,
    TargetNotation,
)
from orthogramic.metamodel.measure import SCORE, Measure, Operand, Operation
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.metamodel.model import (
    ClassKind,
    ClassTerm,
    Display,
    Flow,
    ImpactProfile,
    ImpactRule,
    Modality,
    Module,
    ParameterType,
    PropertyKind,
    PropertyShape,
    PropertyTerm,
    QueryParameter,
    SavedQuery,
    Severity,
)
from orthogramic.metamodel.ranking import Ranking
from orthogramic.metamodel.reading import bundle_digest, read_metamodel

__all__ = [
    "SCORE",
    "ClassKind",
    "ClassMapping",
    "ClassTerm",
    "Display",
    "Document",
    "Flow",
    "FormatMapping",
    "ImpactProfile",
    "ImpactRule",
    "Measure",
    "Metamodel",
    "Modality",
    "Module",
    "Operand",
    "Operation",
    "ParameterType",
    "PropertyKind",
    "PropertyMapping",
    "PropertyShape",
    "PropertyTerm",
    "QueryParameter",
    "Ranking",
    "SavedQuery",
    "Severity",
    "TargetNotation",
    "bundle_digest",
    "read_metamodel",
]
