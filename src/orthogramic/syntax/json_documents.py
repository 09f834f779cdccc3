"""Look at JSON-LD text before the parser does: depth of nesting, and references to contexts.

The text is only tokenised, never rebuilt, so numbers, order and line numbers stay what they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from orthogramic.errors import RdfSyntaxError
from orthogramic.syntax.feeds import MAX_NESTING

_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_NOT_BRACKETS = re.compile(_STRING + rb'|[^\[\]{}"]++', re.DOTALL)
_TOKEN = re.compile(_STRING + rb'|[\[\]{}:,]|[^\s\[\]{}:,"]++', re.DOTALL)
# A quotation mark inside of a string is escaped, so this finds keys only.
_CONTEXT_KEY = re.compile(rb'"@context"\s*:\s*(?=\S)')
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def _position(text: bytes, offset: int) -> tuple[int, int]:
    """Return line and column (in characters, from 1) of a byte offset."""
    line_start = text.rfind(b"\n", 0, offset) + 1
    column = len(text[line_start:offset].decode("utf-8", "replace")) + 1
    return text.count(b"\n", 0, offset) + 1, column


def refuse_deep_nesting(text: bytes, source: str) -> None:
    """Refuse a JSON text whose objects and arrays are nested too deep to be parsed safely.

    :param text: the whole document, well formed or not.
    :param source: its name for the message.
    :raises RdfSyntaxError: if there are more than ``MAX_NESTING`` levels.
    """
    brackets = _NOT_BRACKETS.sub(b"", text).translate(None, b'"')
    if max(accumulate(map(_STEP.__getitem__, brackets)), default=0) <= MAX_NESTING:
        return
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += _STEP.get(match[0][0], 0)
        if depth > MAX_NESTING:
            line, column = _position(text, match.start())
            raise RdfSyntaxError(
                f"Objects and arrays are nested more than {MAX_NESTING} levels deep; "
                "such a document is not read.",
                source=source,
                line=line,
                column=column,
            )


def keyword_position(text: bytes, message: str) -> tuple[int, int]:
    """Find where a keyword that the parser complains of occurs first.

    :param text: the whole document.
    :param message: the parser's message, such as ``@id value must be a string``.
    :returns: line and column from 1; the beginning if the message names no keyword in the text.
    """
    keyword = re.search(r"@\w+", message)
    offset = text.find(b'"%s"' % keyword[0].encode()) if keyword else -1
    return _position(text, max(offset, 0))


def end_position(text: bytes) -> tuple[int, int]:
    """Return line and column (from 1) just behind a text.

    :param text: the whole document.
    """
    return _position(text, len(text))


def _context_references(text: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the strings that stand as a context: as the value of @context or in its array."""
    for key in _CONTEXT_KEY.finditer(text):
        depth = 0
        for token in _TOKEN.finditer(text, key.end()):
            depth += _STEP.get(token[0][0], 0)
            if depth <= 1 and token[0].startswith(b'"') and text[key.end()] != ord("{"):
                yield token
            if depth <= 0:
                break


def _decoded(token: bytes) -> str | None:
    try:
        value = json.loads(token)
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def inline_contexts(text: bytes, contexts: Mapping[str, Mapping[str, Any]], source: str) -> bytes:
    """Put known contexts in the place of references to them; nothing is ever fetched.

    :param text: the whole document.
    :param contexts: by IRI, a context or a document that holds one under ``@context``.
    :param source: the document's name for the message.
    :returns: the text with known references replaced, its line numbers unchanged.
    :raises RdfSyntaxError: if it refers to a context that is not known.
    """
    pieces: list[bytes] = []
    end = 0
    for match in _context_references(text):
        iri = _decoded(match[0])
        if iri is None or iri not in contexts:
            line, column = _position(text, match.start())
            raise RdfSyntaxError(
                f"The document refers to the context {iri!r}, and contexts are not fetched from "
                "the network; put the context itself into the document.",
                source=source,
                line=line,
                column=column,
            )
        known = contexts[iri]
        pieces += [text[end : match.start()], json.dumps(known.get("@context", known)).encode()]
        end = match.end()
    return b"".join([*pieces, text[end:]])
