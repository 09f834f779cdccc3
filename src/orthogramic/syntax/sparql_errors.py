"""Say where SPARQL text goes wrong, and why.

The engine reports how far it got while trying, and a keyword that it tried in vain counts in full:
``SELEC *`` is reported nine characters on, because CONSTRUCT was tried.  So the usual causes are
looked for first, and the length of such a keyword is taken off the engine's place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orthogramic.errors import QuerySyntaxError
from orthogramic.syntax.sparql_tokens import Token, tokens

_ENGINE_ERROR = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"\b(?:The|A|An|Invalid|Variables|Blank|Nested|Aggregates?|No) [^,\[]{8,}")
_KEYWORD = re.compile(r"(?:^|, |one of )([A-Za-z_]{2,})(?=,|$)")
_PAIRS = {"{": "}", "(": ")", "[": "]", "<<": ">>", "<<(": ")>>", "{|": "|}"}
_SHOWN = 40

_Cause = tuple[int, str]


def _undeclared_prefix(sequence: Sequence[Token]) -> _Cause | None:
    declared: set[str] = set()
    before = ""
    for token in sequence:
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before.lower() == "prefix":
                declared.add(prefix)
            elif prefix not in declared:
                return token.start, f"the prefix {prefix}: is not declared"
        before = token.text
    return None


def _unbalanced_bracket(sequence: Sequence[Token]) -> _Cause | None:
    opened: list[Token] = []
    for token in sequence:
        if token.kind != "sign":
            continue
        if token.text in _PAIRS:
            opened.append(token)
        elif token.text in _PAIRS.values() and (
            not opened or _PAIRS[opened.pop().text] != token.text
        ):
            return token.start, f"{token.text!r} closes nothing that is open here"
    return (opened[-1].start, f"{opened[-1].text!r} is never closed") if opened else None


def _engine_cause(text: str, offset: int, rest: str) -> _Cause:
    reason = _REASON.search(rest)
    if reason is not None:
        return offset, reason[0].strip()
    keywords = _KEYWORD.findall(rest.removeprefix("expected "))
    start = max(0, offset - min(map(len, keywords), default=0))
    words = text[start:].split(maxsplit=1)
    if not words:
        return start, "the text ends too early"
    start += len(text[start:]) - len(text[start:].lstrip())
    return start, f"it cannot be understood from {words[0][:_SHOWN]!r} on"


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(len(text), start + column - 1)


def explain_syntax_error(exception: Exception, text: str) -> QuerySyntaxError:
    """Turn the engine's complaint about a text into an error with line and column.

    :param exception: what the engine raised.
    :param text: the SPARQL text.
    :returns: the error to raise; without line and column if the engine named none.
    """
    match = _ENGINE_ERROR.search(str(exception))
    if match is None:
        return QuerySyntaxError(f"The SPARQL text does not parse: {str(exception).rstrip('.')}.")
    sequence = list(tokens(text))
    offset = _offset(text, int(match["line"]), int(match["column"]))
    start, cause = (
        _undeclared_prefix(sequence)
        or _unbalanced_bracket(sequence)
        or _engine_cause(text, offset, match["rest"])
    )
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return QuerySyntaxError(
        f"The SPARQL text does not parse at line {line}, column {column}: {cause}.",
        line=line,
        column=column,
    )
