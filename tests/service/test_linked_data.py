"""Addresses of things lead to documents about them."""

from __future__ import annotations

import json

import pyoxigraph
import pytest

from orthogramic import Repository
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.service.service_client import ServiceClient, problem

PERSONA = "CustomerPersona/PERSONA-001"
IRI = pyoxigraph.NamedNode(f"https://data.orthogramic.com/id/{PERSONA}")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SYNTAXES = [
    ("ttl", "text/turtle", pyoxigraph.RdfFormat.TURTLE),
    ("nt", "application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
    ("rdf", "application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ("jsonld", "application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    ("trig", "application/trig", pyoxigraph.RdfFormat.TRIG),
    ("nq", "application/n-quads", pyoxigraph.RdfFormat.N_QUADS),
]


def test_a_thing_redirects_to_its_document(client: ServiceClient) -> None:
    answer = client.get(f"/id/{PERSONA}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/doc/{PERSONA}")


def test_a_part_redirects_to_the_document_of_the_whole(client: ServiceClient) -> None:
    answer = client.get(f"/id/{PERSONA}/demographics")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/doc/{PERSONA}")


@pytest.mark.parametrize(("extension", "media_type", "rdf_format"), SYNTAXES)
def test_a_document_has_every_syntax_by_accept_and_by_extension(
    client: ServiceClient, extension: str, media_type: str, rdf_format: pyoxigraph.RdfFormat
) -> None:
    by_accept = client.get(f"/doc/{PERSONA}", media_type)
    by_extension = client.get(f"/doc/{PERSONA}.{extension}", "image/png")
    assert by_accept.headers["content-type"].partition(";")[0] == media_type
    assert by_accept.headers["content-location"] == f"/doc/{PERSONA}.{extension}"
    assert by_extension.content == by_accept.content
    quads = list(pyoxigraph.parse(by_accept.content, rdf_format))
    assert any(quad.subject == IRI for quad in quads)


def test_every_syntax_says_the_same(client: ServiceClient) -> None:
    said = []
    for extension, _, rdf_format in SYNTAXES:
        content = client.get(f"/doc/{PERSONA}.{extension}").content
        said.append({quad.triple for quad in pyoxigraph.parse(content, rdf_format)})
    assert all(each == said[0] for each in said)


def test_json_ld_comes_with_the_published_context(client: ServiceClient) -> None:
    published = client.get("/context.jsonld")
    assert published.headers["content-type"] == "application/ld+json"
    document = client.get(f"/doc/{PERSONA}.jsonld").json()
    assert document["@context"] == published.json()["@context"]


def test_links_tell_what_it_is_about_and_what_else_there_is(client: ServiceClient) -> None:
    link = client.get(f"/doc/{PERSONA}").headers["link"]
    assert f'<{IRI.value}>; rel="describes"' in link
    assert f'</doc/{PERSONA}.jsonld>; rel="alternate"; type="application/ld+json"' in link


def test_a_known_document_is_not_sent_again(client: ServiceClient) -> None:
    first = client.get(f"/doc/{PERSONA}")
    tag = first.headers["etag"]
    again = client.send("GET", f"/doc/{PERSONA}", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.send(
        "GET", f"/doc/{PERSONA}", accept="application/ld+json", headers={"If-None-Match": tag}
    )
    assert other.status_code == 200


def test_head_has_the_fields_of_get(client: ServiceClient) -> None:
    get, head = client.get(f"/doc/{PERSONA}"), client.send("HEAD", f"/doc/{PERSONA}")
    assert head.content == b""
    assert head.headers == get.headers


def test_a_browser_gets_a_page_where_there_are_pages(
    client: ServiceClient, whole: ServiceClient
) -> None:
    page = whole.get(f"/doc/{PERSONA}", BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    assert "Michael Chen" in page.text
    assert "Accept" in page.headers["vary"]
    assert whole.get(f"/doc/{PERSONA}.html").headers["etag"] == page.headers["etag"]
    assert whole.get(f"/doc/{PERSONA}").headers["content-type"].startswith("text/turtle")
    problem(client.get(f"/doc/{PERSONA}.html"), 406, "not-acceptable")
    assert client.get(f"/doc/{PERSONA}", BROWSER).status_code == 200


@pytest.mark.parametrize("part", ["id", "doc"])
def test_an_unknown_thing_is_a_problem_with_near_names(client: ServiceClient, part: str) -> None:
    document = problem(client.get(f"/{part}/Capability/client-profilin"), 404, "unknown-entity")
    assert "Client Profiling" in json.dumps(document["suggestions"])
    problem(client.get(f"/{part}/nothing"), 404, "unknown-entity")


def test_no_accepted_form_is_a_problem(client: ServiceClient) -> None:
    problem(client.get(f"/doc/{PERSONA}", "image/png"), 406, "not-acceptable")


def test_the_vocabularies_can_be_read(client: ServiceClient, reference: Repository) -> None:
    metamodel = reference.metamodel
    for address, expected in (
        ("/ontology", metamodel.ontology),
        ("/shapes", metamodel.shapes_graph),
    ):
        content = client.get(address, "application/n-triples").content
        found = list(pyoxigraph.parse(content, pyoxigraph.RdfFormat.N_TRIPLES))
        assert len(found) == len(set(expected))


def test_a_dot_may_belong_to_a_key(client: ServiceClient) -> None:
    problem(client.get("/doc/Capability/client-profiling.v2"), 404, "unknown-entity")
    problem(client.get("/doc/Capability/client-profilin.ttl"), 404, "unknown-entity")


def test_another_domain_has_addresses_too(toy_client: ServiceClient, toy: Repository) -> None:
    for entity in toy.entities(limit=5).items:
        answer = toy_client.get(f"/id/{entity.class_name}/{entity.key}")
        assert answer.status_code == 303
        document = toy_client.get(answer.headers["location"], "application/n-triples")
        assert f"<{entity.iri}>" in document.text


def test_a_prefix_that_a_proxy_took_off_comes_back(reference: Repository) -> None:
    client = ServiceClient(create_service(reference, Settings()), root_path="/kr")
    assert client.get(f"/id/{PERSONA}").headers["location"] == f"/kr/doc/{PERSONA}"
    document = client.get(f"/doc/{PERSONA}")
    assert document.headers["content-location"] == f"/kr/doc/{PERSONA}.ttl"
    assert f"</kr/doc/{PERSONA}.nt>" in document.headers["link"]


def test_the_public_address_is_the_one_that_is_told(reference: Repository) -> None:
    settings = Settings(public_url="https://kr.example/")
    client = ServiceClient(create_service(reference, settings))
    assert "sd:endpoint <https://kr.example/sparql>" in client.get("/sparql").text
    assert "https://kr.example/api/v1/impact" in client.get("/docs").text
