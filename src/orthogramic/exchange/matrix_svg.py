"""A matrix as a heat map in SVG: a picture for a slide or a document, complete in itself.

The number is printed in every cell, in dark text on a light shade. Nothing runs and nothing is
fetched. Labels that are too long are cut in the picture and whole in its titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from orthogramic.analysis import Cell, CellKind, Matrix, Total
from orthogramic.exchange.heat import Scale, printed_as, scale_of

SHADES = ("#e6f1f7", "#c9e3f0", "#a9d3e7", "#89c3de", "#6ab2d4")
#: What a cell holds, for a legend.
WORDS = {CellKind.SCORE: "Score", CellKind.PATHS: "Paths"}
TEXT, MUTED, LINE, GROUND = "#1b2430", "#556070", "#d5dbe3", "#ffffff"

_CELL_WIDTH, _CELL_HEIGHT = 48, 26
_CHARACTER = 7.0
_LONGEST_LABEL = 36
_MARGIN = 16
_TITLE_HEIGHT = 34
_LINE_HEIGHT = 18
#: Of labels that stand at 60 degrees: their height and width by length.
_RISE, _RUN = 0.866, 0.5
#: Characters that XML 1.0 does not allow.
_NOT_IN_XML = dict.fromkeys(
    (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd"
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the cells begin, and how large the picture is."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, matrix: Matrix, lines: Sequence[str]) -> _Layout:
        rows, columns = len(matrix.rows) + 2, len(matrix.columns) + 2
        left = _MARGIN + 12 + _longest(each.label for each in matrix.rows)
        slope = _longest(each.label for each in matrix.columns)
        top = _MARGIN + _TITLE_HEIGHT + slope * _RISE + 10
        right = left + columns * _CELL_WIDTH + slope * _RUN
        text = max(len(matrix.title) * 1.2, *(len(each) for each in lines), 80) * _CHARACTER
        width = max(right, text + _MARGIN) + _MARGIN
        height = top + rows * _CELL_HEIGHT + (len(lines) + 2) * _LINE_HEIGHT + 2 * _MARGIN
        return cls(left, top, width, height)

    def place(self, row: int, column: int) -> tuple[float, float]:
        """Return the upper left corner of a cell."""
        return self.left + column * _CELL_WIDTH, self.top + row * _CELL_HEIGHT


def write_matrix_svg(matrix: Matrix) -> str:
    """Draw the page of a matrix."""
    lines = _remarks(matrix)
    layout = _Layout.of(matrix, lines)
    size = {"width": _n(layout.width), "height": _n(layout.height)}
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            **size,
            "viewBox": f"0 0 {size['width']} {size['height']}",
            "role": "img",
            "aria-labelledby": "matrix-title matrix-text",
            "font-family": "system-ui, -apple-system, Segoe UI, Roboto, sans-serif",
            "font-size": "12",
            "fill": TEXT,
        },
    )
    _add(root, "title", matrix.title, id="matrix-title")
    described = lines if any(_page(matrix) in each for each in lines) else [_page(matrix), *lines]
    _add(root, "desc", " ".join(described), id="matrix-text")
    _add(root, "rect", **size, fill=GROUND)
    _write(root, matrix.title, _MARGIN, _MARGIN + 14, font_size="15", font_weight="600")
    scale = scale_of(matrix)
    _labels(root, matrix, layout)
    _cells(root, matrix, layout, scale)
    _all_totals(root, matrix, layout)
    _legend(root, matrix, layout, scale, lines)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _page(matrix: Matrix) -> str:
    return (
        f"A heat map of {len(matrix.rows)} of {matrix.total_rows} rows and "
        f"{len(matrix.columns)} of {matrix.total_columns} columns; {matrix.total.filled} cells of "
        "the whole matrix are filled."
    )


def _remarks(matrix: Matrix) -> list[str]:
    found = list(matrix.notes)
    if (len(matrix.rows), len(matrix.columns)) != (matrix.total_rows, matrix.total_columns):
        found.append(_page(matrix) + " Totals are those of the whole matrix.")
    if not matrix.bound.complete:
        lacking = "entity lacks" if matrix.bound.frontier == 1 else "entities lack"
        found.append(
            f"Perhaps incomplete: {matrix.bound.frontier} {lacking} a link that the shapes expect."
        )
    return found


def _labels(root: ET.Element, matrix: Matrix, layout: _Layout) -> None:
    for number, each in enumerate(matrix.rows):
        _, y = layout.place(number, 0)
        text = _write(root, _cut(each.label), layout.left - 8, y + 17, text_anchor="end")
        _add(text, "title", each.label)
    heads = [each.label for each in matrix.columns]
    for number, label in enumerate([*heads, "Filled", "Sum"]):
        x, y = layout.place(0, number)
        at = f"translate({_n(x + 28)} {_n(y - 7)}) rotate(-60)"
        text = _write(root, _cut(label), 0, 0, transform=at)
        if number < len(heads):
            _add(text, "title", label)
    for number, label in enumerate(("Filled", "Sum")):
        _, y = layout.place(len(matrix.rows) + number, 0)
        _write(root, label, layout.left - 8, y + 17, text_anchor="end")


def _cells(root: ET.Element, matrix: Matrix, layout: _Layout, scale: Scale) -> None:
    for row, cells in enumerate(matrix.grid()):
        for column, cell in enumerate(cells):
            x, y = layout.place(row, column)
            fill = SHADES[scale.level(cell.value) - 1] if cell else GROUND
            group = _add(root, "g")
            if cell:
                _add(group, "title", _sentence(matrix, cell))
            _box(group, x, y, fill)
            if cell:
                shown = printed_as(matrix, cell.value, at_least=cell.at_least)
                _write(group, shown, x + _CELL_WIDTH / 2, y + 17, text_anchor="middle")


def _sentence(matrix: Matrix, cell: Cell) -> str:
    steps = "1 step" if cell.hops == 1 else f"{cell.hops} steps"
    value = f"{cell.value:g}{'+' if cell.at_least else ''}"
    what = WORDS[matrix.cell].lower() if matrix.measure is None else matrix.measure.label
    row, column = matrix.rows[cell.row].label, matrix.columns[cell.column].label
    return f"{row}, {column}: {what} {value}, shortest way {steps}"


def _all_totals(root: ET.Element, matrix: Matrix, layout: _Layout) -> None:
    rows, columns = len(matrix.rows), len(matrix.columns)
    for number, total in enumerate(matrix.row_totals):
        _totals(
            root, matrix, total, layout.place(number, columns), layout.place(number, 1 + columns)
        )
    for number, total in enumerate(matrix.column_totals):
        _totals(root, matrix, total, layout.place(rows, number), layout.place(rows + 1, number))
    corner = layout.place(rows, columns), layout.place(rows + 1, columns + 1)
    _totals(root, matrix, matrix.total, *corner)


def _totals(
    root: ET.Element,
    matrix: Matrix,
    total: Total,
    first: tuple[float, float],
    second: tuple[float, float],
) -> None:
    value = printed_as(matrix, total.sum, at_least=total.at_least)
    for (x, y), shown in ((first, f"{total.filled:,}"), (second, value)):
        _box(root, x, y, GROUND)
        _write(root, shown, x + _CELL_WIDTH / 2, y + 17, text_anchor="middle", font_weight="600")


def _legend(
    root: ET.Element, matrix: Matrix, layout: _Layout, scale: Scale, lines: Iterable[str]
) -> None:
    y = layout.top + (len(matrix.rows) + 2) * _CELL_HEIGHT + _MARGIN
    x: float = _MARGIN
    what = matrix.measure.unit or "Value" if matrix.measure else WORDS[matrix.cell]
    _write(root, what, x, y + 14, font_weight="600")
    x += max(48, (len(what) + 1) * _CHARACTER)
    for level, name in scale.ranges() if matrix.total.filled else ():
        _box(root, x, y, SHADES[level - 1], width=24, height=18)
        _write(root, name, x + 30, y + 14)
        x += 30 + len(name) * _CHARACTER + 14
    for number, line in enumerate(lines, start=1):
        _write(root, line, _MARGIN, y + 16 + number * _LINE_HEIGHT, fill=MUTED)


# -- elements --------------------------------------------------------------------------------------


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(
        parent, name, {key.replace("_", "-"): value for key, value in attributes.items()}
    )
    element.text = text.translate(_NOT_IN_XML) or None
    return element


def _write(parent: ET.Element, text: str, x: float, y: float, **attributes: str) -> ET.Element:
    return _add(parent, "text", text, x=_n(x), y=_n(y), **attributes)


def _box(
    parent: ET.Element,
    x: float,
    y: float,
    fill: str,
    *,
    width: float = _CELL_WIDTH,
    height: float = _CELL_HEIGHT,
) -> None:
    size = {"width": _n(width), "height": _n(height)}
    _add(parent, "rect", x=_n(x), y=_n(y), **size, fill=fill, stroke=LINE)


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _longest(labels: Iterable[str]) -> float:
    return max((len(_cut(each)) for each in labels), default=6) * _CHARACTER


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
