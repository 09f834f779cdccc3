"""Parts of entities: nested objects, each with an IRI that outlives edits of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.errors import InvalidDocumentError
from orthogramic.metamodel import ClassKind, ClassTerm
from orthogramic.repository.documents.classes import class_of, classes_of
from orthogramic.repository.documents.drafting import Draft, MemberReader
from orthogramic.repository.documents.faults import below, shown
from orthogramic.repository.documents.forms import Member
from orthogramic.repository.documents.instruments import Instruments
from orthogramic.repository.documents.nodes import is_taken, named_node
from orthogramic.vocabulary import KR, RDF

Item = Mapping[str, Any]

_PART_MEMBERS = ("class", "classes", "iri", "position")
_GREATEST = (1 << 63) - 1


class Parts:
    """Reads the nested objects of documents.

    :param reader: reads what is said of a part.
    """

    def __init__(self, instruments: Instruments, reader: MemberReader) -> None:
        self._instruments = instruments
        self._reader = reader

    def read(
        self,
        draft: Draft,
        above: NamedNode,
        member: Member,
        items: Sequence[Any],
        places: Sequence[str],
    ) -> None:
        """Fill a draft with the parts that a node has under a property.

        :param places: the pointer of each.
        :raises InvalidDocumentError: naming the place, for anything that cannot be meant.
        """
        for item, place in zip(items, places, strict=True):
            if not isinstance(item, Mapping):
                raise InvalidDocumentError(
                    f"An object is expected here, not {shown(item)}.", pointer=place
                )
        nodes = self._nodes(draft, above, member, items, places)
        positions = _positions(member, items, places)
        for node, item, place, position in zip(nodes, items, places, positions, strict=True):
            draft.say(above, member.property, node)
            if position is not None:
                draft.say(node, KR.position, Literal(position))
            self._part(draft, node, member, item, place)

    def _part(
        self, draft: Draft, node: NamedNode, member: Member, item: Item, pointer: str
    ) -> None:
        term = self._class(member, item, pointer)
        form = self._instruments.forms.of(term)
        self._reader.refuse(item, form, _PART_MEMBERS, pointer)
        for each in classes_of(self._instruments.metamodel, term, item, pointer):
            draft.say(node, RDF.type, each)
        self._reader.fill(draft, node, self._reader.members(form, item, pointer), pointer)

    def _class(self, member: Member, item: Item, pointer: str) -> ClassTerm:
        metamodel = self._instruments.metamodel
        place = below(pointer, "class")
        if item.get("class") is not None:
            return class_of(metamodel, item["class"], ClassKind.STRUCTURE, place)
        if member.value_class is not None and member.value_class in metamodel.classes:
            return metamodel.classes[member.value_class]
        raise InvalidDocumentError(
            f"Parts under “{member.name}” are of several classes: say which one.", pointer=place
        )

    # -- which part is which -----------------------------------------------------------------------

    def _nodes(
        self,
        draft: Draft,
        above: NamedNode,
        member: Member,
        items: Sequence[Item],
        places: Sequence[str],
    ) -> list[NamedNode]:
        """Return the IRI of each part.

        It is the one that the part says; else that of a present part of the same content; else
        that of the next present part which is not spoken for; else a new one.
        """
        found: list[NamedNode | None] = [
            named_node(self._instruments, draft, item, place) if "iri" in item else None
            for item, place in zip(items, places, strict=True)
        ]
        present = draft.state.parts_of(above, member.property)
        free = [each for each in present if each not in draft.claimed]
        contents = self._contents(draft, member, free) if None in found else {}
        for same in (True, False):
            for number, item in enumerate(items):
                fitting = (each for each in free if not same or contents[each] == _content(item))
                if found[number] is None and (node := next(fitting, None)) is not None:
                    found[number] = node
                    free.remove(node)
        draft.claimed.update(each for each in found if each is not None)
        return [
            each or self._new(draft, above, member, number) for number, each in enumerate(found, 1)
        ]

    def _contents(
        self, draft: Draft, member: Member, nodes: Sequence[NamedNode]
    ) -> dict[NamedNode, Any]:
        part = self._instruments.rendering.part
        return {each: _content(part(draft.state, each, member)) for each in nodes}

    def _new(self, draft: Draft, above: NamedNode, member: Member, number: int) -> NamedNode:
        taken = is_taken(self._instruments, draft)
        place = number if member.many else None
        node = self._instruments.identity.part(above, member, place, taken)
        draft.claimed.add(node)
        return node


def _positions(member: Member, items: Sequence[Item], places: Sequence[str]) -> list[int | None]:
    """Return the rank of each part: as it says, else its place in the array.

    :raises InvalidDocumentError: if what they say goes against the order of the array.
    """
    found = [
        _position(item, number if member.many else None, below(place, "position"))
        for number, (item, place) in enumerate(zip(items, places, strict=True), 1)
    ]
    last = 0
    for position, place in zip(found, places, strict=True):
        if position is not None and position <= last:
            raise InvalidDocumentError(
                "The positions do not rise along the array; leave them out, or put the parts in "
                "their order.",
                pointer=below(place, "position"),
            )
        last = last if position is None else position
    return found


def _position(item: Item, usual: int | None, pointer: str) -> int | None:
    value = item.get("position", usual)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _GREATEST:
        raise InvalidDocumentError(
            f"A position is a whole number from 1, not {shown(value)}.", pointer=pointer
        )
    return value


def _content(value: Any) -> Any:
    """Return a nested object without what only says which one it is and where it stands."""
    if isinstance(value, Mapping):
        return {
            name: _content(each)
            for name, each in value.items()
            if name not in ("iri", "position") and each is not None
        }
    if isinstance(value, list | tuple):
        return [_content(each) for each in value]
    return value
