"""What the shapes say, as pages: the results that stand, filtered, grouped and paged."""

from __future__ import annotations

import pytest

from orthogramic import Repository
from orthogramic.web import WebSettings
from tests.web.conftest import Serve, application
from tests.web.html_page import HTML, HtmlPage, text_of
from tests.web.page_client import PageClient

PERSONA = """
@prefix orth: <https://orthogramic.com/metamodel#> .
@prefix persona: <https://data.orthogramic.com/id/CustomerPersona/> .
persona:P-1 a orth:CustomerPersona ; orth:title "Pat" ; orth:hasDemographics
    <https://data.orthogramic.com/id/CustomerPersona/P-1/facts> .
<https://data.orthogramic.com/id/CustomerPersona/P-1/facts> a orth:PersonaDemographics ;
    orth:ageRange 12 .
<https://data.orthogramic.com/id/Capability/c> a orth:Capability ; orth:title "Tea <b>" .
"""


def results(page: HtmlPage) -> list[list[str]]:
    """Return the rows of the table of results: severity, what is said, expected, mend."""
    (table,) = page.all("table", class_="grouped")
    return [
        [text_of(cell) for cell in row if cell.tag == f"{HTML}td"]
        for row in table.iter(f"{HTML}tr")
        if row.find(f"{HTML}td") is not None
    ]


def groups(page: HtmlPage) -> list[str]:
    """Return what the groups of results are about."""
    return [text_of(each) for each in page.all("th", scope="rowgroup")]


def test_every_result_is_told_in_the_order_of_the_repository(reference: Repository) -> None:
    client = PageClient(application(reference, WebSettings(page_size=1000)))
    page = HtmlPage(client.get("/results").text)
    standing = reference.results(limit=1000)
    assert len(results(page)) == standing.total > 0
    for row, result in zip(results(page), standing.report.results, strict=True):
        assert result.message in row[1]
        assert result.expected in row[2]
        assert result.found in row[2]
        assert row[3] == result.mend


def test_the_counts_are_links_to_their_results(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/results").text)
    for name, plural in (("violation", "violations"), ("warning", "warnings"), ("info", "notes")):
        count = reference.results().counts[name]
        address = page.link(f"{count} {plural}")
        assert address == f"/results?severity={name}"
        shown = HtmlPage(client.get(address).text).main()
        assert f"{count} found" in shown or not count


def test_the_pages_of_the_list_hold_every_result_once(reference: Repository) -> None:
    client = PageClient(application(reference, WebSettings(page_size=2)))
    address: str | None = "/results?severity=warning"
    seen: list[str] = []
    while address:
        page = HtmlPage(client.get(address).text)
        seen += [row[1] for row in results(page)]
        address = next((each.get("href") for each in page.all("a", rel="next")), None)
    assert len(seen) == reference.results().counts["warning"]


def test_results_of_a_part_stand_with_its_entity(serve: Serve) -> None:
    pages = serve(PERSONA)
    page = HtmlPage(pages.get("/results?severity=violation").text)
    assert any(each.startswith("Pat") for each in groups(page))
    assert page.link("Pat") == "/doc/CustomerPersona/P-1"
    told = [row[1] for row in results(page)]
    assert any("of Pat" in each for each in told)
    panel = HtmlPage(pages.get("/doc/CustomerPersona/P-1").text).main()
    assert "of Pat" in panel


def test_a_class_narrows_the_list(serve: Serve) -> None:
    pages = serve(PERSONA)
    page = HtmlPage(pages.get("/results?class=Capability").text)
    assert {each.partition(" Capability")[0] for each in groups(page)} == {"Tea <b>"}
    both = HtmlPage(pages.get("/results?class=Capability&entity=CustomerPersona/P-1").text)
    assert "Nothing of that kind was found." in both.main()
    assert page.submitted("Filter").startswith("/results?")


def test_what_is_said_often_comes_first(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/results").text)
    (first, *_) = reference.results().kinds
    (listed,) = [each for each in page.all("details") if "several things" in text_of(each)]
    row = next(each for each in listed.iter(f"{HTML}tr") if each.find(f"{HTML}td") is not None)
    assert [text_of(cell) for cell in row][::2] == [str(first.things), first.example.message]
    assert first.things == sum(
        each.message == first.example.message
        for each in reference.results(limit=1000).report.results
    )


def test_nothing_to_mend(serve: Serve) -> None:
    page = HtmlPage(serve().get("/results").text)
    assert "Nothing to mend." in page.main()
    assert not page.all("table")


@pytest.mark.parametrize("address", ["/results", "/"])
def test_it_is_linked_where_people_look(client: PageClient, address: str) -> None:
    page = HtmlPage(client.get(address).text)
    assert page.link("Checks") == "/results"
