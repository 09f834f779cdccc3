"""Walk over Turtle and TriG text, statement by statement, with their places.

A walker after the grammar of RDF 1.1 TriG (section 4.5), of which Turtle, N-Triples and, read
leniently, N-Quads are parts.  It does not report faults: the parser has done so before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from orthogramic.syntax.terms import GraphName
from orthogramic.syntax.turtle_tokens import Token, tokens, unescape
from orthogramic.vocabulary import RDF, XSD

_NUMBERS = {"integer": XSD.integer, "decimal": XSD.decimal, "double": XSD.double}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DIRECTIVES = {"prefix", "base", "version"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple, the graph it stands in, and its place.

    :param line: line of the object, from 1; so ``column``.
    :param subject_line: line of the subject.
    :param predicate_line: line of the predicate.
    """

    subject: NamedNode | BlankNode
    predicate: NamedNode
    object: NamedNode | BlankNode | Literal
    graph: GraphName
    line: int
    column: int
    subject_line: int
    predicate_line: int


class _GivenUpError(Exception):
    """The text is not what the walker understands."""


def _resolve(iri: str, base: str) -> str:
    """Resolve a reference exactly as the parser does, by asking it."""
    statement = f"<> <{iri}> <> .".encode()
    quad: Quad = next(parse(statement, RdfFormat.TURTLE, base_iri=base))
    return quad.predicate.value


