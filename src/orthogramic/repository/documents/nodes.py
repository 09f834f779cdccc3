"""Which IRIs a document may give to the parts and links of its entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.errors import InvalidDocumentError
from orthogramic.repository.documents.drafting import Draft
from orthogramic.repository.documents.faults import below
from orthogramic.repository.documents.instruments import Instruments
from orthogramic.repository.documents.values import iri_of, text_of
from orthogramic.vocabulary import KR


def named_node(
    instruments: Instruments, draft: Draft, item: Mapping[str, Any], pointer: str
) -> NamedNode:
    """Return the IRI that a part or link says it has, and claim it.

    :raises InvalidDocumentError: if it is neither its own nor free.
    """
    place = below(pointer, "iri")
    node = iri_of(text_of(item["iri"], place), place)
    state = draft.state
    mine = node in state.parts or node in state.links
    free = not instruments.is_in_use(node) and not node.value.startswith(KR.base)
    if node == state.entity or node in draft.claimed or not (mine or free):
        raise InvalidDocumentError(
            f"<{node.value}> is something else; leave the iri out, and one is found.",
            pointer=place,
        )
    draft.claimed.add(node)
    return node


def is_taken(instruments: Instruments, draft: Draft) -> Callable[[NamedNode], bool]:
    """Return what tells whether an IRI cannot be that of something new."""
    return lambda node: node in draft.claimed or instruments.is_in_use(node)
