"""Every link that a page of the whole application offers leads somewhere."""

from __future__ import annotations

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest

from orthogramic import Repository
from orthogramic.application import create_application
from tests.web.page_client import PageClient

#: Addresses that differ only in their parameters, and what tells their kinds apart.
ALIKE = re.compile(
    r"/(api/v1/[a-z-]+|sparql|(?:ask|failure)(?:\.csv)?(?=\?)|(?:gaps|matrix|paths|results|weak-spots)(?=\?)|doc/.*(\.[a-z]+)$)"
)
ENOUGH = 8


class Addresses(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self, text: str, base: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._base = base
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag in {"a", "link"} and href:
            self.found.add(urldefrag(urljoin(self._base, href)).url)


def worth_reading(address: str, kinds: Counter[str]) -> bool:
    """Tell whether an address stands for itself, or is one of the first of its kind."""
    found = ALIKE.match(address)
    if found is None:
        return True
    kind = "".join(part or "" for part in found.groups())
    kinds[kind] += 1
    return kinds[kind] <= ENOUGH


@pytest.fixture(scope="module")
def crawled(reference: Repository) -> set[str]:
    """Return every page that can be reached from the home page.

    Of downloads, of the interface for programs and of questions there are more of the same kind
    than is worth reading: some of each kind have to do. All that is read must answer 200.
    """
    client = PageClient(create_application(reference))
    pages: set[str] = set()
    seen = {"/"}
    kinds: Counter[str] = Counter()
    waiting = deque(seen)
    while waiting:
        address = waiting.popleft()
        response = client.get(address, accept="text/html,*/*;q=0.5")
        assert response.status_code == 200, address
        if response.headers["content-type"].startswith("text/html"):
            pages.add(address)
            links = Addresses(response.text, address).found
            found = {each for each in links if each.startswith("/")} - seen
            seen |= found
            waiting += [each for each in sorted(found) if worth_reading(each, kinds)]
    return pages


def test_every_entity_has_a_page(crawled: set[str], reference: Repository) -> None:
    for each in reference.entities(limit=1000).items:
        assert f"/doc/{each.class_name}/{each.key}" in crawled


def test_every_class_has_a_page(crawled: set[str], reference: Repository) -> None:
    for term in reference.metamodel.entity_classes():
        assert f"/metamodel/{term.name}" in crawled


def test_every_saved_query_has_a_page(crawled: set[str], reference: Repository) -> None:
    for query in reference.queries():
        assert f"/queries/{query.name}" in crawled
