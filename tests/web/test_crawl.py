"""Every link that a page of the whole application offers leads somewhere."""

from __future__ import annotations

from collections import deque

import pytest

from orthogramic import Repository
from orthogramic.application import create_application
from tests.web.html_page import HtmlPage
from tests.web.page_client import PageClient


@pytest.fixture(scope="module")
def crawled(reference: Repository) -> dict[str, HtmlPage]:
    """Return every page that can be reached from the home page; whatever else must answer 200."""
    client = PageClient(create_application(reference))
    pages: dict[str, HtmlPage] = {}
    seen = {"/"}
    waiting = deque(seen)
    while waiting:
        address = waiting.popleft()
        response = client.get(address, accept="text/html,*/*;q=0.5")
        assert response.status_code == 200, address
        if "Content-Security-Policy" not in response.headers or "csv" in address:
            continue
        pages[address] = HtmlPage(response.text, address)
        found = {each for each in pages[address].addresses() if each.startswith("/")} - seen
        seen |= found
        waiting += sorted(found)
    return pages


def test_every_entity_has_a_page(crawled: dict[str, HtmlPage], reference: Repository) -> None:
    for each in reference.entities(limit=1000).items:
        assert f"/doc/{each.class_name}/{each.key}" in crawled


def test_every_class_has_a_page(crawled: dict[str, HtmlPage], reference: Repository) -> None:
    for term in reference.metamodel.entity_classes():
        assert f"/metamodel/{term.name}" in crawled


def test_every_saved_query_has_a_page(crawled: dict[str, HtmlPage], reference: Repository) -> None:
    for query in reference.queries():
        assert f"/queries/{query.name}" in crawled
