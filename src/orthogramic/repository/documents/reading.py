"""From a document to the statements that it means, read beside what is there already.

What is there is looked at only for names: which parts and links keep their IRIs. What the document
does not say is not meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.errors import InvalidDocumentError
from orthogramic.metamodel import PropertyKind
from orthogramic.repository.documents.classes import classes_of
from orthogramic.repository.documents.drafting import Draft, Said
from orthogramic.repository.documents.faults import below, shown, unknown_member
from orthogramic.repository.documents.forms import RESERVED, Form, Member
from orthogramic.repository.documents.instruments import Instruments
from orthogramic.repository.documents.links import Links
from orthogramic.repository.documents.parts import Parts
from orthogramic.vocabulary import RDF

_LINKING = frozenset({PropertyKind.RELATIONSHIP, PropertyKind.STRUCTURE_REFERENCE})
#: Reserved members that the document of an entity may have.
_ENTITY_MEMBERS = ("class", "classes", "iri", "key")


class Reading:
    """Reads documents of one repository."""

    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments
        self._parts = Parts(instruments, self)
        self._links = Links(instruments, self)

    def read(self, draft: Draft, form: Form, document: Mapping[str, Any], said: Said) -> None:
        """Fill a draft with what the document of an entity means.

        :param said: what :meth:`members` found in the document.
        :raises InvalidDocumentError: naming the place, for anything that cannot be meant.
        """
        entity = draft.state.entity
        self.refuse(document, form, _ENTITY_MEMBERS, "")
        for each in classes_of(self._instruments.metamodel, form.term, document, ""):
            draft.say(entity, RDF.type, each)
        self.fill(draft, entity, said, "")

    def members(self, form: Form, document: Mapping[str, Any], pointer: str = "") -> Said:
        """Return what a document says by member; ``null`` says nothing.

        :raises InvalidDocumentError: for a member that does not exist, or is said twice.
        """
        said: dict[Member, Any] = {}
        for name, value in document.items():
            if name in RESERVED or value is None:
                continue
            member = form.named(name)
            if member is None:
                raise self._unknown(form, name, pointer)
            if member in said:
                raise InvalidDocumentError(
                    f"{shown(name)} and another member name the same property.",
                    pointer=below(pointer, name),
                )
            said[member] = value
        return said

    def refuse(
        self, document: Mapping[str, Any], form: Form, allowed: tuple[str, ...], pointer: str
    ) -> None:
        """Refuse members that say what a document is about where that has no meaning.

        :param allowed: those that have one.
        :raises InvalidDocumentError: naming the first.
        """
        for name in RESERVED:
            if name in document and name not in allowed:
                raise self._unknown(form, name, pointer)

    def fill(self, draft: Draft, subject: NamedNode, said: Said, pointer: str) -> None:
        """Fill a draft with what members say of a subject."""
        for member, value in said.items():
            self._member(draft, subject, member, value, below(pointer, member.name))

    def _member(
        self, draft: Draft, subject: NamedNode, member: Member, value: Any, pointer: str
    ) -> None:
        several = isinstance(value, list | tuple)
        if several and not member.many:
            raise InvalidDocumentError(
                f"“{member.name}” has one value at most; write it without an array.",
                pointer=pointer,
            )
        items = list(value) if several else [value]
        places = [below(pointer, n) for n in range(len(items))] if several else [pointer]
        if member.kind is PropertyKind.CONTAINMENT:
            self._parts.read(draft, subject, member, items, places)
            return
        for item, place in zip(items, places, strict=True):
            before = len(draft.statements)
            self._value(draft, subject, member, item, place)
            if len(draft.statements) == before:
                raise InvalidDocumentError("The value stands here twice.", pointer=place)

    def _value(
        self, draft: Draft, subject: NamedNode, member: Member, item: Any, pointer: str
    ) -> None:
        if member.kind in _LINKING:
            self._links.read(draft, subject, member, item, pointer)
        else:
            value = self._instruments.values.read(item, member.datatype, pointer)
            draft.say(subject, member.property, value)

    def _unknown(self, form: Form, name: str, pointer: str) -> InvalidDocumentError:
        known = (*form.names(), *_ENTITY_MEMBERS) if not pointer else form.names()
        return unknown_member(name, pointer, known, f"A {form.term.label}")
