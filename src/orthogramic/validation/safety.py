"""What shapes from outside may not do.

Shapes are data that is executed: their SPARQL constraints run over the data.  They may read it and
nothing else.  Whatever refers elsewhere (``owl:imports``, ``sh:shapesGraph``, ``sh:jsLibrary``) is
never followed, so it needs no refusal; SPARQL does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from pyoxigraph import Literal, Triple

from orthogramic.errors import QueryRefusedError
from orthogramic.syntax import SparqlText, refuse
from orthogramic.syntax.sparql_certainty import certain
from orthogramic.vocabulary import SH

_QUERIES = frozenset({SH.select, SH.ask})
#: SPARQL 1.1, section 19.2: escapes that stand for characters anywhere, in keywords too.
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})")
#: Where a word stands that could be a keyword in one reading of a text.
_REACHING = re.compile(r"(?<![\w:?$/#.-])(?:service|from)(?=[\s<:?$#]|silent|named)", re.IGNORECASE)
_LONGEST = 20_000
_DEEPEST = 50


def refuse_unsafe_shapes(shapes: Iterable[Triple]) -> None:
    """Refuse shapes whose SPARQL reaches beyond the data or is out of all proportion.

    :param shapes: the shapes graph.
    :raises QueryRefusedError: for SERVICE, FROM, updates and texts that are too long or too deep;
        the sentence says that a constraint of the shapes is meant.
    """
    for triple in shapes:
        if triple.predicate in _QUERIES and isinstance(triple.object, Literal):
            text = triple.object.value
            _refuse_text(text)
            _refuse_text(_ESCAPE.sub(_character, text))


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(min(code, sys.maxunicode))


def _refuse_text(text: str) -> None:
    try:
        refuse(text, max_length=_LONGEST, max_depth=_DEEPEST)
    except QueryRefusedError as error:
        raise QueryRefusedError(
            f"A SPARQL constraint of the shapes is refused. {error.detail}", reason=error.reason
        ) from None
    if SparqlText.of(text).uses_from:
        raise QueryRefusedError(
            "A SPARQL constraint of the shapes is refused. It names graphs to read (FROM), and it "
            "may only read the data that is validated.",
            reason="dataset-not-allowed",
        )
    if certain(text) != text and _REACHING.search(text):
        # An IRI with # in it, in parentheses, can be read as a comparison and a comment too, and
        # what is a string behind it in one reading is a clause in the other.
        raise QueryRefusedError(
            "A SPARQL constraint of the shapes is refused. It can be read in two ways, and in one "
            "of them it may reach beyond the data: write IRIs in parentheses as prefixed names.",
            reason="service-not-allowed",
        )
