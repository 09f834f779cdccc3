"""Find the places in SPARQL text at which the scratch store changes it.

Only what stands outside of strings, IRIs and comments counts. Text that is put together in a way
that this does not see through is left as it is, and judged as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<skip>\s++|\#[^\n\r]*+)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
    | (?P<string>\"{3}(?:\"{0,2}+(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}+(?:[^'\\]|\\.))*+'{3}
        | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
    | (?P<word>[?$@]?[\w:.%\\-]++)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_RESOURCE = {"iri", "word"}
_EMPTY_GROUP = "{}"
#: Adding a graph to itself changes nothing (SPARQL 1.1 Update, section 3.2.5).
_NO_OPERATION = "ADD DEFAULT TO DEFAULT"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands; ``depth`` counts the braces that are open before it."""

    kind: str
    text: str
    start: int
    end: int
    depth: int

    @property
    def keyword(self) -> str:
        """The token in upper case if it can be a keyword, else nothing."""
        return self.text.upper() if self.kind == "word" else ""


def scan(text: str) -> list[Token]:
    """Return the tokens of a text, without white space and comments."""
    found: list[Token] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind == "skip":
            continue
        depth -= match[0] == "}"
        found.append(Token(kind, match[0], match.start(), match.end(), depth))
        depth += match[0] == "{"
    return found


def operations(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the operations of an update as tokens, each with the semicolon that ends it."""
    current: list[Token] = []
    for token in tokens:
        current.append(token)
        if token.text == ";" and token.depth == 0:
            yield current
            current = []
    yield current


def without_fetches(text: str, *, silent_only: bool) -> str:
    """Return a text without the clauses that fetch from elsewhere.

    Silent ones may fail and always would: a ``SERVICE SILENT`` that fails has one empty solution
    (SPARQL 1.1 Federated Query, section 2.3), a ``LOAD SILENT`` that fails changes nothing
    (SPARQL 1.1 Update, section 3.1.4). Without the others a text can be checked for its syntax.

    :param silent_only: whether to leave clauses that are not silent.
    """
    pieces: list[str] = []
    at = 0
    for start, end, instead in _fetches(scan(text), silent_only):
        if start >= at:
            pieces += [text[at:start], instead]
            at = end
    return "".join([*pieces, text[at:]])


def _fetches(tokens: Sequence[Token], silent_only: bool) -> Iterator[tuple[int, int, str]]:
    """Yield where each clause begins and ends, and what stands for it."""
    for place, token in enumerate(tokens):
        silent = [each.keyword for each in tokens[place + 1 : place + 2]] == ["SILENT"]
        rest = tokens[place + 1 + silent :]
        if silent_only and not silent:
            continue
        end: Token | None = None
        if token.keyword == "LOAD" and token.depth == 0:
            end = _end_of_load(rest)
            if end is not None:
                yield token.start, end.end, _NO_OPERATION
        elif token.keyword == "SERVICE":
            end = _end_of_service(rest)
            if end is not None:
                yield token.start, end.end, _EMPTY_GROUP


def _end_of_load(tokens: Sequence[Token]) -> Token | None:
    match tokens[:4]:
        case [source, into, graph, name] if (
            source.kind in _RESOURCE
            and (into.keyword, graph.keyword) == ("INTO", "GRAPH")
            and name.kind in _RESOURCE
        ):
            return name
        case [source, *_] if source.kind in _RESOURCE:
            return source
    return None


def _end_of_service(tokens: Sequence[Token]) -> Token | None:
    match tokens[:2]:
        case [resource, opening] if resource.kind in _RESOURCE and opening.text == "{":
            closing = (each for each in tokens if each.text == "}" and each.depth == opening.depth)
            return next(closing, None)
    return None
