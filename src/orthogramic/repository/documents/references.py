"""What documents call other entities, read and written.

Read is any of the names by which entities go everywhere, and the key by which the bundle says that
documents refer. Written is ``Class/key`` where that leads back, and otherwise the IRI.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from orthogramic.errors import (
    AmbiguousNameError,
    InvalidDocumentError,
    UnknownEntityError,
    UnknownTermError,
)
from orthogramic.metamodel import ClassTerm, PropertyKind
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.documents.faults import shown
from orthogramic.repository.documents.forms import Member
from orthogramic.repository.documents.values import iri_of, text_of
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming, entity_iri
from orthogramic.syntax import local_name, percent_encode_segment


class References:
    """Resolves and writes the references of documents of one repository."""

    def __init__(self, knowledge: KnowledgeBase, naming: Naming) -> None:
        self._knowledge = knowledge
        self._naming = naming

    # -- writing -----------------------------------------------------------------------------------

    def name_of(self, iri: NamedNode) -> str:
        """Return the name by which a document refers to an entity."""
        summary = self._knowledge.catalogue.by_iri(iri.value)
        if summary is None:
            return iri.value
        return self.short_name(iri, summary.class_name, summary.class_iri)

    def short_name(self, iri: NamedNode, class_name: str, class_iri: str) -> str:
        """Return ``Class/key`` of an entity that has the IRI which these give, else its IRI."""
        key = key_of(iri)
        minted = entity_iri(self._knowledge.base_iri, class_name, key)
        if minted != iri.value or not key:
            return iri.value
        try:
            known = self._knowledge.metamodel.class_named(class_name).iri.value
        except UnknownTermError:
            return iri.value
        return f"{class_name}/{key}" if known == class_iri else iri.value

    # -- reading -----------------------------------------------------------------------------------

    def resolve(
        self, value: Any, member: Member, pointer: str, known: Mapping[str, NamedNode]
    ) -> NamedNode:
        """Return what a value of a member refers to.

        :param known: what some names mean whatever the repository knows: the entity itself, and
            what it refers to already.
        :raises InvalidDocumentError: if the value is no name, or leads to nothing or to several
            entities; the suggestions are names that do.
        """
        if isinstance(value, dict) and set(value) == {"iri"}:
            # Under a property that the bundle does not know, an IRI need not lead to an entity.
            return self._verbatim(text_of(value["iri"], f"{pointer}/iri"), member, pointer, known)
        text = text_of(value, pointer)
        if text in known:
            return known[text]
        term = self._class(member.value_class)
        found = self._by_reference_key(text, member, term)
        if len(found) == 1:
            return NamedNode(found[0].iri)
        if found:
            raise self._several(text, found, pointer)
        try:
            return NamedNode(self._naming.resolve(text, term).iri)
        except AmbiguousNameError as error:
            raise self._offering(error, error.extra["candidates"], pointer) from None
        except UnknownEntityError as error:
            if member.kind is PropertyKind.STRUCTURE_REFERENCE and self._is_described(text):
                return NamedNode(text)
            raise self._offering(error, error.extra["suggestions"], pointer) from None

    def _verbatim(
        self, text: str, member: Member, pointer: str, known: Mapping[str, NamedNode]
    ) -> NamedNode:
        iri = iri_of(text, f"{pointer}/iri")
        if member.kind is None:
            return iri
        return self.resolve(iri.value, member, pointer, known)

    def _class(self, iri: NamedNode | None) -> ClassTerm | None:
        return self._knowledge.metamodel.classes.get(iri) if iri else None

    def _by_reference_key(
        self, text: str, member: Member, term: ClassTerm | None
    ) -> list[EntitySummary]:
        """Find entities by the property that documents refer by; labels are looked up as names."""
        metamodel = self._knowledge.metamodel
        keys = [member.reference_key, term.business_key if term else None]
        for key in dict.fromkeys(keys):
            if key is None or key in metamodel.label_properties():
                continue
            below = {each.value for each in metamodel.subclasses(term.iri)} if term else None
            subjects = {
                each.subject.value
                for each in self._knowledge.store.quads(None, key, Literal(text))
                if isinstance(each.subject, NamedNode)
            }
            found = [self._knowledge.catalogue.by_iri(each) for each in sorted(subjects)]
            fitting = [e for e in found if e and (below is None or e.class_iri in below)]
            if fitting:
                return fitting
        return []

    def _is_described(self, text: str) -> bool:
        try:
            node = NamedNode(text)
        except ValueError:
            return False
        return next(iter(self._knowledge.store.quads(node)), None) is not None

    def _several(self, text: str, found: list[EntitySummary], pointer: str) -> InvalidDocumentError:
        names = [self.name_of(NamedNode(each.iri)) for each in found]
        return InvalidDocumentError(
            f"{len(found)} entities go by {shown(text)}: {', '.join(names[:5])}. Say which one.",
            pointer=pointer,
            suggestions=names,
        )

    def _offering(
        self, error: Exception, offers: list[Mapping[str, str]], pointer: str
    ) -> InvalidDocumentError:
        names = [self.name_of(NamedNode(each["iri"])) for each in offers]
        return InvalidDocumentError(str(error), pointer=pointer, suggestions=names)


def key_of(iri: NamedNode) -> str:
    """Return the key of an entity: the last segment of its IRI, its escapes undone."""
    last = local_name(iri)
    key = unquote(last)
    return key if percent_encode_segment(key) == last else last
