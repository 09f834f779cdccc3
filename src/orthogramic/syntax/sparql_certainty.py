"""Write IRIs so that the engine cannot read anything else into them.

``?a<ex:b#>`` is a comparison and a comment for the engine, which decides by what may stand there;
for whoever splits text into tokens, as the grammar says, it is an IRI.  Text behind it can then be
a string for one and a clause for the other, which would let SERVICE pass unseen.  With the two
characters that can begin something else written as escapes, it is an IRI or nothing that parses.
"""

from __future__ import annotations

from orthogramic.syntax.sparql_tokens import landmarks

_OPENING = frozenset({"(", "<<("})
_CLOSING = frozenset({")", ")>>"})
_ESCAPES = str.maketrans({"#": "\\u0023", "'": "\\u0027"})


def certain(text: str) -> str:
    """Return a text that has one reading only: the one of its tokens.

    Comparisons stand in parentheses only, so IRIs elsewhere are left as they are.

    :param text: SPARQL text, well formed or not.
    :returns: the same text for whoever reads its tokens; itself where there is nothing to do.
    """
    pieces: list[str] = []
    depth = copied = 0
    for kind, start, end in landmarks(text):
        if kind in _OPENING:
            depth += 1
        elif kind in _CLOSING:
            depth = max(0, depth - 1)
        elif kind == "iri" and depth:
            iri = text[start:end]
            if "#" in iri or "'" in iri:
                pieces += [text[copied:start], iri.translate(_ESCAPES)]
                copied = end
    return "".join([*pieces, text[copied:]]) if pieces else text
