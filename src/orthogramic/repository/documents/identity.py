"""The IRIs of new entities, parts and links with facts.

An entity has its business key in its IRI: as it is where it is an identifier, as a slug where it is
a name; a class whose keys are unique only within another entity has that one's key in front.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.errors import InvalidDocumentError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.documents.faults import below
from orthogramic.repository.documents.forms import Form, Member
from orthogramic.repository.documents.references import key_of
from orthogramic.repository.documents.values import Values
from orthogramic.repository.naming import entity_iri
from orthogramic.syntax import local_name, percent_encode_segment, slug

#: Tells whether an IRI is in use.
Taken = Callable[[NamedNode], bool]
#: Gives what a reference leads to.
Resolve = Callable[[Any, Member, str], NamedNode]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Identity:
    """Mints IRIs of one repository."""

    def __init__(self, metamodel: Metamodel, values: Values, base_iri: str) -> None:
        self._metamodel = metamodel
        self._values = values
        self._base_iri = base_iri

    def entity(self, form: Form, key: str) -> NamedNode:
        """Return the IRI of the entity of a class and key."""
        return NamedNode(entity_iri(self._base_iri, form.term.name, key))

    def key(self, form: Form, members: Mapping[Member, Any], resolve: Resolve) -> str:
        """Return the key that a document gives a new entity.

        :param members: what the document says.
        :raises InvalidDocumentError: if it says nothing of which a key can be made.
        """
        labels = self._metamodel.label_properties()
        for member in self._key_members(form):
            if member not in members:
                continue
            text = self._text(members[member], member)
            if not text.strip():
                raise InvalidDocumentError(
                    f"“{member.name}” is empty, and the entity is known by it.",
                    pointer=below("", member.name),
                )
            if member.property not in labels:
                return text
            scope = self._scope(form, members, resolve)
            return f"{scope}-{slug(text)}" if scope else slug(text)
        names = [each.name for each in self._key_members(form)]
        raise InvalidDocumentError(
            f"The document gives no key: say {' or '.join(names) or 'key'}.", suggestions=names
        )

    def part(self, above: NamedNode, member: Member, number: int | None, taken: Taken) -> NamedNode:
        """Return the IRI of a new part.

        :param above: the entity or part that it belongs to.
        :param number: its place among others of its kind; ``None`` where there can be no other.
        """
        stem = f"{above.value}/{_words(member)}"
        if number is None and not taken(NamedNode(stem)):
            return NamedNode(stem)
        return _first_free((f"{stem}/{each}" for each in count(number or 1)), taken)

    def link(
        self, entity: NamedNode, relationship: NamedNode, target: NamedNode, taken: Taken
    ) -> NamedNode:
        """Return the IRI of a new link with facts."""
        ends = f"{local_name(entity)}-{local_name(relationship)}-{local_name(target)}"
        stem = f"{self._base_iri}id/QualifiedRelationship/{ends}"
        return _first_free((stem, *(f"{stem}-{each}" for each in range(2, 1000))), taken)

    def _key_members(self, form: Form) -> list[Member]:
        """Return the members that can give a key, best first."""
        labels = self._metamodel.label_properties()
        key = form.term.business_key
        found = [form.of_property(key)] if key else []
        return found + [
            each for each in form.members() if each.property in labels and each not in found
        ]

    def _scope(self, form: Form, members: Mapping[Member, Any], resolve: Resolve) -> str:
        if form.term.key_scope is None:
            return ""
        member = form.of_property(form.term.key_scope)
        value = members.get(member)
        if isinstance(value, list) and len(value) == 1:
            (value,) = value
        if isinstance(value, dict) and "to" in value:
            value = value["to"]
        if not isinstance(value, str):
            return ""
        return key_of(resolve(value, member, below("", member.name)))

    def _text(self, value: Any, member: Member) -> str:
        pointer = below("", member.name)
        first = value[0] if isinstance(value, list) and value else value
        return self._values.read(first, member.datatype, pointer).value


def _words(member: Member) -> str:
    """Return the name of a property as words of a path: ``hasWing`` gives ``wing``."""
    words = _HUMP.sub("-", local_name(member.property) if ":" in member.name else member.name)
    return percent_encode_segment(words.lower().removeprefix("has-"))


def _first_free(candidates: Iterator[str] | tuple[str, ...], taken: Taken) -> NamedNode:
    for each in candidates:
        node = NamedNode(each)
        if not taken(node):
            return node
    raise InvalidDocumentError("There are too many of one kind to tell them apart by name.")
