"""The formats that a matrix comes in: the one place from which every door lists them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from orthogramic.analysis import Matrix
from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.exchange.matrix_csv import write_matrix_csv
from orthogramic.exchange.matrix_svg import write_matrix_svg


@dataclass(frozen=True, slots=True)
class MatrixFormat:
    """One format.

    :param name: what it is called in commands and addresses.
    :param label: what it is called by people.
    :param media_type: its registered media type.
    :param write: makes a text of a matrix.
    """

    name: str
    label: str
    media_type: str
    write: Callable[[Matrix], str]


def _json(matrix: Matrix) -> str:
    return json.dumps(matrix.to_dict(), ensure_ascii=False, separators=(",", ":"))


#: Preferred first.
MATRIX_FORMATS = (
    MatrixFormat("json", "JSON", "application/json", _json),
    MatrixFormat("csv", "CSV", "text/csv", write_matrix_csv),
    MatrixFormat("svg", "SVG", "image/svg+xml", write_matrix_svg),
)


def matrix_format(name: str) -> MatrixFormat:
    """Return the format of a name.

    :raises UnsupportedMediaTypeError: if there is none.
    """
    for each in MATRIX_FORMATS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in MATRIX_FORMATS)
    raise UnsupportedMediaTypeError(f"A matrix has no format {name!r}; it has {known}.")