class _Walker:
    def __init__(self, text: str, base_iri: str | None) -> None:
        self._tokens = tokens(text)
        self._now = next(self._tokens)
        self._base = base_iri or ""
        self._resolutions: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        self._graph: GraphName = DefaultGraph()
        self._found: list[Statement] = []

    # Tokens

    def _take(self) -> Token:
        taken = self._now
        if taken.kind == "end":
            raise _GivenUpError
        self._now = next(self._tokens)
        return taken

    def _at(self, *signs: str) -> bool:
        return self._now.kind == "sign" and self._now.text in signs

    def _skip(self, sign: str) -> None:
        if not self._at(sign):
            raise _GivenUpError
        self._take()

    # Documents

    def document(self) -> Iterator[Statement]:
        while self._now.kind != "end":
            try:
                self._entry()
            except (_GivenUpError, SyntaxError, ValueError, RecursionError):
                yield from self._found
                return
            yield from self._found
            self._found.clear()

    def _entry(self) -> None:
        token = self._now
        word = token.text.lower().removeprefix("@")
        if token.kind == "tag" or (token.kind == "word" and word in _DIRECTIVES):
            self._directive(word)
        elif token.kind == "word" and word == "graph":
            self._take()
            self._block(self._name())
        elif self._at("{"):
            self._block(DefaultGraph())
        else:
            self._statement_or_block()

    def _directive(self, word: str) -> None:
        with_dot = self._take().kind == "tag"
        if word == "prefix":
            prefix = self._take().text.removesuffix(":")
            self._prefixes[prefix] = self._iri(self._take()).value
        elif word == "base":
            self._base = self._resolved(self._take())
            self._resolutions.clear()
        else:
            self._take()
        if with_dot:
            self._skip(".")

    def _name(self) -> NamedNode | BlankNode:
        if self._at("["):
            self._take()
            self._skip("]")
            return BlankNode()
        token = self._take()
        return BlankNode(token.text[2:]) if token.kind == "blank" else self._iri(token)

    def _block(self, graph: GraphName) -> None:
        self._skip("{")
        self._graph = graph
        while not self._at("}"):
            self._triples()
            if not self._at("}"):
                self._skip(".")
        self._take()
        self._graph = DefaultGraph()

    def _statement_or_block(self) -> None:
        token = self._now
        if token.kind in {"iri", "name", "blank"}:
            subject = self._name()
            if self._at("{"):
                self._block(subject)
                return
            self._predicates(subject, token.line)
        elif self._triples():
            return
        self._skip(".")

    # Statements

    def _triples(self) -> bool:
        """Walk over one subject with its predicates; true if it was a graph block after all."""
        token = self._now
        bare = self._at("[")
        before = len(self._found)
        subject = self._term()
        if not isinstance(subject, NamedNode | BlankNode):
            raise _GivenUpError
        if bare and self._at("{"):
            self._block(subject)
            return True
        if bare and len(self._found) > before and self._at(".", "}"):
            return False
        self._predicates(subject, token.line)
        return False

    def _predicates(self, subject: NamedNode | BlankNode, subject_line: int) -> None:
        while True:
            token = self._take()
            predicate = RDF.type if token.text == "a" else self._iri(token)
            self._objects(subject, predicate, subject_line, token.line)
            while self._at(";"):
                self._take()
            if self._at(".", "]", "}") or self._now.kind == "end":
                return

    def _objects(
        self,
        subject: NamedNode | BlankNode,
        predicate: NamedNode,
        subject_line: int,
        predicate_line: int,
    ) -> None:
        while True:
            place = self._now
            term = self._term()
            graph = self._graph
            if self._now.kind in {"iri", "blank", "name"}:  # the fourth term of N-Quads
                graph = self._name()
            self._found.append(
                Statement(
                    subject,
                    predicate,
                    term,
                    graph,
                    place.line,
                    place.column,
                    subject_line,
                    predicate_line,
                )
            )
            if not self._at(","):
                return
            self._take()

    # Terms

    def _term(self) -> NamedNode | BlankNode | Literal:
        token = self._take()
        if token.kind == "sign":
            return self._nested(token)
        if token.kind == "blank":
            return BlankNode(token.text[2:])
        if token.kind in {"short", "long"}:
            return self._string(token)
        if token.kind in _NUMBERS:
            return Literal(token.text, datatype=_NUMBERS[token.kind])
        if token.kind == "word" and token.text in {"true", "false"}:
            return Literal(token.text, datatype=XSD.boolean)
        return self._iri(token)

    def _nested(self, opening: Token) -> NamedNode | BlankNode:
        if opening.text == "[":
            node = BlankNode()
            if not self._at("]"):
                self._predicates(node, opening.line)
            self._skip("]")
            return node
        if opening.text == "(":
            return self._list()
        raise _GivenUpError

    def _list(self) -> NamedNode | BlankNode:
        members = []
        while not self._at(")"):
            members.append((self._now, self._term()))
        self._take()
        rest: NamedNode | BlankNode = RDF.nil
        for place, term in reversed(members):
            cell = BlankNode()
            for predicate, value in ((RDF.first, term), (RDF.rest, rest)):
                self._found.append(
                    Statement(
                        cell,
                        predicate,
                        value,
                        self._graph,
                        place.line,
                        place.column,
                        place.line,
                        place.line,
                    )
                )
            rest = cell
        return rest

    def _string(self, token: Token) -> Literal:
        quotes = 3 if token.kind == "long" else 1
        value = unescape(token.text[quotes:-quotes])
        if self._now.kind == "tag":
            return Literal(value, language=self._take().text[1:].partition("--")[0])
        if self._at("^^"):
            self._take()
            return Literal(value, datatype=self._iri(self._take()))
        return Literal(value)

    def _iri(self, token: Token) -> NamedNode:
        if token.kind == "iri":
            return NamedNode(self._resolved(token))
        prefix, colon, local = token.text.partition(":")
        if token.kind != "name" or not colon or prefix not in self._prefixes:
            raise _GivenUpError
        return NamedNode(self._prefixes[prefix] + unescape(local))

    def _resolved(self, token: Token) -> str:
        if token.kind != "iri":
            raise _GivenUpError
        iri = unescape(token.text[1:-1])
        if not self._base or (_ABSOLUTE.match(iri) and "/." not in iri):
            return iri
        if iri not in self._resolutions:
            self._resolutions[iri] = _resolve(iri, self._base)
        return self._resolutions[iri]


def walk(text: str, base_iri: str | None) -> Iterator[Statement]:
    """Walk over the statements of a document.

    :param text: Turtle, TriG, N-Triples or N-Quads.
    :param base_iri: resolves relative IRIs until the document states a base.
    :returns: the statements in the order in which their objects end; stops at what it does not
        understand.
    """
    return _Walker(text, base_iri).document()
