"""Reading the SPARQL constraints that need no SPARQL engine: joins with inequalities.

A constraint that looks for a clash (two things under one owner with one name) is a basic graph
pattern with filters of the form ``?a != ?b``.  For such a query it is the same whether ``$this``
is bound beforehand or afterwards, so one join answers for all focus nodes at once.  Anything else
in the text, down to a prefixed name, leaves the query to pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode

from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.vocabulary import RDF

_TOKEN = re.compile(
    r"\s*(?:<(?P<iri>[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|^`\\]*)>"
    r"|[?$](?P<variable>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<word>[A-Za-z]+)(?![A-Za-z0-9_:-])"
    r"|(?P<sign>!=|[{}().;,]))",
    re.ASCII,
)
#: What pySHACL takes for a mention of the focus node; without one it binds nothing.
_MENTIONS_FOCUS = re.compile(r"[\s{}()][$?]this(?![A-Za-z0-9_])")
_SPECIAL = frozenset({"failure", "path", "shapesGraph", "currentShape", "PATH"})
THIS = "this"

#: The name of a variable, or an IRI.
Place: TypeAlias = str | NamedNode


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern; its predicate is constant."""

    subject: Place
    predicate: NamedNode
    value: Place

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the pattern."""
        return tuple(each for each in (self.subject, self.value) if isinstance(each, str))


@dataclass(frozen=True, slots=True)
class JoinQuery:
    """Patterns that hold together, variables that differ, and what is asked for.

    ``patterns`` are in an order in which each has a variable that an earlier one (or the focus
    node) binds.
    """

    selected: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    unequal: tuple[tuple[str, str], ...]


def read_query(text: str) -> JoinQuery:
    """Read a ``sh:select`` that is a join.

    :param text: the query.
    :returns: its parts, patterns in the order in which they are joined.
    :raises NotCompiledError: if it is any other query.
    """
    if not _MENTIONS_FOCUS.search(text):
        raise NotCompiledError("the query does not mention the focus node")
    tokens = _Tokens(text)
    selected = _selected(tokens)
    patterns, unequal = _group(tokens)
    tokens.end()
    ordered = tuple(_connected(patterns))
    bound = {THIS, *(name for each in ordered for name in each.variables)}
    mentioned = {THIS, *selected, *(name for pair in unequal for name in pair)}
    if mentioned - bound or bound & _SPECIAL or not any(THIS in each.variables for each in ordered):
        raise NotCompiledError("the query has variables that no pattern binds, or special ones")
    return JoinQuery(selected, ordered, unequal)


class _Tokens:
    """The tokens of a query, taken one by one."""

    def __init__(self, text: str) -> None:
        self._found = list(_tokens(text))
        self._next = 0

    def peek(self) -> tuple[str, str]:
        """Return kind and text of the next token."""
        if self._next == len(self._found):
            raise NotCompiledError("the query ends early")
        return self._found[self._next]

    def take(self, kind: str) -> str:
        """Take the next token, which is of a kind."""
        found, text = self.peek()
        if found != kind:
            raise NotCompiledError(f"the query has {text!r}")
        self._next += 1
        return text

    def passes(self, *expected: str) -> bool:
        """Take the next tokens if they read so (words in any case); else take none."""
        following = self._found[self._next : self._next + len(expected)]
        if [text.upper() for kind, text in following if kind in ("word", "sign")] != [*expected]:
            return False
        self._next += len(expected)
        return True

    def demand(self, *expected: str) -> None:
        """Take the next tokens, which read so."""
        if not self.passes(*expected):
            raise NotCompiledError(f"the query lacks {' '.join(expected)}")

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self._next != len(self._found):
            raise NotCompiledError("the query goes on after its pattern")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise NotCompiledError("the query has more than names and patterns")
        yield match.lastgroup, match[match.lastgroup]
        position = match.end()


def _selected(tokens: _Tokens) -> tuple[str, ...]:
    tokens.demand("SELECT")
    tokens.passes("DISTINCT")
    names = []
    while tokens.peek()[0] == "variable":
        names.append(tokens.take("variable"))
    tokens.passes("WHERE")
    if not {THIS, "value"} & set(names) or len(set(names)) < len(names):
        raise NotCompiledError("the query does not say what it selects")
    return tuple(names)


def _group(tokens: _Tokens) -> tuple[list[Pattern], tuple[tuple[str, str], ...]]:
    patterns: list[Pattern] = []
    unequal: list[tuple[str, str]] = []
    tokens.demand("{")
    while not tokens.passes("}"):
        if tokens.passes("FILTER", "("):
            left = tokens.take("variable")
            tokens.demand("!=")
            unequal.append((left, tokens.take("variable")))
            tokens.demand(")")
            tokens.passes(".")
            continue
        patterns += _same_subject(tokens)
        if not tokens.passes(".") and tokens.peek()[1].upper() not in ("}", "FILTER"):
            raise NotCompiledError("the query's patterns do not end")
    return patterns, tuple(unequal)


def _same_subject(tokens: _Tokens) -> Iterator[Pattern]:
    subject = _place(tokens)
    while True:
        predicate = _predicate(tokens)
        yield Pattern(subject, predicate, _place(tokens))
        while tokens.passes(","):
            yield Pattern(subject, predicate, _place(tokens))
        if not tokens.passes(";"):
            return


def _predicate(tokens: _Tokens) -> NamedNode:
    if tokens.peek() == ("word", "a"):
        tokens.take("word")
        return RDF.type
    return NamedNode(tokens.take("iri"))


def _place(tokens: _Tokens) -> Place:
    if tokens.peek()[0] == "variable":
        return tokens.take("variable")
    return NamedNode(tokens.take("iri"))


def _connected(patterns: list[Pattern]) -> Iterator[Pattern]:
    """Order patterns so that each is joined by a variable: those that only check come first."""
    bound, waiting = {THIS}, list(patterns)
    while waiting:
        scores = [sum(name not in bound for name in each.variables) for each in waiting]
        fitting = [
            (score, position)
            for position, (score, each) in enumerate(zip(scores, waiting, strict=True))
            if score < len(each.variables)
        ]
        if not fitting:
            raise NotCompiledError("the query has a pattern that nothing joins")
        chosen = waiting.pop(min(fitting)[1])
        bound.update(chosen.variables)
        yield chosen


def chains(query: JoinQuery) -> Iterator[tuple[Pattern, str, tuple[tuple[NamedNode, bool], ...]]]:
    """Yield for each pattern a bound variable and how it is reached from the focus node.

    :returns: the pattern, the variable, and the way: predicates, and whether each is gone from
        object to subject.
    """
    ways: dict[str, tuple[tuple[NamedNode, bool], ...]] = {THIS: ()}
    for pattern in query.patterns:
        start = next(name for name in pattern.variables if name in ways)
        yield pattern, start, ways[start]
        ends = (pattern.subject, pattern.value)
        for (first, second), backward in ((ends, False), (ends[::-1], True)):
            if first == start and isinstance(second, str) and second not in ways:
                ways[second] = (*ways[start], (pattern.predicate, backward))
