"""The home page counts what is there, and its examples have answers."""

from __future__ import annotations

from orthogramic import Repository
from tests.web.html_page import HtmlPage, text_of
from tests.web.page_client import PageClient


def test_the_counts_are_those_of_the_repository(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/").text)
    statistics = reference.stats()
    shown = {
        text_of(item[0]): text_of(item[1])
        for each in page.all("ul", class_="counted")
        for item in each
        if len(item) == 2
    }
    for domain in statistics.domains:
        for each in domain.classes:
            assert shown[each.label] == str(each.entities)


def test_each_example_is_a_question_of_the_data_that_has_an_answer(client: PageClient) -> None:
    page = HtmlPage(client.get("/").text)
    (section,) = [
        each for each in page.all("section") if each.get("aria-labelledby") == "ask-heading"
    ]
    examples = [each.get("href") or "" for each in section.iter() if each.tag.endswith("}a")]
    assert len(examples) == 3
    for address in examples:
        assert HtmlPage(client.get(address).text, address).rows()


def test_a_count_leads_to_as_many_entities(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/").text)
    for domain in reference.stats().domains:
        listed = HtmlPage(client.get(page.link(domain.label)).text).main()
        assert f"{domain.entities} found" in listed
