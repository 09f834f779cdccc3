"""The layered picture: laws of the layout, and what it says to those who do not see it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orthogramic.web.views.layering import crossings, layers_by_steps, with_fewer_crossings
from orthogramic.web.views.picture import BOX_HEIGHT, BOX_WIDTH, Node, Picture, Step, draw, wrapped
from tests.web.html_page import SVG, HtmlPage
from tests.web.page_client import PageClient

NAMES = st.sampled_from("abcdefghij")
ARCS = st.lists(st.tuples(NAMES, NAMES).filter(lambda arc: arc[0] != arc[1]), max_size=25)


def drawn(arcs: list[tuple[str, str]]) -> Picture | None:
    """Draw a graph whose source is ``a``."""
    nodes = [
        Node(name, name.upper(), "letter", f"/{name}", "source" if name == "a" else "between")
        for name in "abcdefghij"
    ]
    return draw(nodes, [Step(start, end, "leads to", 0.5, True) for start, end in arcs])


@given(ARCS)
def test_the_layer_of_a_node_is_its_distance_from_the_source(arcs: list[tuple[str, str]]) -> None:
    layers = layers_by_steps(["a"], arcs)
    depth = {node: number for number, layer in enumerate(layers) for node in layer}
    assert depth["a"] == 0
    for node, number in depth.items():
        before = [depth[start] for start, end in arcs if end == node and start in depth]
        assert number == 0 or min(before) == number - 1
    assert all(end in depth for start, end in arcs if start in depth)


@given(ARCS)
def test_reordering_keeps_the_members_and_never_adds_a_crossing(
    arcs: list[tuple[str, str]],
) -> None:
    layers = layers_by_steps(["a"], arcs)
    better = with_fewer_crossings(layers, arcs)
    assert [sorted(layer) for layer in better] == [sorted(layer) for layer in layers]
    assert crossings(better, arcs) <= crossings(layers, arcs)


def test_two_crossed_arcs_are_uncrossed() -> None:
    arcs = [("s", "a"), ("s", "b"), ("a", "y"), ("b", "x")]
    crossed = [["s"], ["a", "b"], ["x", "y"]]
    assert crossings(crossed, arcs) == 1
    assert crossings(with_fewer_crossings(crossed, arcs), arcs) == 0


@given(ARCS)
def test_boxes_stand_inside_and_apart(arcs: list[tuple[str, str]]) -> None:
    picture = drawn(arcs)
    if picture is None:
        assert not [arc for arc in arcs if arc[0] == "a"]
        return
    for number, box in enumerate(picture.boxes):
        assert 0 <= box.x < box.right <= picture.width
        assert 0 <= box.y < box.y + BOX_HEIGHT <= picture.height
        for other in picture.boxes[:number]:
            apart = abs(box.x - other.x) >= BOX_WIDTH or abs(box.y - other.y) >= BOX_HEIGHT
            assert apart
    assert len({box.node.key for box in picture.boxes}) == len(picture.boxes)


@given(ARCS)
def test_equal_input_gives_an_equal_picture(arcs: list[tuple[str, str]]) -> None:
    assert drawn(arcs) == drawn(list(arcs))


@given(st.text(max_size=120), st.integers(4, 30), st.integers(1, 3))
def test_wrapped_text_fits(text: str, length: int, lines: int) -> None:
    found = wrapped(text, length, lines)
    assert 1 <= len(found) <= lines
    assert all(len(line) <= length for line in found)
    if " ".join(text.split()) != " ".join(found):
        assert "…" in found[-1] or any("…" in line for line in found)


def test_the_picture_is_named_and_its_boxes_are_links(client: PageClient) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen&to=Capability").text)
    (picture,) = [each for each in page.root.iter(f"{SVG}svg") if each.get("role") == "group"]
    title, description = list(picture)[:2]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text == "What does Michael Chen depend on?"
    boxes = {each.get("href"): each.get("class") for each in picture.iter(f"{SVG}a")}
    assert boxes["/doc/CustomerPersona/PERSONA-001"] == "source"
    ranked = [each.get("href") for each in page.root.iter() if each.tag.endswith("}a")]
    assert set(boxes) <= set(ranked)


def test_the_best_hits_are_in_the_picture(client: PageClient) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen&to=Capability").text)
    hits = [each.get("href") for each in page.root.iter(f"{SVG}a") if each.get("class") == "hit"]
    best = [link.get("href") for row in page.one("tbody") for link in [row[1][0]]][: len(hits)]
    assert len(hits) == 12
    assert set(hits) == set(best)
