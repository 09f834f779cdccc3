"""The pages of a domain that shares no word with ours."""

from __future__ import annotations

import pytest

from orthogramic import Repository
from tests.web.conftest import application
from tests.web.html_page import HtmlPage, text_of
from tests.web.page_client import PageClient


@pytest.fixture(scope="module")
def pages(toy: Repository) -> PageClient:
    """Return a client of the pages of the toy domain."""
    return PageClient(application(toy))


def test_the_home_page_speaks_its_words(pages: PageClient, toy: Repository) -> None:
    page = HtmlPage(pages.get("/").text)
    for domain in toy.stats().domains:
        assert page.link(domain.label)
        for each in domain.classes:
            assert page.link(each.label)


def test_every_entity_has_a_page_with_its_links_both_ways(
    pages: PageClient, toy: Repository
) -> None:
    entities = toy.entities().items
    assert entities
    for entity in entities:
        page = HtmlPage(pages.get(f"/doc/{entity.class_name}/{entity.key}").text)
        assert text_of(page.one("h1")) == entity.label
        view = toy.entity(entity.iri)
        for link in (*view.outgoing, *view.incoming):
            assert f"/doc/{link.entity.class_name}/{link.entity.key}" in page.addresses()


def test_every_question_has_its_answer(pages: PageClient, toy: Repository) -> None:
    for entity in toy.entities().items:
        page = HtmlPage(pages.get("/ask", params={"source": entity.iri}).text)
        hits = toy.dependencies(entity.iri).hits
        assert [row[2] for row in page.rows()] == [f"{hit.score:.3f}" for hit in hits]


def test_its_queries_and_its_metamodel_have_pages(pages: PageClient, toy: Repository) -> None:
    for query in toy.queries():
        assert text_of(HtmlPage(pages.get(f"/queries/{query.name}").text).one("h1"))
    for term in toy.metamodel.entity_classes():
        page = HtmlPage(pages.get(f"/metamodel/{term.name}").text)
        assert text_of(page.one("h1")) == term.label


def test_no_page_speaks_words_of_ours(
    pages: PageClient, toy: Repository, reference: Repository
) -> None:
    theirs = {each.label for each in toy.metamodel.classes.values()}
    ours = {each.label for each in reference.metamodel.classes.values()} - theirs
    for address in ("/", "/entities", "/ask", "/metamodel", "/profile", "/queries"):
        text = HtmlPage(pages.get(address).text).main()
        assert not [label for label in ours if label in text]
