"""Write the dataset of a protocol request into the text of an update.

SPARQL 1.1 Protocol, section 2.2.3: ``using-graph-uri`` and ``using-named-graph-uri`` mean what
``USING`` and ``USING NAMED`` mean in every operation with a pattern, and may not be combined with
``USING``, ``USING NAMED`` or ``WITH`` in the text. The engine has no argument for them, so they
become clauses. IRIs are written out in full and have been checked to be IRIs before.
"""

from __future__ import annotations

from collections.abc import Sequence

from orthogramic.errors import InvalidParameterError
from orthogramic.syntax.sparql_update import UpdateText


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
    for operation in UpdateText.of(text).operations:
        if operation.using or operation.with_graph:
            raise InvalidParameterError(
                "The update names its dataset in its text (WITH, USING) and in the request; "
                "it may do one of them."
            )
        if operation.where_word < 0:
            continue
        pieces.append(text[copied : operation.where_word])
        if operation.kind == "delete-where" and operation.data:
            # The short form has no place for USING: its pattern is written twice.
            pieces.append(operation.data.of(text) + " ")
        pieces.append(clauses)
        copied = operation.where_word
    return "".join([*pieces, text[copied:]])
