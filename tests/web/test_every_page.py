"""What holds of every page, whatever it shows."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from orthogramic import Repository
from tests.web.conftest import Serve, application
from tests.web.html_page import HTML, HtmlPage, text_of
from tests.web.page_client import PageClient

PAGES = {
    "/": 200,
    "/entities": 200,
    "/entities?class=Capability&offset=10": 200,
    "/entities?class=Capabilty": 404,
    "/search": 200,
    "/search?q=client": 200,
    "/search?q=zzzz": 200,
    "/ask": 200,
    "/ask?source=Michael+Chen&to=Capability&paths=3": 200,
    "/ask?direction=impact&source=Client+Profiling": 200,
    "/ask?source=Micheal+Chen": 404,
    "/ask?source=Michael+Chen&max_hops=many": 400,
    "/failure": 200,
    "/failure?remove=Client+Profiling": 200,
    "/failure?remove=Client+Profiling&degrade=Tax+Planning&to=CustomerPersona&certain=true": 200,
    "/failure?remove=Client+Profiling&state=untouched": 200,
    "/failure?remove=Client+Profilin": 404,
    "/failure?remove=Client+Profiling&state=gone": 400,
    "/weak-spots": 200,
    "/weak-spots?kind=dominators&source=Michael+Chen&target=class:Capability": 200,
    "/weak-spots?kind=cut&source=Michael+Chen&target=Client+Profiling": 200,
    "/weak-spots?kind=cycles": 200,
    "/weak-spots?kind=pagerank&class=Capability": 200,
    "/weak-spots?kind=cut&source=Micheal+Chen&target=Client+Profiling": 404,
    "/weak-spots?kind=mood": 400,
    "/gaps": 200,
    "/gaps?class=Capability&severity=info&cutting=true": 200,
    "/gaps?class=Capabilty": 404,
    "/gaps?severity=grave": 400,
    "/rankings": 200,
    "/rankings/investment": 200,
    "/rankings/need?dependent=Michael+Chen&min_score=0.5": 200,
    "/rankings/need?min_score=2": 400,
    "/rankings/ned": 404,
    "/matrix": 200,
    "/matrix?rows=CustomerPersona&columns=Capability": 200,
    "/matrix?rows=CustomerPersona&columns=Capability&cell=paths&hide_empty=true": 200,
    "/matrix?rows=CustomerPersona&columns=Capabilty": 404,
    "/matrix?rows=CustomerPersona&columns=Capability&max_hops=many": 400,
    "/paths?source=Michael+Chen&target=Client+Profiling": 200,
    "/paths?source=Client+Profiling&target=Michael+Chen": 200,
    "/paths?source=Michael+Chen": 400,
    "/paths?source=Michael+Chen&target=Nobody": 404,
    "/what-if": 200,
    "/what-if?changes=retire+Client+Profiling&query=ownership-gaps": 200,
    "/what-if?changes=retire+Client+Profiling&against=retire+Tax+Planning&fail=Tax+Planning": 200,
    "/what-if?changes=retire+Client+Profilling": 404,
    "/what-if?changes=dance": 400,
    "/what-if?changes=retire+Tax+Planning&direction=up": 400,
    "/queries": 200,
    "/queries/persona-to-capability": 200,
    "/queries/persona-to-capability?persona=Michael+Chen": 200,
    "/queries/capability-maturity-gap": 200,
    "/queries/persona-to-capability?persona=nobody": 404,
    "/queries/absent": 404,
    "/workbench": 200,
    "/workbench?query=ASK+%7B%7D": 200,
    "/workbench?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3": 200,
    "/workbench?query=CONSTRUCT+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3": 200,
    "/workbench?query=SELECT": 400,
    "/results": 200,
    "/results?severity=warning&offset=10": 200,
    "/results?class=ValueStreamStage&severity=info": 200,
    "/results?entity=Grow+Relationship": 200,
    "/results?severity=grave": 400,
    "/results?class=Capabilty": 404,
    "/results?entity=Nobody": 404,
    "/metamodel": 200,
    "/metamodel/Capability": 200,
    "/metamodel/absent": 404,
    "/profile": 200,
    "/profile?name=absent": 404,
    "/sources": 200,
    "/history": 200,
    "/history/1": 200,
    "/history/99": 404,
    "/history/x": 404,
    "/doc/CustomerPersona/PERSONA-001": 200,
    "/doc/CustomerPersona/absent": 404,
    "/entity?name=Michael+Chen": 200,
    "/entity": 404,
}


@pytest.fixture(params=PAGES, scope="module")
def page(request: pytest.FixtureRequest, client: PageClient) -> HtmlPage:
    """Return each page in turn; the parser refuses one that is not well formed."""
    response = client.get(request.param)
    assert response.status_code == PAGES[request.param]
    return HtmlPage(response.text, request.param)


def test_a_page_has_one_heading_a_title_and_landmarks(page: HtmlPage) -> None:
    assert page.one("html").get("lang") == "en"
    assert text_of(page.one("h1"))
    assert text_of(page.one("title"))
    for landmark in ("main", "header", "footer"):
        page.one(landmark)
    assert page.one("a", class_="skip").get("href") == f"#{page.one('main').get('id')}"


def test_headings_leave_out_no_level(page: HtmlPage) -> None:
    levels = [
        int(str(each.tag)[-1])
        for each in page.one("main").iter()
        if each.tag in {f"{HTML}h{level}" for level in range(1, 7)}
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_identifiers_are_unique_and_those_referred_to_exist(page: HtmlPage) -> None:
    counts = Counter(each.get("id") for each in page.elements() if each.get("id"))
    assert not [name for name, count in counts.items() if count > 1]
    for each in page.elements():
        for attribute in ("aria-labelledby", "for", "list"):
            for name in (each.get(attribute) or "").split():
                assert name in counts, f"{attribute}={name}"
        href = each.get("href") or ""
        assert not href.startswith("#") or href[1:] in counts


def test_every_field_has_a_label(page: HtmlPage) -> None:
    labelled = {each.get("for") for each in page.all("label")}
    inside = {field for label in page.all("label") for field in label.iter()}
    for name in ("input", "select", "textarea"):
        for field in page.all(name):
            hidden = field.get("type") == "hidden"
            assert hidden or field.get("id") in labelled or field in inside
    assert all(text_of(each) for each in page.all("button"))


def test_nothing_runs_and_nothing_is_fetched_from_elsewhere(page: HtmlPage) -> None:
    for each in page.elements():
        assert str(each.tag).rpartition("}")[2] not in {"script", "style", "iframe", "object"}
        assert not [name for name in each.attrib if name.startswith("on") or name == "style"]
        if each.tag.endswith("link") and each.get("rel") in {"stylesheet", "icon"}:
            assert (each.get("href") or "").startswith("/static/")
        assert each.get("src") is None


def test_pictures_are_named_or_hidden(page: HtmlPage) -> None:
    for each in page.root.iter("{http://www.w3.org/2000/svg}svg"):
        assert each.get("aria-hidden") == "true" or each.get("aria-labelledby")


def test_wide_parts_can_be_scrolled_with_the_keyboard(page: HtmlPage) -> None:
    for each in page.all("div"):
        if "scroll" in (each.get("class") or "").split():
            assert each.get("tabindex") == "0"
            assert each.get("role") == "region"
            assert each.get("aria-label")


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_allows_only_our_own_style(client: PageClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert "script-src" not in policy
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/entities",
        "/search?q=x",
        "/ask",
        "/matrix",
        "/what-if",
        "/weak-spots",
        "/weak-spots?kind=betweenness",
        "/queries",
        "/sources",
        "/history",
        "/profile",
        "/matrix?rows=Capability&columns=Product",
    ],
)
def test_an_empty_repository_has_pages_too(serve: Serve, address: str) -> None:
    response = serve().get(address)
    assert response.status_code == 200
    HtmlPage(response.text, address)


def test_addresses_follow_the_root_path(reference: Repository) -> None:
    behind_a_proxy = PageClient(application(reference), root_path="/prefix")
    page = HtmlPage(behind_a_proxy.get("/").text)
    assert all(each.startswith("/prefix/") for each in page.addresses() if each != "/")
