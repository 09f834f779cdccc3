"""The question page gives the repository's answer, and helps with a question that has none."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from orthogramic import Repository
from orthogramic.analysis import Hit
from orthogramic.web import WebSettings
from tests.web.conftest import Serve, application
from tests.web.html_page import HTML, HtmlPage, text_of
from tests.web.page_client import PageClient

TWINS = """
@prefix orth: <https://orthogramic.com/metamodel#> .
<https://data.orthogramic.com/id/Capability/one> a orth:Capability ; orth:title "Twin" .
<https://data.orthogramic.com/id/Product/two> a orth:Product ; orth:title "Twin" .
"""


@pytest.mark.parametrize("direction", ["dependencies", "impact"])
@pytest.mark.parametrize("source", ["Michael Chen", "Client Profiling"])
def test_the_table_is_the_answer_of_the_repository(
    client: PageClient, reference: Repository, direction: str, source: str
) -> None:
    question = reference.dependencies if direction == "dependencies" else reference.impact
    answer = question(source, limit=50)
    page = HtmlPage(client.get("/ask", params={"direction": direction, "source": source}).text)
    shown = [
        (row[0], row[1].removesuffix(f" {kind_of(reference, hit)}"), row[2], row[3], row[4])
        for row, hit in zip(page.rows(), answer.hits, strict=True)
    ]
    assert shown == [
        (str(rank), hit.entity.label, f"{hit.score:.3f}", hit.modality, str(hit.hops))
        for rank, hit in enumerate(answer.hits, start=1)
    ]
    for row, hit in zip(page.rows(), answer.hits, strict=True):
        assert row[5].startswith(hit.paths[0].sentence)


def kind_of(repository: Repository, hit: Hit) -> str:
    """Return the label of the class of a hit."""
    return repository.metamodel.class_named(hit.entity.class_name).label


def test_the_question_can_be_asked_without_script(client: PageClient) -> None:
    page = HtmlPage(client.get("/ask").text)
    page = HtmlPage(client.get(page.submitted("The question", source="Michael Chen")).text)
    assert text_of(page.one("h1")) == "What does Michael Chen depend on?"
    assert page.one("input", name="source").get("value") == "Michael Chen"
    assert page.rows()


def test_a_whole_class_can_be_asked_about(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/ask").text)
    address = page.submitted("The question", source_class="Capability", group_by="class")
    page = HtmlPage(client.get(address).text)
    assert text_of(page.one("h1")) == "What does any Capability depend on?"
    answer = reference.dependencies(source_class="Capability", group_by="class", limit=50)
    heads = [
        f"{each.label}: {each.hits} {'hit' if each.hits == 1 else 'hits'}"
        for each in answer.groups.classes
    ]
    rows = page.rows()
    assert [row[0] for row in rows if len(row) == 1] == heads
    assert [row[0] for row in rows if len(row) > 1] == [
        str(rank) for rank in range(1, answer.total + 1)
    ]


def test_counts_lead_to_the_question_for_one_group(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen").text)
    answer = reference.dependencies("Michael Chen")
    group = answer.groups.classes[0]
    narrowed = HtmlPage(client.get(page.link(f"{group.label} {group.hits}")).text)
    assert len(narrowed.rows()) == group.hits
    domain = answer.groups.domains[0]
    narrowed = HtmlPage(client.get(page.link(f"{domain.label} {domain.hits}")).text)
    assert len(narrowed.rows()) == min(domain.hits, 50)


def test_the_form_offers_the_source_graphs(client: PageClient, reference: Repository) -> None:
    tables = next(each for each in reference.graphs() if each.iri.endswith("/tables"))
    form = HtmlPage(client.get("/ask").text)
    assert form.one("input", name="graph", value=tables.iri).get("checked") is None
    asked = {"source": "Michael Chen", "graph": tables.iri}
    shown = HtmlPage(client.get("/ask", params=asked).text)
    assert len(shown.rows()) == reference.dependencies("Michael Chen", graph=tables.iri).total
    assert shown.one("input", name="graph", value=tables.iri).get("checked") is not None


def test_the_permalink_asks_the_same_again(client: PageClient) -> None:
    asked = (
        "/ask?direction=impact&source=Client+Profiling&to=CustomerPersona&max_hops=4"
        "&min_score=0.01&paths=2"
    )
    page = HtmlPage(client.get(asked).text)
    again = HtmlPage(client.get(page.link("Permalink")).text)
    assert again.rows() == page.rows()
    assert again.submitted("The question") == page.submitted("The question")


def test_the_downloads_ask_the_same_of_the_interface(client: PageClient) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen&to=Capability&max_hops=3").text)
    address = urlsplit(page.link("JSON"))
    assert address.path == "/api/v1/dependencies"
    assert parse_qs(address.query) == {
        "source": ["Michael Chen"], "to": ["Capability"], "max_hops": ["3"],
    }  # fmt: skip


def test_the_rows_can_be_taken_away(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen&to=Capability&paths=2").text)
    response = client.get(page.link("CSV"))
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    answer = reference.dependencies("Michael Chen", to="Capability", paths=2, limit=1000)
    assert rows == [{name: str(value) for name, value in row.items()} for row in answer.rows()]


def test_several_reasons_are_given_with_their_steps(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen&to=Capability&paths=3").text)
    hits = reference.dependencies("Michael Chen", to="Capability", paths=3, limit=50).hits
    for row, hit in zip(page.one("tbody"), hits, strict=True):
        lists = list(row.iter(f"{HTML}ol"))
        assert [len(each) for each in lists] == [len(path.steps) for path in hit.paths]


def test_a_weight_that_nobody_assessed_says_so(client: PageClient) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen").text)
    assert "strength not assessed, so 3/5 is taken" in page.main()


def test_invented_links_are_marked(client: PageClient) -> None:
    assert "(illustrative)" in HtmlPage(client.get("/ask?source=Michael+Chen").text).main()


def test_a_misspelt_name_offers_the_same_question_about_near_names(client: PageClient) -> None:
    response = client.get("/ask?source=Micheal+Chen&to=Capability")
    assert response.status_code == 404
    page = HtmlPage(response.text)
    assert page.one("input", name="source").get("value") == "Micheal Chen"
    meant = HtmlPage(client.get(page.link("Michael Chen")).text)
    assert text_of(meant.one("h1")) == "What does Michael Chen depend on?"
    assert {row[1].split()[-1] for row in meant.rows()} == {"Capability"}


def test_an_ambiguous_name_offers_each_that_is_meant(serve: Serve) -> None:
    pages = serve(TWINS)
    response = pages.get("/ask?source=Twin")
    assert response.status_code == 409
    page = HtmlPage(response.text)
    assert "Which one is meant?" in page.main()
    choices = [each for each in page.all("a") if text_of(each) == "Twin"]
    assert len(choices) == 2
    assert all(pages.get(each.get("href") or "").status_code == 200 for each in choices)


@pytest.mark.parametrize(
    ("field", "value"),
    [("max_hops", "0"), ("max_hops", "x"), ("min_score", "2"), ("min_score", "nan"),
     ("paths", "-1"), ("direction", "sideways"), ("offset", "-1"), ("group_by", "size")],
)  # fmt: skip
def test_a_value_out_of_range_is_named(client: PageClient, field: str, value: str) -> None:
    response = client.get("/ask", params={"source": "Michael Chen", field: value})
    assert response.status_code == 400
    assert field in text_of(HtmlPage(response.text).one("section", role="alert"))


def test_a_long_answer_has_pages(reference: Repository) -> None:
    client = PageClient(application(reference, WebSettings(page_size=3)))
    first = HtmlPage(client.get("/ask?source=Michael+Chen").text)
    second = HtmlPage(client.get(first.one("a", rel="next").get("href") or "").text)
    assert [row[0] for row in first.rows()] == ["1", "2", "3"]
    assert [row[0] for row in second.rows()] == ["4", "5", "6"]


def test_the_other_way_round_is_one_click_away(client: PageClient) -> None:
    page = HtmlPage(client.get("/ask?source=Michael+Chen").text)
    turned = HtmlPage(client.get(page.link("Who or what is affected if it changes")).text)
    assert text_of(turned.one("h1")) == "Who or what is affected if Michael Chen changes?"


def test_the_answer_states_its_bound_and_its_receipt(
    client: PageClient, reference: Repository
) -> None:
    text = HtmlPage(client.get("/ask?source=Michael+Chen").text).main()
    answer = reference.dependencies("Michael Chen")
    assert ("Perhaps incomplete" in text) == (not answer.bound.complete)
    assert answer.receipt.bundle in text


def test_no_two_relationships_to_choose_from_look_alike(client: PageClient) -> None:
    for address in ("/ask", "/matrix"):
        page = HtmlPage(client.get(address).text)
        labels = [
            text_of(each)
            for each in page.all("label")
            if any(box.get("name") == "via" for box in each)
        ]
        assert len(labels) == len(set(labels)) > 0
