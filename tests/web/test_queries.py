"""Saved queries and the workbench."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from orthogramic import Repository
from orthogramic.metamodel import ParameterType
from orthogramic.web import WebSettings
from orthogramic.web.views.saved import FIELD_KINDS
from tests.web.conftest import application
from tests.web.html_page import HTML, HtmlPage, text_of
from tests.web.page_client import PageClient

EXAMPLE = "/queries/persona-to-capability?persona=Michael+Chen"


def test_every_saved_query_has_a_form_with_a_field_for_each_parameter(
    client: PageClient, reference: Repository
) -> None:
    for query in reference.queries():
        page = HtmlPage(client.get(f"/queries/{query.name}").text)
        if not query.parameters:
            page.one("table")
            continue
        form = page.one("form", aria_label="Parameters")
        fields = {
            each.get("name")
            for tag in ("input", "select")
            for each in form.iter(f"{HTML}{tag}")
            if each.get("type") != "hidden"
        }
        assert fields == {each.name for each in query.parameters}


def test_a_field_offers_the_entities_of_its_class(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get("/queries/persona-to-capability").text)
    offered = {each.get("value") for each in page.one("datalist", id="choices-persona")}
    personas = reference.entities("CustomerPersona").items
    assert offered == {each.label for each in personas}


def test_the_table_has_the_rows_of_the_answer(client: PageClient, reference: Repository) -> None:
    answer = reference.saved_query("persona-to-capability", {"persona": "Michael Chen"})
    page = HtmlPage(client.get(EXAMPLE).text)
    assert len(page.rows()) == len(answer.rows) > 0


def test_a_label_leads_to_its_entity_and_its_column_stands_once(client: PageClient) -> None:
    page = HtmlPage(client.get(EXAMPLE).text)
    headings = [text_of(each) for each in page.all("th", scope="col")]
    assert "Capability" in headings
    assert not [each for each in headings if each.endswith("label")]
    assert "/doc/Capability/client-profiling" in page.addresses()


def test_the_form_can_be_sent_without_script(client: PageClient) -> None:
    page = HtmlPage(client.get("/queries/persona-to-capability").text)
    sent = page.submitted("Parameters", persona="Michael Chen")
    assert HtmlPage(client.get(sent).text).rows() == HtmlPage(client.get(EXAMPLE).text).rows()


def test_a_missing_value_is_asked_for(client: PageClient) -> None:
    page = HtmlPage(client.get("/queries/persona-to-capability").text)
    assert not page.all("section", role="alert")
    response = client.get(page.submitted("Parameters"))
    assert response.status_code == 400
    assert "persona" in text_of(HtmlPage(response.text).one("section", role="alert"))


def test_an_unknown_parameter_is_refused(client: PageClient) -> None:
    assert client.get(f"{EXAMPLE}&colour=red").status_code == 400


def test_downloads_carry_the_parameters(client: PageClient) -> None:
    address = urlsplit(HtmlPage(client.get(EXAMPLE).text).link("CSV"))
    assert address.path == "/api/v1/queries/persona-to-capability"
    assert parse_qs(address.query) == {"persona": ["Michael Chen"], "format": ["csv"]}


def test_bars_are_drawn_beside_printed_numbers(client: PageClient, reference: Repository) -> None:
    query = next(
        each
        for each in reference.queries()
        if each.display == "bars"
        and not any(parameter.required for parameter in each.parameters)
        and reference.saved_query(each.name, {}).rows
    )
    page = HtmlPage(client.get(f"/queries/{query.name}?run=1").text)
    bars = [
        cell
        for row in page.one("tbody")
        for cell in row
        if any(each.tag.endswith("}svg") for each in cell.iter())
    ]
    assert bars
    assert all(float(text_of(cell)) >= 0 for cell in bars)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (ParameterType.INTEGER, "number"),
        (ParameterType.DATE, "date"),
        (ParameterType.BOOLEAN, "select"),
    ],
)
def test_each_type_has_its_field(kind: ParameterType, field: str) -> None:
    assert FIELD_KINDS[kind][0] == field
    assert set(FIELD_KINDS) == set(ParameterType)


def test_the_workbench_shows_rows(client: PageClient, reference: Repository) -> None:
    query = "SELECT ?s WHERE { ?s a orth:Capability } ORDER BY ?s"
    page = HtmlPage(client.get("/workbench", params={"query": query}).text)
    capabilities = reference.entities("Capability", limit=1000).items
    assert {row[0] for row in page.rows()} == {each.label for each in capabilities}
    assert page.one("textarea").text == query


@pytest.mark.parametrize(
    ("query", "sentence"), [("ASK {}", "Yes."), ("ASK { FILTER(1=2) }", "No.")]
)
def test_the_workbench_answers_yes_or_no(client: PageClient, query: str, sentence: str) -> None:
    page = HtmlPage(client.get("/workbench", params={"query": query}).text)
    assert text_of(page.one("p", role="status")) == sentence


def test_the_workbench_shows_a_graph_as_turtle(client: PageClient) -> None:
    query = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s a orth:Product ; rdfs:label ?o }"
    text = HtmlPage(client.get("/workbench", params={"query": query}).text).main()
    assert "rdfs:label" in text
    assert "@prefix" in text


def test_a_syntax_error_is_marked_where_it_stands(client: PageClient) -> None:
    response = client.get("/workbench", params={"query": "SELECT *\nWHERE { ?s ?p ?o ))"})
    assert response.status_code == 400
    page = HtmlPage(response.text)
    fault = page.one("li", class_="fault")
    assert text_of(fault).startswith("WHERE")
    assert text_of(page.one("mark"))


@pytest.mark.parametrize(
    "query",
    ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"],
)
def test_what_may_not_run_is_refused_in_words(client: PageClient, query: str) -> None:
    response = client.get("/workbench", params={"query": query})
    assert response.status_code == 400
    assert text_of(HtmlPage(response.text).one("section", role="alert"))


def test_a_saved_query_opens_in_the_workbench(client: PageClient) -> None:
    page = HtmlPage(client.get("/queries/capability-maturity-gap").text)
    opened = HtmlPage(client.get(page.link("Open it in the workbench")).text)
    assert opened.rows()
    assert not (opened.one("textarea").text or "").startswith("#+")


def test_a_long_answer_is_cut_and_says_so(reference: Repository) -> None:
    client = PageClient(application(reference, WebSettings(query_rows=4)))
    page = HtmlPage(client.get("/workbench", params={"query": "SELECT * { ?s ?p ?o }"}).text)
    assert len(page.rows()) == 4
    assert "The first 4 rows" in page.main()
    assert "the downloads hold all of them" in page.main()


def test_the_list_is_grouped_by_reader(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/queries").text)
    for section in page.all("section"):
        reader = text_of(next(section.iter(f"{HTML}h2"))).casefold()
        listed = {text_of(each) for each in section.iter(f"{HTML}code")}
        assert listed == {each.name for each in reference.queries() if each.tags[0] == reader}
    assert len(page.all("section")) == len({each.tags[0] for each in reference.queries()}) > 1
