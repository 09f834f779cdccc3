"""Whatever stands in the data or in an address is shown as text, never obeyed."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import Serve
from tests.web.html_page import HtmlPage
from tests.web.page_client import PageClient

ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7321 * 9311 }}"
DATA = """
@prefix orth: <https://orthogramic.com/metamodel#> .
@prefix id: <https://data.orthogramic.com/id/> .
<https://data.orthogramic.com/id/Capability/hostile> a orth:Capability ;
    orth:title %(text)s ; orth:description %(text)s ; orth:owner %(text)s .
<https://data.orthogramic.com/id/CustomerPersona/P-1> a orth:CustomerPersona ;
    orth:personaID "P-1" ; orth:title "Plain" ; orth:goals %(text)s ;
    orth:requires <https://data.orthogramic.com/id/Capability/hostile> .
"""
LITERAL = '"' + ATTACK.replace('"', '\\"') + '"'


@pytest.fixture(scope="module")
def hostile(serve: Serve) -> PageClient:
    """Return the pages of data whose texts attack."""
    return serve(DATA % {"text": LITERAL})


@pytest.mark.parametrize(
    "address",
    [
        "/doc/Capability/hostile",
        "/doc/CustomerPersona/P-1",
        "/entities",
        "/search?q=alert",
        "/ask?source=Plain",
        "/ask?direction=impact&source=Capability/hostile",
        "/matrix?rows=CustomerPersona&columns=Capability",
        "/matrix?rows=Capability&columns=Capability&cell=paths",
        "/what-if?changes=retire+Capability/hostile",
        "/paths?source=Plain&target=Capability/hostile",
        "/history/1",
        "/workbench?query=SELECT+%3Fo+%7B+%3Fs+%3Fp+%3Fo+%7D",
        "/workbench?query=CONSTRUCT+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D",
        "/",
    ],
)
def test_text_of_the_data_stays_text(hostile: PageClient, address: str) -> None:
    page = HtmlPage(hostile.get(address).text, address)
    assert_harmless(page)
    assert "alert(1)" in page.main()
    # A product that no digest or count on the page holds by chance.
    assert str(7321 * 9311) not in page.main()


def test_the_title_of_a_page_is_shown_as_written(hostile: PageClient) -> None:
    page = HtmlPage(hostile.get("/doc/Capability/hostile").text)
    assert "".join(page.one("h1").itertext()).strip() == ATTACK


@pytest.mark.parametrize(
    "template",
    [
        "/search?q={}",
        "/search?q=x&class={}",
        "/entities?class={}",
        "/entities?domain={}",
        "/entities?offset={}",
        "/ask?source={}",
        "/ask?source=Plain&to={}",
        "/ask?source=Plain&via={}",
        "/ask?source=Plain&profile={}",
        "/ask?direction={}",
        "/matrix?rows={}",
        "/matrix?rows={}&columns=Capability",
        "/matrix?rows=Capability&columns=Capability&row={}",
        "/matrix?rows=Capability&columns=Capability&profile={}",
        "/matrix?rows=Capability&columns=Capability&cell={}",
        "/what-if?changes={}",
        "/what-if?changes=retire+{}",
        "/what-if?changes=retire+Plain&against={}",
        "/what-if?changes=retire+Plain&fail={}",
        "/paths?source={}&target=Plain",
        "/queries/{}",
        "/queries/persona-to-capability?persona={}",
        "/queries/persona-to-capability?{}=1",
        "/workbench?query={}",
        "/metamodel/{}",
        "/profile?name={}",
        "/history/{}",
        "/doc/Capability/{}",
        "/doc/{}/x",
        "/entity?name={}",
    ],
)
@pytest.mark.parametrize("text", [ATTACK, "javascript:alert(1)", "//evil.example/", "\u202e"])
def test_text_of_the_address_stays_text(hostile: PageClient, template: str, text: str) -> None:
    response = hostile.get(template.format(quote(text, safe="")))
    assert response.status_code in {200, 400, 404}
    assert_harmless(HtmlPage(response.text, "/"))


@given(text=st.text(max_size=40))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_can_be_searched_and_asked_for(client: PageClient, text: str) -> None:
    for address in ("/search?q=", "/ask?source=", "/entity?name=", "/workbench?query="):
        response = client.get(address + quote(text.encode("utf-8", "surrogatepass"), safe=""))
        assert response.status_code in {200, 400, 404}
        HtmlPage(response.text, "/")


def test_an_address_in_the_data_is_a_link_only_if_it_leads_to_the_web(serve: Serve) -> None:
    pages = serve(
        """
        @prefix orth: <https://orthogramic.com/metamodel#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <https://data.orthogramic.com/id/Capability/a> a orth:Capability ; orth:title "A" ;
            orth:owner "javascript:alert(1)"^^xsd:anyURI ;
            orth:purpose "https://example.org/about"^^xsd:anyURI .
        """
    )
    addresses = HtmlPage(pages.get("/doc/Capability/a").text).addresses()
    assert "https://example.org/about" in addresses
    assert not [each for each in addresses if each.startswith("javascript:")]


def assert_harmless(page: HtmlPage) -> None:
    """Check that nothing on a page can run."""
    for each in page.elements():
        assert str(each.tag).rpartition("}")[2] not in {"script", "img"}
        assert not [name for name in each.attrib if name.startswith("on")]
        href = each.get("href") or "/"
        assert href.startswith(("/", "#", "https://"))
        assert not href.startswith("//")
