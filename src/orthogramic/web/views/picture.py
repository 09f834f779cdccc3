"""A layered picture of paths, as numbers that a template writes out as SVG.

Boxes are entities, columns are numbers of steps, curves are relationships. The picture adds
nothing that the table beside it does not say: the table is its text alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from orthogramic.web.views.layering import (
    layers_by_steps,
    with_fewer_crossings,
    with_stand_ins,
)

BOX_WIDTH = 180
BOX_HEIGHT = 56
COLUMN_GAP = 132
ROW_GAP = 22
MARGIN = 12
LINE_LENGTH = 24
#: Roles of those that stand on the left.
FIRST = frozenset({"source", "removed", "worn"})
#: A note of more characters takes room from the class that stands beside it.
SHORT_NOTE = 5
CAPTION_LENGTH = 21


@dataclass(frozen=True, slots=True)
class Node:
    """One entity. ``role`` is the name of its colour; ``note`` stands in its corner.

    In an answer of paths the roles are ``source``, ``hit`` and ``between``, the note is the score.
    """

    key: str
    label: str
    kind: str
    href: str
    role: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One relationship, in the direction in which the path walks it. ``weight`` is in (0, 1].

    Without a ``label`` it is no part of a path: it shows what stands in for something lost.
    """

    start: str
    end: str
    label: str
    weight: float
    certain: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place: left and top edge, and the lines of its label.

    ``caption`` names what leads to it; ``below`` puts that under the line, where lines come from
    above.
    """

    node: Node
    x: int
    y: int
    lines: tuple[str, ...]
    kind: str
    caption: str
    below: bool

    @property
    def caption_baseline(self) -> int:
        """Return the baseline of the caption."""
        return self.middle + (15 if self.below else -7)

    @property
    def middle(self) -> int:
        """Return the vertical centre."""
        return self.y + BOX_HEIGHT // 2

    @property
    def first_baseline(self) -> int:
        """Return the baseline of the first line: one line stands lower than the first of two."""
        return self.y + (18 if len(self.lines) > 1 else 24)

    @property
    def right(self) -> int:
        """Return the right edge."""
        return self.x + BOX_WIDTH


@dataclass(frozen=True, slots=True)
class Curve:
    """A step with its SVG path, its stroke width and a sentence for those who point at it."""

    path: str
    width: float
    certain: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ``width`` by ``height`` units."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def draw(nodes: Sequence[Node], steps: Iterable[Step]) -> Picture | None:
    """Lay out nodes and steps.

    :param nodes: the entities, best first; drawn are those that a source reaches, and those that
        stand in for something there.
    :param steps: relationships between them; repeated ones are drawn once.
    :returns: the picture, or ``None`` if there is no step to draw.
    """
    known = {node.key: node for node in nodes}
    drawn = tuple(
        dict.fromkeys(step for step in steps if step.start in known and step.end in known)
    )
    arcs = [(step.start, step.end) for step in drawn]
    sources = [node.key for node in nodes if node.role in FIRST]
    spare = [(step.start, step.end) for step in drawn if not step.label]
    layers = with_stand_ins(layers_by_steps(sources, arcs), spare)
    layers = with_fewer_crossings(layers, arcs)
    if sum(map(len, layers)) <= len(sources):
        return None
    height = max(len(layer) for layer in layers) * (BOX_HEIGHT + ROW_GAP) - ROW_GAP + 2 * MARGIN
    places = _places(layers, height)
    boxes = {key: _box(known[key], places, drawn) for key in places}
    width = len(layers) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2 * MARGIN
    bulge = any(boxes[s].x >= boxes[e].x for s, e in arcs if s in boxes and e in boxes)
    return Picture(
        width=width + (COLUMN_GAP // 2 if bulge else 0),
        height=height,
        boxes=tuple(boxes.values()),
        curves=tuple(
            _curve(step, boxes[step.start], boxes[step.end])
            for step in drawn
            if step.start in boxes and step.end in boxes
        ),
    )


def _places(layers: Sequence[Sequence[str]], height: int) -> dict[str, tuple[int, int]]:
    """Return the left and top edge of each box, every column centred."""
    places = {}
    for column, layer in enumerate(layers):
        top = (height - len(layer) * (BOX_HEIGHT + ROW_GAP) + ROW_GAP) // 2
        for number, key in enumerate(layer):
            x = MARGIN + column * (BOX_WIDTH + COLUMN_GAP)
            places[key] = (x, top + number * (BOX_HEIGHT + ROW_GAP))
    return places


def _box(node: Node, places: Mapping[str, tuple[int, int]], steps: Sequence[Step]) -> Box:
    x, y = places[node.key]
    arriving = [step for step in steps if step.end == node.key and step.start in places]
    labels = " / ".join(sorted({step.label for step in arriving if step.label}))
    from_above = sum(places[step.start][1] < y for step in arriving)
    return Box(
        node=node,
        x=x,
        y=y,
        lines=wrapped(node.label, LINE_LENGTH, 2),
        kind=wrapped(node.kind, _room(node), 1)[0],
        caption=wrapped(labels, CAPTION_LENGTH, 1)[0],
        below=2 * from_above > len(arriving),
    )


def _room(node: Node) -> int:
    taken = len(node.note) if len(node.note) > SHORT_NOTE else 0
    return LINE_LENGTH - taken


def _curve(step: Step, start: Box, end: Box) -> Curve:
    if end.x > start.x:
        x1, x2 = start.right, end.x
        bend = (x2 - x1) // 2
        first, second = x1 + bend, x2 - bend
    else:
        x1, x2 = start.right, end.right
        first = second = max(x1, x2) + COLUMN_GAP // 2
    qualification = "" if step.certain else " (possible)"
    return Curve(
        path=(
            f"M{x1},{start.middle} C{first},{start.middle} {second},{end.middle} {x2},{end.middle}"
        ),
        width=round(1 + 3 * step.weight, 2),
        certain=step.certain,
        sentence=(
            f"{start.node.label} {step.label or 'is left for'} {end.node.label}, "
            f"weight {step.weight:.2f}{qualification}"
        ),
    )


def wrapped(text: str, length: int, lines: int) -> tuple[str, ...]:
    """Break text into at most so many lines, the last one cut short if it must be.

    :param length: width of a line in characters; wide characters of East Asian scripts count two.
    :returns: at least one line.
    """
    found = [""]
    for word in text.split():
        candidate = f"{found[-1]} {word}".strip()
        if _width(candidate) <= length or not found[-1]:
            found[-1] = candidate
        elif len(found) < lines:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} …"
            break
    return tuple(_cut(line, length) for line in found)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _cut(text: str, length: int) -> str:
    if _width(text) <= length:
        return text
    body = text.removesuffix("…").rstrip()
    while _width(body) > length - 1:
        body = body[:-1]
    return f"{body.rstrip()}…"
