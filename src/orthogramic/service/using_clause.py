"""Write the dataset of a protocol request into the text of an update.

SPARQL 1.1 Protocol, section 2.2.3: ``using-graph-uri`` and ``using-named-graph-uri`` mean what
``USING`` and ``USING NAMED`` mean in every operation with a pattern, and may not be combined with
``USING``, ``USING NAMED`` or ``WITH`` in the text. The engine has no argument for them, so they
become clauses. IRIs are written out in full and have been checked to be IRIs before.
"""

from __future__ import annotations

from collections.abc import Sequence

from orthogramic.errors import InvalidParameterError
from orthogramic.service.scanning import Token, operations, scan


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose patterns are matched against a given dataset.

    :param text: one or more update operations.
    :param default: IRIs of the default graph's parts.
    :param named: IRIs of the named graphs.
    :returns: the text with ``USING`` clauses before each ``WHERE``.
    :raises InvalidParameterError: if the text names a dataset of its own.
    """
    clauses = "".join(f"USING <{each}> " for each in default)
    clauses += "".join(f"USING NAMED <{each}> " for each in named)
    pieces: list[str] = []
    copied = 0
    for operation in operations(scan(text)):
        outside = [each for each in operation if each.depth == 0]
        words = [each.keyword for each in outside]
        if "USING" in words or "WITH" in words:
            raise InvalidParameterError(
                "The update names its dataset in its text (WITH, USING) and in the request; "
                "it may do one of them."
            )
        if "WHERE" not in words:
            continue
        at = words.index("WHERE")
        where = outside[at]
        pieces.append(text[copied : where.start])
        if words[at - 1 : at] == ["DELETE"]:
            # The short form has no place for USING: its pattern is written twice.
            pieces.append(_group_after(text, outside[at + 1 :]) + " ")
        pieces.append(clauses)
        copied = where.start
    return "".join([*pieces, text[copied:]])


def _group_after(text: str, tokens: Sequence[Token]) -> str:
    braces = [each for each in tokens if each.text in {"{", "}"}]
    return text[braces[0].start : braces[-1].end] if braces else ""
