"""The metamodel browser says what the bundle says."""

from __future__ import annotations

from orthogramic import Repository
from tests.web.html_page import HTML, HtmlPage, text_of
from tests.web.page_client import PageClient


def test_every_module_and_class_is_listed_with_its_definition(
    client: PageClient, reference: Repository
) -> None:
    page = HtmlPage(client.get("/metamodel").text)
    text = page.main()
    modules = {term.module for term in reference.metamodel.classes.values()}
    for iri in modules - {None}:
        assert iri is not None
        assert reference.metamodel.modules[iri].label in text
    for term in reference.metamodel.classes.values():
        if term.module in reference.metamodel.modules:
            assert " ".join(term.definition.split()) in text


def test_a_class_shows_closed_lists_in_order(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/metamodel/Capability").text)
    shapes = reference.metamodel.shapes_of(reference.metamodel.class_named("Capability").iri)
    closed = [each for each in shapes if each.allowed and each.ordered]
    lists = [[text_of(item) for item in each] for each in page.all("ol")]
    assert closed
    for shape in closed:
        assert [each.value for each in shape.allowed] in lists


def test_a_class_shows_what_its_shapes_expect(client: PageClient, reference: Repository) -> None:
    text = HtmlPage(client.get("/metamodel/CustomerSegment").text).main()
    shapes = reference.metamodel.shapes_of(reference.metamodel.class_named("CustomerSegment").iri)
    for shape in shapes:
        if shape.path is not None and not shape.inverse_path:
            assert " ".join(shape.message.split()) in text


def test_relationships_show_their_rule_with_its_reason(
    client: PageClient, reference: Repository
) -> None:
    text = HtmlPage(client.get("/metamodel/CustomerPersona").text).main()
    rules = reference.metamodel.profile().effective
    requires = rules[reference.metamodel.property_named("requires").iri]
    assert requires.reason in text


def test_the_profile_has_a_row_for_each_rule(client: PageClient, reference: Repository) -> None:
    page = HtmlPage(client.get("/profile").text)
    rules = reference.metamodel.profile().rules
    assert len(page.rows()) == len(rules)
    reasons = {row[-1] for row in page.rows()}
    assert reasons == {" ".join(rule.reason.split()) for rule in rules}


def test_a_class_can_be_named_by_curie(client: PageClient) -> None:
    named = HtmlPage(client.get("/metamodel/orth:Capability").text)
    assert text_of(named.one("h1")) == text_of(
        HtmlPage(client.get("/metamodel/Capability").text).one("h1")
    )


def test_counts_are_in_words(client: PageClient) -> None:
    page = HtmlPage(client.get("/metamodel/CustomerSegment").text)
    row = next(
        each for each in page.root.iter(f"{HTML}tr") if each.get("id") == "property-customerID"
    )
    assert "exactly one" in text_of(row)
