"""What the bundle says, as JSON: the classes, properties, shapes and profiles of a metamodel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.metamodel import (
    ClassTerm,
    ImpactProfile,
    Metamodel,
    PropertyShape,
    PropertyTerm,
)


def metamodel_document(metamodel: Metamodel) -> dict[str, Any]:
    """Return the whole metamodel without the shapes of its classes."""
    return {
        "digest": metamodel.digest,
        "prefixes": dict(metamodel.prefixes),
        "domains": [
            {
                "iri": each.iri.value,
                "label": each.label,
                "description": each.description,
                "version": each.version,
            }
            for each in metamodel.modules.values()
        ],
        "classes": [class_document(each) for each in _by_name(metamodel.classes.values())],
        "properties": [property_document(each) for each in _by_name(metamodel.properties.values())],
        "profiles": [profile_document(each, metamodel) for each in metamodel.profiles],
    }


def class_with_shapes(term: ClassTerm, metamodel: Metamodel) -> dict[str, Any]:
    """Return one class with what is expected of its instances."""
    return {
        **class_document(term),
        "subclasses": _iris(metamodel.subclasses(term.iri) - {term.iri}),
        "shapes": [_shape(each) for each in metamodel.shapes_of(term.iri)],
    }


def class_document(term: ClassTerm) -> dict[str, Any]:
    """Return one class."""
    return {
        "iri": term.iri.value,
        "name": term.name,
        "label": term.label,
        "definition": term.definition,
        "domain": _iri(term.module),
        "kind": term.kind.value,
        "parents": _iris(term.parents),
        "business_key": _iri(term.business_key),
    }


def property_document(term: PropertyTerm) -> dict[str, Any]:
    """Return one property."""
    return {
        "iri": term.iri.value,
        "name": term.name,
        "label": term.label,
        "definition": term.definition,
        "domain": _iri(term.module),
        "kind": term.kind.value,
        "parents": _iris(term.parents),
        "of": _iris(term.domains),
        "ranges": _iris(term.ranges),
        "inverse": _iri(term.inverse),
        "primary": _iri(term.primary),
        "symmetric": term.symmetric,
    }


def profile_document(profile: ImpactProfile, metamodel: Metamodel) -> dict[str, Any]:
    """Return one impact profile with its rules."""
    return {
        "iri": profile.iri.value,
        "name": profile.name,
        "label": profile.label,
        "description": profile.description,
        "default": profile.is_default,
        "default_strength": profile.default_strength,
        "rules": [
            {
                "iri": each.iri.value,
                "relationship": {
                    "iri": each.property.value,
                    "label": metamodel.verb(each.property, forward=True),
                },
                "flow": each.flow.value,
                "weight": each.weight,
                "modality": each.modality.value,
                "support": each.support,
                "reason": each.reason,
            }
            for each in profile.rules
        ],
    }


def _shape(shape: PropertyShape) -> dict[str, Any]:
    return {
        "iri": shape.iri.value,
        "path": _iri(shape.path),
        "inverse": shape.inverse_path,
        "name": shape.name,
        "description": shape.description,
        "severity": shape.severity.value,
        "message": shape.message,
        "min_count": shape.min_count,
        "max_count": shape.max_count,
        "datatype": _iri(shape.datatype),
        "class": _iri(shape.value_class),
        "allowed": [
            each.value if isinstance(each, Literal) else {"iri": each.value}
            for each in shape.allowed
        ],
        "ordered": shape.ordered,
        "json_key": shape.json_key,
    }


def _by_name(terms: Iterable[Any]) -> list[Any]:
    return sorted(terms, key=lambda each: (each.name, each.iri.value))


def _iri(term: NamedNode | None) -> str | None:
    return term.value if term is not None else None


def _iris(terms: Iterable[NamedNode]) -> list[str]:
    return sorted(each.value for each in terms)
