"""The failure page says in words, numbers and colours what the repository answers."""

from __future__ import annotations

import csv
import io

import pytest

from orthogramic import Repository
from tests.web.conftest import application
from tests.web.html_page import SVG, HtmlPage, text_of
from tests.web.page_client import PageClient


@pytest.fixture(scope="module")
def toy_pages(toy: Repository) -> PageClient:
    """Return a client of the pages of the toy domain."""
    return PageClient(application(toy))


@pytest.fixture(scope="module")
def page(toy_pages: PageClient) -> HtmlPage:
    """Return what becomes of the toy domain without one of its meadows."""
    return HtmlPage(toy_pages.get("/failure?remove=Hill").text)


def test_the_table_tells_state_and_reason(page: HtmlPage) -> None:
    assert text_of(page.one("h1")) == "What is lost if Hill fails?"
    states = [(row[0], row[1].split("  ")[0]) for row in page.rows()[:4]]
    assert [state for state, _ in states] == [
        "lost", "lost", "perhaps degraded", "perhaps degraded",
    ]  # fmt: skip
    said = page.main()
    assert "Young Willow is lost: it forages at Hill, which is removed; both are needed." in said
    assert "Ada is lost: it minds Young Willow, which is lost; both are needed." in said
    assert "2 lost, 0 degraded and 2 perhaps degraded." in said
    assert "would have coloured 4 alike." in said


def test_the_picture_repeats_the_states(page: HtmlPage) -> None:
    roles = {text_of(each).split("  ")[0]: each.get("class") for each in page.root.iter(f"{SVG}a")}
    found = {name.split()[0]: role for name, role in roles.items()}
    assert found == {
        "Hill": "removed", "Young": "lost", "Ada": "lost", "Brook": "perhaps", "Old": "perhaps",
    }  # fmt: skip


def test_a_number_leads_to_the_dependents_behind_it(page: HtmlPage, toy_pages: PageClient) -> None:
    lost = HtmlPage(toy_pages.get(page.link("2 lost")).text)
    assert {row[0] for row in lost.rows() if len(row) == 4} == {"lost"}


def test_what_is_left_in_the_stead_of_something_lost_is_drawn(enterprise: Repository) -> None:
    pages = PageClient(application(enterprise))
    answer = HtmlPage(pages.get("/failure?remove=Truefold+Screening&certain=true").text)
    texts = [text_of(each) for each in answer.root.iter(f"{SVG}a")]
    assert any("Second Look Screening" in each and each.endswith("left") for each in texts)


def test_the_rows_are_those_of_the_answer(toy_pages: PageClient, toy: Repository) -> None:
    found = list(csv.DictReader(io.StringIO(toy_pages.get("/failure.csv?remove=Hill").text)))
    assert [(each["label"], each["reason"]) for each in found] == [
        (each.entity.label, each.sentence) for each in toy.failure("Hill").hits
    ]


def test_a_misspelt_name_leads_to_near_ones(toy_pages: PageClient) -> None:
    response = toy_pages.get("/failure?remove=Hil")
    assert response.status_code == 404
    offered = HtmlPage(response.text).link("Hill")
    assert toy_pages.get(offered).status_code == 200
