"""What documents say of classes: which class a node is of, and which others besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.errors import InvalidDocumentError, UnknownTermError
from orthogramic.metamodel import ClassKind, ClassTerm, Metamodel
from orthogramic.repository.documents.faults import below, shown
from orthogramic.repository.documents.values import text_of
from orthogramic.vocabulary import KR

_KINDS = {
    ClassKind.ENTITY: "entities",
    ClassKind.STRUCTURE: "parts of entities",
    ClassKind.QUALIFIED_RELATIONSHIP: "links with facts",
}
_ROOTS = frozenset({KR.Entity, KR.StructuralNode})


def class_of(metamodel: Metamodel, value: Any, kind: ClassKind, pointer: str) -> ClassTerm:
    """Return the class that a document names as that of a node.

    :raises InvalidDocumentError: if there is none, or one of another kind.
    """
    try:
        term = metamodel.class_named(text_of(value, pointer))
    except UnknownTermError as error:
        raise InvalidDocumentError(error.detail, pointer=pointer) from None
    if term.kind is not kind or term.iri in _ROOTS:
        raise InvalidDocumentError(
            f"{term.label} is no class of {_KINDS[kind]} that there can be.", pointer=pointer
        )
    return term


def classes_of(
    metamodel: Metamodel, term: ClassTerm, document: Mapping[str, Any], pointer: str
) -> list[NamedNode]:
    """Return all classes of a node: that of its document, and those it lists besides.

    :param term: the class of the document; the most specific one.
    :raises InvalidDocumentError: if the list does not go with that.
    """
    listed = document.get("classes")
    if listed is None:
        return [term.iri]
    place = below(pointer, "classes")
    if not isinstance(listed, list | tuple):
        raise InvalidDocumentError("An array of classes is expected here.", pointer=place)
    found = [_named(metamodel, each, below(place, n)) for n, each in enumerate(listed)]
    if term.iri not in found:
        raise InvalidDocumentError(
            f"The classes leave out {shown(term.name)}, the class of the document.", pointer=place
        )
    for each in found:
        _check(metamodel, term, each, place)
    return found


def _check(metamodel: Metamodel, term: ClassTerm, each: NamedNode, pointer: str) -> None:
    known = metamodel.classes.get(each)
    if known is None:
        return
    if known.kind not in (term.kind, ClassKind.OTHER):
        raise InvalidDocumentError(
            f"{known.label} is no class of {_KINDS[term.kind]}.", pointer=pointer
        )
    if each != term.iri and term.iri in known.ancestors:
        raise InvalidDocumentError(
            f"{known.label} is more specific than {term.label}: it is the class of the document.",
            pointer=pointer,
        )


def _named(metamodel: Metamodel, value: Any, pointer: str) -> NamedNode:
    text = text_of(value, pointer)
    try:
        return metamodel.class_named(text).iri
    except UnknownTermError as error:
        iri = metamodel.expand(text)
        if iri is None:
            raise InvalidDocumentError(error.detail, pointer=pointer) from None
        return iri
