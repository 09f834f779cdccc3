"""Identifiers (xs:ID) that follow from IRIs alone.

They are alike on every machine, in every export and in any order of the data, so that an EA tool
that imports a second file sees what it knows already.
"""

from __future__ import annotations

import hashlib

from orthogramic.exchange.archimate.model import Link
from orthogramic.exchange.archimate.statements import Node, address

_DIGITS = 32


def identifier(*parts: str) -> str:
    """Return the identifier of what some parts name together.

    :param parts: IRIs and the like, which hold no line feed.
    :returns: ``id-`` and the first 128 bits of a SHA-256: among a billion of them the chance that
        any two agree is below 1 in 10 to the 20.
    """
    return f"id-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:_DIGITS]}"


def element_identifier(node: Node) -> str:
    """Return the identifier of an element, which follows from its IRI."""
    return identifier(address(node))


def link_identifier(link: Link) -> str:
    """Return the identifier of a relationship, which follows from its property and ends."""
    return identifier(address(link.source), link.property_iri.value, address(link.target))
