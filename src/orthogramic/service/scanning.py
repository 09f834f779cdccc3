"""Take out of SPARQL text what the scratch store may not or cannot fetch.

Only what stands outside of strings, IRIs and comments counts. Text that is put together in a way
that this does not see through is left as it is, and judged as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orthogramic.syntax.sparql_tokens import Token, tokens

_NAMES = {"iri", "name", "variable"}
_EMPTY_GROUP = "{}"
#: Adding a graph to itself changes nothing (SPARQL 1.1 Update, section 3.2.5).
_NO_OPERATION = "ADD DEFAULT TO DEFAULT"


def without_fetches(text: str, *, silent_only: bool) -> str:
    """Return a text without the clauses that fetch from elsewhere.

    Silent ones may fail and always would: a ``SERVICE SILENT`` that fails has one empty solution
    (SPARQL 1.1 Federated Query, section 2.3), a ``LOAD SILENT`` that fails changes nothing
    (SPARQL 1.1 Update, section 3.1.4). Without the others a text can be checked for its syntax.

    :param silent_only: whether to leave clauses that are not silent.
    """
    pieces: list[str] = []
    at = 0
    for start, end, instead in _fetches(list(tokens(text)), silent_only):
        if start >= at:
            pieces += [text[at:start], instead]
            at = end
    return "".join([*pieces, text[at:]])


def _fetches(found: Sequence[Token], silent_only: bool) -> Iterator[tuple[int, int, str]]:
    """Yield where each clause begins and ends, and what stands for it."""
    depth = 0
    for place, token in enumerate(found):
        depth += (token.text == "{") - (token.text == "}")
        word = token.prefix if token.kind == "word" else ""
        if word not in {"load", "service"}:
            continue
        silent = [each.prefix for each in found[place + 1 : place + 2]] == ["silent"]
        if silent_only and not silent:
            continue
        rest = place + 1 + silent
        if word == "load" and depth == 0:
            end = _end_of_load(found[rest : rest + 4])
            if end is not None:
                yield token.start, end.end, _NO_OPERATION
        elif word == "service":
            end = _end_of_service(found, rest)
            if end is not None:
                yield token.start, end.end, _EMPTY_GROUP


def _end_of_load(following: Sequence[Token]) -> Token | None:
    match following:
        case [source, into, graph, name] if (
            source.kind in _NAMES
            and (into.prefix, graph.prefix) == ("into", "graph")
            and name.kind in _NAMES
        ):
            return name
        case [source, *_] if source.kind in _NAMES:
            return source
    return None


def _end_of_service(found: Sequence[Token], at: int) -> Token | None:
    """Return the brace that closes a group behind a name."""
    match found[at : at + 2]:
        case [name, opening] if name.kind in _NAMES and opening.text == "{":
            depth = 0
            for place in range(at + 1, len(found)):
                depth += (found[place].text == "{") - (found[place].text == "}")
                if depth == 0:
                    return found[place]
    return None
