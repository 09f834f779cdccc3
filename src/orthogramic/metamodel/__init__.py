"""What the bundle says: one immutable :class:`Metamodel`, read from Turtle and ``.rq`` text."""

from __future__ import annotations

from orthogramic.metamodel.documents import Document
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
from orthogramic.metamodel.reading import read_metamodel

__all__ = [
    "ClassKind",
    "ClassTerm",
    "Display",
    "Document",
    "Flow",
    "ImpactProfile",
    "ImpactRule",
    "Metamodel",
    "Modality",
    "Module",
    "ParameterType",
    "PropertyKind",
    "PropertyShape",
    "PropertyTerm",
    "QueryParameter",
    "SavedQuery",
    "Severity",
    "read_metamodel",
]
