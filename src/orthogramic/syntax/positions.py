"""Find the line on which a statement of a Turtle or TriG document stands.

The parser of the house says nothing about places, so this module walks over the text once more.
It expects text that the parser has accepted; on anything else it gives up at the fault and keeps
what it found before.  It is an index of places, never a source of data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.syntax.turtle_walker import Statement, walk

_Iri: TypeAlias = NamedNode | str


def _text(iri: _Iri) -> str:
    return iri.value if isinstance(iri, NamedNode) else iri


def statements(text: str, base_iri: str | None = None) -> Iterator[Statement]:
    """Walk over the statements of a Turtle, TriG, N-Triples or N-Quads document.

    :param text: the document.
    :param base_iri: resolves relative IRIs until the document states a base of its own.
    :returns: every statement in the order of the text, with line and column of its object, from
        1.  Ends without an error where the text cannot be understood.
    """
    return walk(text, base_iri)


@dataclass(frozen=True)
class PositionIndex:
    """Lines of subjects and statements; the first occurrence counts.

    Blank nodes have no names to look for, so only IRIs are indexed as subjects.
    """

    _subjects: dict[str, int]
    _statements: dict[tuple[str, str], int]
    _triples: dict[tuple[str, str, object], int]

    @classmethod
    def of(cls, text: str, base_iri: str | None = None) -> PositionIndex:
        """Index a document.

        :param text: Turtle, TriG, N-Triples or N-Quads.
        :param base_iri: resolves relative IRIs.
        :returns: the index.
        """
        subjects: dict[str, int] = {}
        by_predicate: dict[tuple[str, str], int] = {}
        triples: dict[tuple[str, str, object], int] = {}
        for statement in walk(text, base_iri):
            if not isinstance(statement.subject, NamedNode):
                continue
            subject, predicate = statement.subject.value, statement.predicate.value
            subjects.setdefault(subject, statement.subject_line)
            by_predicate.setdefault((subject, predicate), statement.predicate_line)
            if not isinstance(statement.object, BlankNode):
                triples.setdefault((subject, predicate, statement.object), statement.line)
        return cls(subjects, by_predicate, triples)

    def subject(self, iri: _Iri) -> int | None:
        """Return the line on which a subject first stands.

        :param iri: the subject.
        :returns: the line from 1, or None if it is no subject of the document.
        """
        return self._subjects.get(_text(iri))

    def statement(self, subject: _Iri, predicate: _Iri) -> int | None:
        """Return the line on which a predicate of a subject first stands.

        :param subject: the subject.
        :param predicate: the predicate.
        :returns: the line from 1, or None if the document has no such statement.
        """
        return self._statements.get((_text(subject), _text(predicate)))

    def triple(
        self, subject: _Iri, predicate: _Iri, term: NamedNode | Literal | BlankNode
    ) -> int | None:
        """Return the line on which the object of a triple stands.

        :param subject: the subject.
        :param predicate: the predicate.
        :param term: the object, in the lexical form of the document; a blank node is not found.
        :returns: the line from 1, or None if the document has no such triple.
        """
        return self._triples.get((_text(subject), _text(predicate), term))

    def nearest(
        self,
        subject: _Iri,
        predicate: _Iri | None = None,
        term: NamedNode | Literal | BlankNode | None = None,
    ) -> int | None:
        """Return the line of the triple, else of the statement, else of the subject.

        :param subject: the subject.
        :param predicate: the predicate, if known.
        :param term: the object, if known.
        :returns: the most specific line that is known, or None.
        """
        line: int | None = None
        if predicate is not None and term is not None:
            line = self.triple(subject, predicate, term)
        if line is None and predicate is not None:
            line = self.statement(subject, predicate)
        return line if line is not None else self.subject(subject)
