"""Which entity a document is about: its class, its key and its IRI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.errors import InvalidDocumentError
from orthogramic.metamodel import ClassKind, ClassTerm
from orthogramic.repository.documents.classes import class_of
from orthogramic.repository.documents.drafting import Draft, Said
from orthogramic.repository.documents.faults import below, shown
from orthogramic.repository.documents.forms import Form, Member
from orthogramic.repository.documents.instruments import Instruments
from orthogramic.repository.documents.references import key_of
from orthogramic.repository.documents.state import EntityState
from orthogramic.repository.documents.values import iri_of, text_of
from orthogramic.vocabulary import KR


class Subjects:
    """Tells what documents of one repository are about."""

    def __init__(self, instruments: Instruments) -> None:
        self._instruments = instruments

    def class_asked(self, class_name: str | None, document: Mapping[str, Any]) -> ClassTerm:
        """Return the class that is asked for or that the document names.

        :raises UnknownTermError: if the one that is asked for does not exist.
        :raises InvalidDocumentError: if there is none, or they do not go together.
        """
        metamodel = self._instruments.metamodel
        asked = metamodel.class_named(class_name) if class_name else None
        named = document.get("class")
        if named is None:
            if asked is None:
                raise InvalidDocumentError("Say the class of the entity.", pointer="/class")
            named = asked.iri.value
        term = class_of(metamodel, named, ClassKind.ENTITY, "/class")
        if asked is not None and term.iri not in metamodel.subclasses(asked.iri):
            raise InvalidDocumentError(
                f"The document is one of a {term.label}, not of a {asked.label}.", pointer="/class"
            )
        return term

    def new_iri(
        self, form: Form, document: Mapping[str, Any], said: Said, key: str | None
    ) -> NamedNode:
        """Return the IRI that the entity of a document has or gets.

        :param key: the key that is asked for; by default the document gives it.
        :raises InvalidDocumentError: if the document gives none, or another one.
        """
        named = document.get("key")
        if named is not None and key is not None and text_of(named, "/key") != key:
            raise InvalidDocumentError(
                f"The document has the key {shown(named)}, and {shown(key)} is asked for.",
                pointer="/key",
            )
        wanted = key if key is not None else named
        if document.get("iri") is not None:
            return _stated_iri(document["iri"], wanted)
        if wanted is None:
            wanted = self._instruments.identity.key(form, said, self._resolve)
        if not text_of(wanted, "/key").strip():
            raise InvalidDocumentError("The key is empty.", pointer="/key")
        return self._instruments.identity.entity(form, wanted)

    def check_same(self, state: EntityState, term: ClassTerm, document: Mapping[str, Any]) -> None:
        """Refuse a document of another entity, or one that makes it another kind of thing.

        :param term: the class that the entity has.
        :raises InvalidDocumentError: naming the member.
        """
        named = document.get("class")
        if named is not None:
            found = class_of(self._instruments.metamodel, named, ClassKind.ENTITY, "/class")
            if found.iri != term.iri:
                raise InvalidDocumentError(
                    f"The entity is a {term.label} and cannot become a {found.label}: its class is "
                    "part of its address. Create another one, and delete this one.",
                    pointer="/class",
                )
        for name, current in (("key", key_of(state.entity)), ("iri", state.entity.value)):
            value = document.get(name)
            if value is not None and text_of(value, below("", name)) != current:
                raise InvalidDocumentError(
                    f"The {name} of the entity is {shown(current)} and cannot become "
                    f"{shown(value)}; leave it out.",
                    pointer=below("", name),
                )

    def label(self, draft: Draft) -> str:
        """Return what people will call the entity of a draft."""
        labels = self._instruments.metamodel.label_properties()
        found = (
            each.object.value
            for each in draft.statements
            if each.subject == draft.state.entity and each.predicate in labels
            if isinstance(each.object, Literal)
        )
        return min(found, default=key_of(draft.state.entity))

    def _resolve(self, value: Any, member: Member, pointer: str) -> NamedNode:
        return self._instruments.references.resolve(value, member, pointer, {})


def _stated_iri(value: Any, wanted: Any) -> NamedNode:
    iri = iri_of(text_of(value, "/iri"), "/iri")
    if wanted is not None and key_of(iri) != wanted:
        raise InvalidDocumentError(
            f"The iri ends in {shown(key_of(iri))}, and the key is {shown(wanted)}.",
            pointer="/iri",
        )
    if iri.value.startswith(KR.base):
        raise InvalidDocumentError("No entity can have this iri.", pointer="/iri")
    return iri
