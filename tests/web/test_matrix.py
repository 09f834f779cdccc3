"""The matrix page is the repository's matrix, and each of its numbers leads to its reasons."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from orthogramic import Repository
from orthogramic.web import WebSettings
from tests.web.conftest import Serve, application
from tests.web.html_page import HTML, HtmlPage, text_of
from tests.web.page_client import PageClient

ASKED = "/matrix?rows=CustomerPersona&columns=Capability"


@pytest.fixture(scope="module")
def page(toy_pages: PageClient) -> HtmlPage:
    """Return a matrix of the toy domain."""
    return HtmlPage(toy_pages.get("/matrix?rows=Hive&columns=Meadow").text)


@pytest.fixture(scope="module")
def toy_pages(toy: Repository) -> PageClient:
    """Return a client of the pages of the toy domain."""
    return PageClient(application(toy))


def test_the_table_prints_every_number_and_the_totals(page: HtmlPage) -> None:
    assert page.rows() == [
        ["Lonely", "", "", "0", "0.00"],
        ["Old Willow", "1.00", "0.25", "2", "1.25"],
        ["Young Willow", "1.00", "1.00", "2", "2.00"],
    ]
    below = [[text_of(cell) for cell in row] for row in page.one("tfoot")]
    assert below == [["Filled", "2", "2", "4", ""], ["Sum", "2.00", "1.25", "", "3.25"]]
    assert "4 of 6 cells are filled; their sum is 3.25." in page.main()


def test_rows_and_columns_are_named_for_those_who_cannot_see(page: HtmlPage) -> None:
    assert [text_of(each) for each in page.all("th", scope="col")] == [
        "Brook", "Hill", "Filled", "Sum",
    ]  # fmt: skip
    heads = [text_of(each) for each in page.one("tbody").iter(f"{HTML}th")]
    assert heads == ["Lonely", "Old Willow", "Young Willow"]
    assert all(each.get("scope") for each in page.all("th"))
    assert text_of(page.one("caption")).startswith("Hive × Meadow")


def test_the_shade_repeats_the_number(page: HtmlPage) -> None:
    shades = {
        text_of(each): each.get("class")
        for each in page.one("tbody").iter(f"{HTML}td")
        if (each.get("class") or "").startswith("level")
    }
    assert shades == {"1.00": "level-5", "0.25": "level-2"}
    legend = page.one("p", class_="legend")
    assert text_of(legend) == "0–0.2 0.2–0.4 0.4–0.6 0.6–0.8 0.8–1"


def test_a_number_leads_to_the_paths_behind_it(page: HtmlPage, toy_pages: PageClient) -> None:
    reasons = HtmlPage(toy_pages.get(page.link("0.25")).text)
    assert text_of(reasons.one("h1")) == "How Old Willow depends on Hill"
    assert "Old Willow forages at Brook, which borders Hill" in reasons.main()
    assert "weight 0.25, possible" in reasons.main()


def test_the_paths_behind_a_number_of_paths_keep_its_bounds(toy_pages: PageClient) -> None:
    asked = "/matrix?rows=Keeper&columns=Meadow&cell=paths&via=minds&via=foragesAt"
    address = HtmlPage(toy_pages.get(asked).text).link("2")
    question = parse_qs(urlsplit(address).query)
    assert question["max_hops"] == ["4"]
    assert question["via"] == ["minds", "foragesAt"]
    reasons = HtmlPage(toy_pages.get(address).text)
    assert len(reasons.all("h2")) == 2
    assert text_of(reasons.one("p", role="status")) == "The best 2 paths, the strongest first."


def test_two_ends_that_are_not_connected(toy_pages: PageClient) -> None:
    text = HtmlPage(toy_pages.get("/paths?source=Hill&target=Ada").text).main()
    assert "No path leads there" in text


def test_the_reference_data_is_that_of_the_repository(
    client: PageClient, reference: Repository
) -> None:
    answer = reference.matrix("CustomerPersona", "Capability", limit=50, column_limit=60)
    rows = HtmlPage(client.get(ASKED).text).rows()
    assert [row[0] for row in rows] == [each.label for each in answer.rows]
    filled = sum(1 for row in rows for text in row[1:-2] if text)
    assert filled == len(answer.cells) > 0


def test_the_matrix_can_be_asked_without_script(toy_pages: PageClient) -> None:
    form = HtmlPage(toy_pages.get("/matrix").text)
    assert not form.all("table")
    sent = form.submitted("The matrix", rows="Hive", columns="Meadow", cell="paths")
    page = HtmlPage(toy_pages.get(sent).text)
    assert page.rows()[1][:3] == ["Old Willow", "1", "1"]
    chosen = [each.get("value") for each in page.all("option") if each.get("selected") is not None]
    assert chosen == ["Hive", "Meadow", "paths", "label", "nectar"]
    assert "Paths of at most 4 steps are counted." in page.main()


def test_what_was_asked_stays_in_the_form_and_in_the_permalink(toy_pages: PageClient) -> None:
    asked = (
        "/matrix?rows=Meadow&columns=Hive&row=Hill&direction=impact&max_hops=3&min_score=0.2"
        "&via=foragesAt&hide_empty=true&sort=total"
    )
    page = HtmlPage(toy_pages.get(asked).text)
    again = HtmlPage(toy_pages.get(page.link("Permalink")).text)
    assert again.rows() == page.rows() == [["Hill", "1.00", "1", "1.00"]]
    sent = page.submitted("The matrix")
    assert HtmlPage(toy_pages.get(sent).text).rows() == page.rows()
    assert "Hidden because empty: 0 rows, 2 columns." in page.main()
    assert "Only the rows Hill." in page.main()
    assert len(HtmlPage(toy_pages.get(page.link("All of them")).text).rows()) == 2


def test_turned_over_it_holds_the_same_numbers(page: HtmlPage, toy_pages: PageClient) -> None:
    turned = HtmlPage(toy_pages.get(page.link("Rows and columns changed over")).text)
    there = [row[1:-2] for row in page.rows()]
    assert [row[1:-2] for row in turned.rows()] == [
        list(column) for column in zip(*there, strict=True)
    ]


def test_downloads_take_the_whole_matrix_along(toy: Repository) -> None:
    small = PageClient(application(toy, WebSettings(page_size=1, matrix_columns=1)))
    page = HtmlPage(small.get("/matrix?rows=Hive&columns=Meadow&sort=total").text)
    for label in ("CSV", "JSON", "SVG"):
        address = urlsplit(page.link(label))
        assert address.path == "/api/v1/matrix"
        assert parse_qs(address.query) == {
            "rows": ["Hive"], "columns": ["Meadow"], "direction": ["dependencies"],
            "sort": ["total"], "limit": ["10000"], "column_limit": ["10000"],
            "format": [label.lower()],
        }  # fmt: skip


def test_both_sides_are_paged(toy: Repository) -> None:
    small = PageClient(application(toy, WebSettings(page_size=2, matrix_columns=1)))
    page = HtmlPage(small.get("/matrix?rows=Hive&columns=Meadow").text)
    assert [text_of(each) for each in page.all("nav", class_="pager")] == [
        "Rows 1–2 of 3 Next", "Columns 1–1 of 2 Next",
    ]  # fmt: skip
    rows, columns = (
        next(each for each in nav.iter(f"{HTML}a")) for nav in page.all("nav", class_="pager")
    )
    down = HtmlPage(small.get(rows.get("href") or "").text)
    assert down.rows() == [["Young Willow", "1.00", "2", "2.00"]]
    across = HtmlPage(small.get(columns.get("href") or "").text)
    assert [row[1] for row in across.rows()] == ["", "0.25"]


def test_a_class_without_instances_is_said_in_a_sentence(serve: Serve) -> None:
    page = HtmlPage(serve().get(ASKED).text)
    assert not page.all("table")
    assert "There are no rows: nothing here is of the class" in page.main()


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("rows=Hyve&columns=Meadow", 404, "Did you mean Hive"),
        ("rows=Hive&columns=Meadow&row=Old+Wilow", 404, "Old Willow"),
        ("rows=Hive&columns=Meadow&cell=colour", 404, "No measure is called"),
        ("rows=Hive&columns=Meadow&max_hops=0", 400, "max_hops"),
        ("rows=Hive&columns=Meadow&max_hops=9&cell=paths", 400, "from 1 to 8"),
        ("rows=Hive&columns=Meadow&offset=-1", 400, "offset"),
        ("rows=Hive&columns=Meadow&column_offset=x", 400, "column_offset"),
        ("rows=Hive&columns=Meadow&profile=none", 404, "none"),
    ],
)
def test_a_bad_question_is_explained_beside_the_form(
    toy_pages: PageClient, query: str, status: int, words: str
) -> None:
    response = toy_pages.get(f"/matrix?{query}")
    assert response.status_code == status
    page = HtmlPage(response.text)
    assert words in text_of(page.one("section", role="alert"))
    page.one("form", aria_label="The matrix")


def test_a_near_name_asks_the_same_matrix(toy_pages: PageClient) -> None:
    page = HtmlPage(toy_pages.get("/matrix?rows=Hive&columns=Meadow&row=Old+Wilow").text)
    again = HtmlPage(toy_pages.get(page.link("Old Willow")).text)
    assert [row[0] for row in again.rows()] == ["Old Willow"]


def test_a_value_that_cannot_be_read_leaves_the_sides_in_the_form(toy_pages: PageClient) -> None:
    page = HtmlPage(toy_pages.get("/matrix?rows=Hive&columns=Meadow&max_hops=0").text)
    again = HtmlPage(toy_pages.get(page.submitted("The matrix", max_hops="2")).text)
    assert [row[0] for row in again.rows()] == ["Lonely", "Old Willow", "Young Willow"]
