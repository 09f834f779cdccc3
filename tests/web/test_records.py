"""Sources and history."""

from __future__ import annotations

from orthogramic import Repository
from orthogramic.web import WebSettings
from tests.web.conftest import Serve, application
from tests.web.html_page import HtmlPage, text_of
from tests.web.page_client import PageClient


def test_every_source_is_shown_and_invented_ones_are_marked(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get("/sources").text)
    graphs = reference.graphs()
    text = page.main()
    assert all(each.iri in text and each.label in text for each in graphs)
    marked = page.all("span", class_="badge illustrative")
    assert len(marked) == sum(each.illustrative for each in graphs) > 0


def test_the_history_names_each_commit_with_its_reason(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get("/history").text)
    (record,) = reference.history().items
    (row,) = page.rows()
    assert row[0] == str(record.number)
    assert row[3] == record.message
    assert row[4] == f"{record.added:,}"


def test_a_commit_shows_its_statements(serve: Serve) -> None:
    pages = serve(
        """
        @prefix orth: <https://orthogramic.com/metamodel#> .
        <https://data.orthogramic.com/id/Product/p> a orth:Product ; orth:title "Pearl" .
        """
    )
    page = HtmlPage(pages.get("/history/1").text)
    assert {row[2] for row in page.rows()} >= {"Pearl"}
    assert "2 added, 0 removed" in page.main()


def test_statements_are_shown_by_label_and_source(
    client: PageClient, reference: Repository
) -> None:
    rows = HtmlPage(client.get("/history/1").text).rows()
    labels = {each.label for each in reference.graphs()}
    assert {row[3] for row in rows} & labels
    assert "Account Opening" in {row[0] for row in rows}
    assert not [row for row in rows if row[0].startswith(reference.base_iri)]


def test_a_long_commit_is_cut(reference: Repository) -> None:
    client = PageClient(application(reference, WebSettings(query_rows=5)))
    page = HtmlPage(client.get("/history/1").text)
    assert len(page.rows()) == 5


def test_the_snapshot_of_every_page_is_the_last_commit(
    client: PageClient, reference: Repository
) -> None:
    footer = HtmlPage(client.get("/").text).one("footer")
    assert f"Snapshot {reference.snapshot}" in text_of(footer)


def test_the_home_page_follows_a_commit(serve: Serve) -> None:
    pages = serve()
    assert "Nothing has been loaded" in HtmlPage(pages.get("/").text).main()
    repository = pages.app.state.pages.repository
    repository.load_bytes(
        b"""
        @prefix orth: <https://orthogramic.com/metamodel#> .
        <https://data.orthogramic.com/id/Product/p> a orth:Product ; orth:title "Pearl" .
        """,
        syntax="turtle",
        gate=False,
    )
    assert "/entities?class=Product" in HtmlPage(pages.get("/").text).addresses()
