"""The page of an entity says what the repository knows of it."""

from __future__ import annotations

from orthogramic import Repository
from tests.web.conftest import Serve
from tests.web.html_page import HtmlPage, text_of
from tests.web.page_client import PageClient

PERSONA = "/doc/CustomerPersona/PERSONA-001"


def test_attributes_stand_in_the_order_of_the_shapes(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get(PERSONA).text)
    shown = [text_of(each).casefold() for each in page.all("dt")]
    shapes = reference.metamodel.shapes_of(reference.metamodel.class_named("CustomerPersona").iri)
    wanted = [each.name.casefold() for each in shapes if each.name.casefold() in shown]
    assert [each for each in shown if each in wanted][: len(wanted)] == wanted


def test_every_value_is_shown(client: PageClient, reference: Repository) -> None:
    text = HtmlPage(client.get(PERSONA).text).main()
    view = reference.entity("Michael Chen")
    inside = [each for structure in view.structures for each in structure.attributes]
    for attribute in (*view.attributes, *inside):
        for value in attribute.values:
            assert " ".join(value.value.split()) in text


def test_links_are_grouped_by_verb_both_ways(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/doc/Capability/client-profiling").text)
    view = reference.entity("Client Profiling")
    headings = [text_of(each) for each in page.all("h3")]
    for verb in {link.verb for link in (*view.outgoing, *view.incoming)}:
        assert any(each.casefold().startswith(verb.casefold()) for each in headings)
    assert view.incoming
    for link in (*view.outgoing, *view.incoming):
        assert f"/doc/{link.entity.class_name}/{link.entity.key}" in page.addresses()


def test_a_strength_is_printed_as_a_number(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get(PERSONA).text)
    view = reference.entity("Michael Chen")
    shown = [text_of(each) for each in page.all("span", title="strength, from 1 to 5")]
    assert sorted(shown) == sorted(
        f"{link.strength}/5"
        for link in (*view.outgoing, *view.incoming)
        if link.strength is not None
    )


def test_the_panels_hold_the_strongest_of_both_questions(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get(PERSONA).text)
    needed, *_ = page.all("ol", class_="ranked")
    answer = reference.dependencies("Michael Chen", limit=10)
    assert [text_of(item[0][0][0]) for item in needed] == [hit.entity.label for hit in answer.hits]
    full = HtmlPage(client.get(page.link(f"All {answer.total}, and how to narrow them down")).text)
    assert text_of(full.one("h1")) == "What does Michael Chen depend on?"


def test_the_class_is_explained(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get(PERSONA).text)
    term = reference.metamodel.class_named("CustomerPersona")
    assert term.definition in page.main()
    assert page.link(term.label) in {
        "/entities?class=CustomerPersona",
        "/metamodel/CustomerPersona",
    }


def test_the_panel_says_what_the_shapes_say(client: PageClient, reference: Repository) -> None:
    name = "ValueStreamStage/wealth-advisory-value-stream-grow-relationship"
    page = HtmlPage(client.get(f"/doc/{name}").text)
    found = reference.results(entity=name).report.results
    assert found
    text = page.main()
    assert "What the shapes say" in text
    assert "Open points" not in text
    for each in found:
        assert each.message in text
        assert each.mend in text
    table = HtmlPage(client.get(page.link("As a table")).text)
    assert len(table.rows()) == len(found)


def test_open_points_stand_in_until_everything_is_judged(serve: Serve) -> None:
    pages = serve(
        """
        @prefix orth: <https://orthogramic.com/metamodel#> .
        <https://data.orthogramic.com/id/Capability/c> a orth:Capability ; orth:title "C" .
        """
    )
    before = HtmlPage(pages.get("/doc/Capability/c").text).main()
    assert "Open points" in before
    repository = pages.app.state.pages.repository
    term = repository.metamodel.class_named("Capability")
    for shape in repository.metamodel.shapes_of(term.iri):
        if shape.path is not None and shape.path.value.endswith("#purpose"):
            assert shape.message in before
    assert "What the shapes say" not in HtmlPage(pages.get("/").text).main()
    pages.get("/results")
    assert "Open points" not in HtmlPage(pages.get("/doc/Capability/c").text).main()
    assert "What the shapes say" in HtmlPage(pages.get("/").text).main()


def test_a_complete_entity_has_no_open_points(serve: Serve) -> None:
    pages = serve(
        """
        @prefix orth: <https://orthogramic.com/metamodel#> .
        <https://data.orthogramic.com/id/OrganizationUnit/u> a orth:OrganizationUnit ;
            orth:title "U" ; orth:description "d" ; orth:purpose "p" ; orth:owner "o" .
        """
    )
    assert "Violation" not in HtmlPage(pages.get("/doc/OrganizationUnit/u").text).main()


def test_something_that_is_only_referred_to_is_shown_without_a_page(serve: Serve) -> None:
    pages = serve(
        """
        @prefix orth: <https://orthogramic.com/metamodel#> .
        @prefix id: <https://data.orthogramic.com/id/> .
        <https://data.orthogramic.com/id/CustomerPersona/P> a orth:CustomerPersona ;
            orth:title "P" ; orth:requires <https://data.orthogramic.com/id/Capability/missing> .
        """
    )
    page = HtmlPage(pages.get("/doc/CustomerPersona/P").text)
    assert "missing not described here" in page.main()
    assert "/doc//missing" not in page.addresses()


def test_an_unknown_key_offers_near_names(client: PageClient) -> None:
    response = client.get("/doc/Capability/client-profilling")
    assert response.status_code == 404
    page = HtmlPage(response.text)
    assert client.get(page.link("Client Profiling")).status_code == 200


def test_a_key_with_a_slash_and_letters_of_any_script(serve: Serve) -> None:
    pages = serve(
        """
        @prefix orth: <https://orthogramic.com/metamodel#> .
        <https://data.orthogramic.com/id/Capability/pr%C3%BCfung-%E5%AE%A2> a orth:Capability ;
            orth:title "Prüfung 客" .
        """
    )
    page = HtmlPage(pages.get("/entities").text)
    entity = HtmlPage(pages.get(page.link("Prüfung 客")).text)
    assert text_of(entity.one("h1")) == "Prüfung 客"


def test_parts_of_one_kind_are_compared_in_a_table(
    client: PageClient, reference: Repository
) -> None:
    view = reference.entity("CustomerRelationship/REL-001")
    risks = [
        [value.value for attribute in each.attributes for value in attribute.values]
        for each in view.structures
        if each.class_label.casefold() == "customer relationship risk"
    ]
    assert len(risks) == 3
    page = HtmlPage(client.get("/doc/CustomerRelationship/REL-001").text)
    shown = [[text_of(cell) for cell in row] for row in page.all("tr")]
    for number, risk in enumerate(risks, 1):
        assert [str(number), *risk] in shown
