"""The JSON-LD context of a bundle: short names for its classes and properties.

Made from the metamodel alone, so that every bundle has one.  Standard JSON-LD 1.1: any processor
expands a document under it to the same triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from pyoxigraph import NamedNode

from orthogramic.metamodel import Metamodel, PropertyKind, PropertyShape, PropertyTerm
from orthogramic.vocabulary import RDF, RDFS, STANDARD_PREFIXES, XSD

Definition: TypeAlias = "str | float | dict[str, Any]"

_TERM = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_GEN_DELIMS = tuple(":/?#[]@")
_NOT_COERCED = frozenset({XSD.string, RDF.langString})


def context(metamodel: Metamodel, base_iri: str) -> dict[str, Any]:
    """Make the context document of a bundle.

    A term is the local name of a class or property.  Where two share a name, the one whose IRI
    sorts first has it and the other is written with its prefix.  References are coerced to IRIs;
    literals to a datatype where all shapes of the property agree on one that is not text;
    properties that may have several values always hold an array.

    :param metamodel: the bundle.
    :param base_iri: what the IRIs of entities start with; the prefix ``data`` stands for it.
    :returns: ``{"@context": {...}}``, ready to be published.
    """
    terms: dict[str, Definition] = {"@version": 1.1}
    prefixes = {**STANDARD_PREFIXES, **metamodel.prefixes}
    prefixes.setdefault("data", base_iri)
    for prefix, namespace in sorted(prefixes.items()):
        if _TERM.fullmatch(prefix) and namespace:
            terms[prefix] = _prefix(namespace)
    for name, iri in ((each.name, each.iri) for each in _sorted(metamodel.classes.values())):
        if _is_free(name, terms):
            terms[name] = _short(iri.value, prefixes)
    shapes = _shapes_by_path(metamodel.shapes)
    for term in _sorted(metamodel.properties.values()):
        if _is_free(term.name, terms):
            terms[term.name] = _property(term, shapes.get(term.iri, {}), prefixes)
    for iri in (RDFS.label, RDFS.comment):
        name = iri.value.removeprefix(RDFS.base)
        if _is_free(name, terms):
            terms[name] = _short(iri.value, prefixes)
    return {"@context": terms}


def _sorted(terms: Iterable[Any]) -> list[Any]:
    return sorted(terms, key=lambda each: str(each.iri.value))


def _is_free(name: str, terms: Mapping[str, Definition]) -> bool:
    return bool(_TERM.fullmatch(name)) and name not in terms


def _prefix(namespace: str) -> Definition:
    if namespace.endswith(_GEN_DELIMS):
        return namespace
    return {"@id": namespace, "@prefix": True}


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Shorten an IRI with the longest prefix that may stand in a context."""
    fitting = [
        (namespace, prefix)
        for prefix, namespace in prefixes.items()
        if namespace and _TERM.fullmatch(prefix) and iri.startswith(namespace)
    ]
    if not fitting:
        return iri
    namespace, prefix = max(fitting)
    rest = iri[len(namespace) :]
    return iri if rest.startswith("//") else f"{prefix}:{rest}"


def _shapes_by_path(
    shapes: Iterable[PropertyShape],
) -> dict[NamedNode, dict[NamedNode, list[PropertyShape]]]:
    """Group shapes by property, then by class: several may speak of one property of one class."""
    found: dict[NamedNode, dict[NamedNode, list[PropertyShape]]] = {}
    for shape in shapes:
        if shape.path is not None and not shape.inverse_path:
            found.setdefault(shape.path, {}).setdefault(shape.target_class, []).append(shape)
    return found


def _property(
    term: PropertyTerm,
    shapes: Mapping[NamedNode, list[PropertyShape]],
    prefixes: Mapping[str, str],
) -> Definition:
    definition: dict[str, Any] = {"@id": _short(term.iri.value, prefixes)}
    if term.kind is not PropertyKind.ATTRIBUTE:
        definition["@type"] = "@id"
    else:
        datatype = _agreed_datatype(shapes)
        if datatype is not None and datatype not in _NOT_COERCED:
            definition["@type"] = _short(datatype.value, prefixes)
    if not _is_single(shapes):
        definition["@container"] = "@set"
    return definition if len(definition) > 1 else str(definition["@id"])


def _agreed_datatype(shapes: Mapping[NamedNode, list[PropertyShape]]) -> NamedNode | None:
    """Return the datatype that the shapes of every class state, if it is one and the same."""
    stated = {
        frozenset(shape.datatype for shape in of_class if shape.datatype is not None)
        for of_class in shapes.values()
    }
    if len(stated) != 1:
        return None
    datatypes = stated.pop()
    return next(iter(datatypes)) if len(datatypes) == 1 else None


def _is_single(shapes: Mapping[NamedNode, list[PropertyShape]]) -> bool:
    """Tell whether every class that has the property allows one value at most."""
    return bool(shapes) and all(
        any(shape.max_count == 1 for shape in of_class) for of_class in shapes.values()
    )
