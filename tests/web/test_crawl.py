"""Every link that a page offers leads somewhere."""

from __future__ import annotations

from collections import deque

from orthogramic import Repository
from tests.web.html_page import HtmlPage
from tests.web.page_client import PageClient

#: Addresses of other rooms: for programs, not made by the pages.
ELSEWHERE = ("/api/", "/sparql", "/docs", "/openapi.json")


def crawled(client: PageClient) -> dict[str, HtmlPage]:
    """Return every page that can be reached from the home page."""
    pages: dict[str, HtmlPage] = {}
    waiting = deque(["/"])
    while waiting:
        address = waiting.popleft()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        pages[address] = HtmlPage(response.text, address)
        waiting += sorted(
            each
            for each in pages[address].addresses()
            if each.startswith("/") and not each.startswith(ELSEWHERE) and "format=" not in each
        )
    return pages


def test_every_link_leads_to_a_page_and_every_entity_and_class_has_one(
    client: PageClient, reference: Repository
) -> None:
    pages = crawled(client)
    for each in reference.entities(limit=1000).items:
        assert f"/doc/{each.class_name}/{each.key}" in pages
    for term in reference.metamodel.entity_classes():
        assert f"/metamodel/{term.name}" in pages
    for query in reference.queries():
        assert f"/queries/{query.name}" in pages
