"""Links to other entities: a reference, or an object with the facts that the link carries.

Text is a plain link. An object is a link that is described, even where it says nothing but what it
leads to: it tells that the link's strength has not been assessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode, Triple

from orthogramic.errors import InvalidDocumentError
from orthogramic.metamodel import PropertyKind
from orthogramic.repository.documents.classes import classes_of
from orthogramic.repository.documents.drafting import Draft, MemberReader
from orthogramic.repository.documents.faults import below
from orthogramic.repository.documents.forms import Member
from orthogramic.repository.documents.instruments import Instruments
from orthogramic.repository.documents.nodes import is_taken, named_node
from orthogramic.vocabulary import KR, RDF

Item = Mapping[str, Any]

_LINK_MEMBERS = ("classes", "iri", "to")


class Links:
    """Reads the links of documents.

    :param reader: reads the facts of a link.
    """

    def __init__(self, instruments: Instruments, reader: MemberReader) -> None:
        self._instruments = instruments
        self._reader = reader

    def read(
        self, draft: Draft, subject: NamedNode, member: Member, item: Any, pointer: str
    ) -> None:
        """Fill a draft with one link.

        :raises InvalidDocumentError: naming the place, for anything that cannot be meant.
        """
        if not isinstance(item, Mapping) or set(item) == {"iri"}:
            draft.say(subject, member.property, self._target(draft, member, item, pointer))
            return
        if subject != draft.state.entity or member.kind is not PropertyKind.RELATIONSHIP:
            raise InvalidDocumentError(
                "A reference stands here as text; only relationships of the entity itself carry "
                "facts.",
                pointer=pointer,
            )
        place = below(pointer, "to")
        if item.get("to") is None:
            raise InvalidDocumentError("The object does not say what it leads to.", pointer=place)
        target = self._target(draft, member, item["to"], place)
        plain = Triple(subject, member.property, target)
        if plain in draft.statements and "iri" not in item:
            raise InvalidDocumentError(
                "The relationship stands here twice; put its facts into one object.",
                pointer=pointer,
            )
        node = self._node(draft, member, target, item, pointer)
        draft.beside[node] = plain
        draft.statements.setdefault(plain, node)
        for predicate, end in (
            (KR.source, subject),
            (KR.property, member.property),
            (KR.target, target),
        ):
            draft.say(node, predicate, end)
        self._facts(draft, node, item, pointer)

    def _target(self, draft: Draft, member: Member, item: Any, pointer: str) -> NamedNode:
        return self._instruments.references.resolve(item, member, pointer, draft.known)

    def _node(
        self, draft: Draft, member: Member, target: NamedNode, item: Item, pointer: str
    ) -> NamedNode:
        """Return the node of a link: the one that it says, else the present one, else a new one."""
        if "iri" in item:
            return named_node(self._instruments, draft, item, pointer)
        present = draft.state.links_to(member.property, target)
        node = next((each for each in present if each not in draft.claimed), None)
        if node is None:
            taken = is_taken(self._instruments, draft)
            entity, identity = draft.state.entity, self._instruments.identity
            node = identity.link(entity, member.property, target, taken)
        draft.claimed.add(node)
        return node

    def _facts(self, draft: Draft, node: NamedNode, item: Item, pointer: str) -> None:
        form = self._instruments.forms.of_links()
        self._reader.refuse(item, form, _LINK_MEMBERS, pointer)
        for each in classes_of(self._instruments.metamodel, form.term, item, pointer):
            draft.say(node, RDF.type, each)
        self._reader.fill(draft, node, self._reader.members(form, item, pointer), pointer)
