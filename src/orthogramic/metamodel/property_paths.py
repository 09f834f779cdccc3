"""Property paths as a bundle writes them: the notation of SHACL (section 2.3.1), as plain data.

Links, their inverses, sequences and alternatives; a path that repeats has no end that could be
told beforehand, and is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode

from orthogramic.metamodel.documents import DocumentIndex, Object
from orthogramic.metamodel.model import PropertyTerm
from orthogramic.vocabulary import RDF, SH


@dataclass(frozen=True, slots=True)
class Link:
    """One property; ``inverse`` walks it from object to subject."""

    property: NamedNode
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    parts: tuple[PropertyPath, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Any of several paths."""

    parts: tuple[PropertyPath, ...]


PropertyPath = Link | Sequence | Alternatives


def read_path(
    index: DocumentIndex, node: Object, properties: Mapping[NamedNode, PropertyTerm]
) -> PropertyPath | None:
    """Read a property path.

    :returns: the path; ``None`` if it is not written as one, or names what is not declared.
    """
    if isinstance(node, NamedNode):
        return Link(node) if node in properties else None
    if not isinstance(node, BlankNode):
        return None
    inverse = index.node(node, SH.inversePath)
    if inverse is not None:
        return Link(inverse, inverse=True) if inverse in properties else None
    for head in index.objects(node, SH.alternativePath):
        parts = _parts(index, head, properties)
        return Alternatives(parts) if parts else None
    if index.objects(node, RDF.first):
        parts = _parts(index, node, properties)
        return Sequence(parts) if parts else None
    return None


def _parts(
    index: DocumentIndex, head: Object, properties: Mapping[NamedNode, PropertyTerm]
) -> tuple[PropertyPath, ...]:
    found = [read_path(index, each, properties) for each in index.members(head)]
    sound = tuple(each for each in found if each is not None)
    return sound if len(sound) == len(found) else ()


def last_links(path: PropertyPath) -> Iterator[Link]:
    """Yield the links that a path may end with."""
    if isinstance(path, Link):
        yield path
    elif isinstance(path, Sequence):
        yield from last_links(path.parts[-1])
    else:
        for each in path.parts:
            yield from last_links(each)
