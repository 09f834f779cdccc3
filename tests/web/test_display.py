"""The display hint of a saved query is followed where the answer fits, and else it is said why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import orthogramic
from orthogramic import Repository
from tests.conftest import TOY
from tests.web.conftest import application
from tests.web.html_page import HTML, HtmlPage, text_of
from tests.web.page_client import PageClient

PREFIXES = """
PREFIX bee: <https://bees.example/terms#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
HIVES = """
  ?hive a bee:Hive ; rdfs:label ?hiveLabel .
  ?meadow a bee:Meadow ; rdfs:label ?meadowLabel .
"""
#: By name: display hint and query. ``honey`` is the number within.
QUERIES = {
    "honey-by-meadow": (
        "matrix",
        "SELECT ?hive ?hiveLabel ?meadow ?meadowLabel ?rank ?honey WHERE {" + HIVES + """
  VALUES (?hiveLabel ?meadowLabel ?honey) {
    ("Old Willow" "Hill" 4) ("Young Willow" "Brook" 10) ("Old Willow" "Brook" 0)
    ("Young Willow" "Hill" UNDEF)
  }
  BIND(1 AS ?rank)
} ORDER BY DESC(?hiveLabel) ?meadowLabel""",
    ),
    "honey-twice": (
        "matrix",
        "SELECT ?hive ?hiveLabel ?meadow ?meadowLabel ?honey WHERE {" + HIVES + """
  VALUES (?hiveLabel ?meadowLabel ?honey) { ("Lonely" "Hill" 4) ("Lonely" "Hill" 5) }
} ORDER BY ?honey""",
    ),
    "honey-without-number": (
        "matrix",
        "SELECT ?hive ?hiveLabel ?meadow ?meadowLabel ?word WHERE {" + HIVES + """
  BIND("much" AS ?word) } ORDER BY ?hiveLabel ?meadowLabel""",
    ),
    "honey-of-nobody": (
        "matrix",
        """SELECT ?hive ?word ?honey WHERE {
  ?hive a bee:Hive . BIND("much" AS ?word) BIND(3 AS ?honey) } ORDER BY ?hive""",
    ),
    "nothing-at-all": (
        "matrix",
        "SELECT ?hive ?meadow ?honey WHERE { ?hive bee:foragesAt ?meadow ; bee:none ?honey }",
    ),
    "bars-without-number": (
        "bars",
        "SELECT ?hive ?hiveLabel ?word WHERE {" + HIVES + 'BIND("much" AS ?word) }',
    ),
    "bars-with-number": (
        "bars",
        "SELECT ?hive ?hiveLabel ?honey WHERE { ?hive a bee:Hive ; rdfs:label ?hiveLabel "
        "BIND(3 AS ?honey) }",
    ),
}  # fmt: skip
Shown = Callable[[str], HtmlPage]


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    """Return the toy domain with some more queries."""
    more = tmp_path_factory.mktemp("bundle")
    for folder in ("ontology", "queries"):
        (more / folder).mkdir()
    for name, (display, text) in QUERIES.items():
        header = f"#+ summary: How much honey, {name}?\n#+ display: {display}\n"
        write(more / "queries" / f"{name}.rq", header + PREFIXES + text)
    with orthogramic.open_memory(bundle=[TOY, more]) as repository:
        repository.load([TOY / "data"])
        yield repository


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


@pytest.fixture
def shown(keeper: Repository) -> Shown:
    """Return what shows the page of a query."""
    client = PageClient(application(keeper))

    def page(name: str) -> HtmlPage:
        response = client.get(f"/queries/{name}")
        assert response.status_code == 200
        return HtmlPage(response.text)

    return page


def test_a_matrix_stands_in_the_order_of_the_answer(shown: Shown) -> None:
    page = shown("honey-by-meadow")
    assert page.one("table").get("class") == "heat"
    heads = [text_of(each) for each in page.all("th", scope="col")]
    assert heads == ["Brook", "Hill", "Filled"]
    # The last column of numbers stands within, and 0 is a value.
    assert page.rows() == [["Young Willow", "10", "–", "2"], ["Old Willow", "0", "4", "2"]]
    assert text_of(page.one("caption")) == "Hive × Meadow: Honey"
    shades = {text_of(each): each.get("class") for each in page.one("tbody").iter(f"{HTML}td")}
    assert (shades["10"], shades["4"], shades["0"]) == ("level-5", "level-2", "level-1")
    assert {"/doc/Meadow/hill", "/doc/Hive/H-1"} <= page.addresses()
    assert not page.all("p", role="note")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "honey-twice",
            "Shown as a table and not as a matrix: there are two values for Lonely and Hill.",
        ),
        (
            "honey-without-number",
            "Shown as a table and not as a matrix: no column holds only numbers.",
        ),
        (
            "honey-of-nobody",
            "Shown as a table and not as a matrix: "
            "it needs two columns of things, one for each side.",
        ),
        ("bars-without-number", "Shown without bars: no column holds only numbers."),
    ],
)
def test_a_hint_that_does_not_fit_gives_the_table_and_the_reason(
    shown: Shown, name: str, reason: str
) -> None:
    page = shown(name)
    assert text_of(page.one("p", role="note")) == reason
    assert page.rows()
    assert page.one("table").get("class") is None


def test_a_matrix_that_is_too_large_is_a_table(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orthogramic.web.views.display.MOST_CELLS", 3)
    page = shown("honey-by-meadow")
    assert "more than 3 cells" in text_of(page.one("p", role="note"))


def test_bars_that_fit_need_no_remark(shown: Shown) -> None:
    assert not shown("bars-with-number").all("p", role="note")


def test_an_empty_answer_is_an_empty_table(shown: Shown) -> None:
    page = shown("nothing-at-all")
    assert "No rows" in page.main()
    assert not page.all("p", role="note")
