"""One operation of an update: what kind it is, and which parts of the text it has.

SPARQL 1.1 Update, section 3.  Parts are told by their place in the text, so that whoever needs one
takes it as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "insert-data",
    "delete-data",
    "delete-where",
    "modify",
    "load",
    "clear",
    "drop",
    "create",
    "add",
    "move",
    "copy",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, by the offsets of its first character and of what follows it."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update; names of graphs are as they were written.

    :param kind: ``modify`` is every form with templates and WHERE.
    :param span: where it stands, without the semicolon after it.
    :param declared: how many declarations of the update stand before it.
    :param silent: whether it may fail without a word.
    :param graphs: what CLEAR and the like speak of, in order: ``DEFAULT``, ``NAMED``, ``ALL`` or
        the name of a graph.
    :param with_graph: the graph of WITH, or nothing.
    :param using: whether each USING clause has the word NAMED, and its graph.
    :param data: the group of INSERT DATA, DELETE DATA or DELETE WHERE, with its braces.
    :param delete: the group of DELETE.
    :param insert: the group of INSERT.
    :param where: the group of WHERE.
    :param where_word: offset of the word WHERE, -1 if there is none.
    """

    kind: Kind
    span: Span
    declared: int = 0
    silent: bool = False
    graphs: tuple[str, ...] = ()
    with_graph: str = ""
    using: tuple[tuple[bool, str], ...] = ()
    data: Span | None = None
    delete: Span | None = None
    insert: Span | None = None
    where: Span | None = None
    where_word: int = -1
