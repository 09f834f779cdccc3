"""Lists and their pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orthogramic import Repository
from orthogramic.web import WebSettings
from orthogramic.web.views.paging import Pager
from tests.web.conftest import application
from tests.web.html_page import HtmlPage, text_of
from tests.web.page_client import PageClient


@given(total=st.integers(0, 200), limit=st.integers(1, 30))
def test_following_next_shows_every_row_once(total: int, limit: int) -> None:
    offset: int | None = 0
    seen: list[int] = []
    while offset is not None:
        shown = min(limit, total - offset)
        pager = pager_at(offset, shown, total, limit)
        seen += range(pager.first, pager.last + 1) if shown else []
        offset = int(pager.next) if pager.next else None
    assert seen == list(range(1, total + 1))


@given(total=st.integers(1, 200), limit=st.integers(1, 30), data=st.data())
def test_previous_leads_back_and_never_before_the_start(
    total: int, limit: int, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, total - 1))
    pager = pager_at(offset, min(limit, total - offset), total, limit)
    assert (pager.previous is None) == (offset == 0)
    assert pager.previous is None or 0 <= int(pager.previous) < offset


def pager_at(offset: int, shown: int, total: int, limit: int) -> Pager:
    """Return a pager whose addresses are bare offsets."""
    return Pager.of(offset=offset, shown=shown, total=total, limit=limit, address=str)


def test_walking_the_list_meets_every_entity_once(reference: Repository) -> None:
    client = PageClient(application(reference, WebSettings(page_size=7)))
    address: str | None = "/entities"
    met: list[str] = []
    while address:
        page = HtmlPage(client.get(address).text, address)
        met += [row[2] + "|" + row[0] for row in page.rows()]
        following = page.all("a", rel="next")
        address = following[0].get("href") if following else None
    known = reference.entities(limit=1000).items
    assert sorted(met) == sorted(f"{each.key}|{each.label}" for each in known)


def test_the_filter_keeps_its_choice_and_its_paging(reference: Repository) -> None:
    client = PageClient(application(reference, WebSettings(page_size=5)))
    page = HtmlPage(client.get("/entities").text)
    page = HtmlPage(client.get(page.submitted("Filter") + "&class=Capability").text)
    following = page.one("a", rel="next").get("href")
    assert following == "/entities?class=Capability&offset=5"
    second = HtmlPage(client.get(following).text)
    assert {row[1] for row in second.rows()} == {"Capability"}
    assert second.one("option", selected="", value="Capability") is not None


def test_search_finds_words_and_says_how_many(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/search?q=profiling").text)
    total = reference.search("profiling").total
    assert total > 0
    assert f"{total} found" in page.main()
    assert page.link("Client Profiling") == "/doc/Capability/client-profiling"


def test_the_words_that_were_found_are_marked(client: PageClient) -> None:
    page = HtmlPage(client.get("/search?q=profiling").text)
    marked = {text_of(each).casefold() for each in page.all("mark")}
    assert marked == {"profiling"}
    assert "[profiling]" not in page.main().casefold()


def test_a_search_within_a_class(client: PageClient) -> None:
    page = HtmlPage(client.get("/search?q=client&class=Capability").text)
    kinds = {"".join(each.itertext()) for each in page.all("span", class_="badge kind")}
    assert kinds == {"Capability"}
