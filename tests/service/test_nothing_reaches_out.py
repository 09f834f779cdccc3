"""Every door through which text reaches an engine, and every way to hide what would reach out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient

import orthogramic
from orthogramic.errors import OrthogramicError
from orthogramic.service.app import create_scratch, create_service
from orthogramic.service.settings import Limits, Settings
from tests.conftest import TOY
from tests.service.listening import Listening, listening

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
LIMITS = Limits(query_seconds=5, query_workers=1, query_spares=0)
#: Groups that ask an endpoint, hidden in one way or another; ``@`` is its address.
PATTERNS = {
    "plain": "{ SERVICE <@> { ?s ?p ?o } }",
    "silent": "{ SERVICE SILENT <@> { ?s ?p ?o } }",
    "in lower case": "{ service silent <@> { ?s ?p ?o } }",
    "glued": "{{}SERVICE<@>{?s ?p ?o}}",
    "nested": "{ SELECT * { { OPTIONAL { SERVICE <@> { ?s ?p ?o } } } } }",
    "in a filter": "{ FILTER EXISTS { SERVICE SILENT <@> { ?s ?p ?o } } }",
    "by a variable": "{ VALUES ?e { <@> } SERVICE SILENT ?e { ?s ?p ?o } }",
    "escaped": "{ \\u0053ERVICE SILENT <@> { ?s ?p ?o } }",
    "behind an escape": '{ ?s ?p "\\u0022 . SERVICE SILENT <@> { ?s ?p ?o } #" }',
    "behind a comment": "{ # }\n SERVICE SILENT <@> { ?s ?p ?o } }",
    "behind a comparison": (
        "{ ?a ?x ?b FILTER(?a<urn:b#> '''\n ?b) SERVICE SILENT <@> { ?s ?p ?o } #'''\n }"
    ),
    "behind two comparisons": (
        "{ ?a ?x ?b FILTER(?a<urn:b'> 1 || '>' = ?b) SERVICE SILENT <@> { ?s ?p ?o } #'\n }"
    ),
    "behind a long string": '{ ?s ?p """ \\""" . """ . SERVICE SILENT <@> { ?s ?p ?o } }',
}
LOADS = {
    "plain": "LOAD <@>",
    "silent": "LOAD SILENT <@>",
    "glued": "LOAD<@>",
    "into a graph": "LOAD SILENT <@> INTO GRAPH <urn:g>",
    "second": "INSERT DATA { <urn:a> <urn:b> <urn:c> } ; LOAD SILENT <@>",
    "escaped": "L\\u004fAD SILENT <@>",
    "behind a prefix": "PREFIX load: <urn:x> LOAD SILENT <@>",
    "behind a comparison": (
        "DELETE { ?a ?x ?b } WHERE { ?a ?x ?b FILTER(?a<urn:b#> '''\n ?b) } ; LOAD SILENT <@> #'''"
        "\n) }"
    ),
}


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Listening]:
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def gated() -> Iterator[TestClient]:
    with ExitStack() as stack:
        repository = stack.enter_context(orthogramic.open_memory(bundle=[TOY]))
        app = create_service(repository, Settings(limits=LIMITS))
        yield stack.enter_context(TestClient(app, raise_server_exceptions=False))


@pytest.fixture(scope="module")
def scratch() -> Iterator[TestClient]:
    app = create_scratch(Settings(scratch=True, limits=LIMITS))
    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


def asked(client: TestClient, text: str) -> int:
    answer = client.post("/sparql", content=text, headers={"Content-Type": QUERY})
    return int(answer.status_code)


def updated(client: TestClient, text: str) -> int:
    answer = client.post("/sparql", content=text, headers={"Content-Type": UPDATE})
    return int(answer.status_code)


def patched(client: TestClient, text: str) -> int:
    answer = client.patch("/graphs?graph=urn:g", content=text, headers={"Content-Type": UPDATE})
    return int(answer.status_code)


def judged(client: TestClient, member: str, pattern: str) -> int:
    """Validate with shapes that hold a group in one of the places where shapes hold SPARQL."""
    form = "ASK" if member == "sh:ask" else "SELECT $this ?value"
    text = json.dumps(f"{form} {{ $this ?t ?u . {pattern} }}")
    here = f'sh:sparql [ sh:message "m" ; sh:select {text} ]'
    own = (
        ":C a sh:ConstraintComponent ; sh:parameter [ sh:path :x ] ; "
        f'sh:validator [ a sh:SPARQLAskValidator ; sh:ask {text} ; sh:message "m" ] .'
    )
    rule = f"sh:rule [ a sh:SPARQLRule ; sh:construct {text} ]"
    target = f"sh:target [ a sh:SPARQLTarget ; sh:select {text} ]"
    said = {"sh:select": here, "sh:ask": ":x 1", "sh:construct": rule, "sh:target": target}
    shapes = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> . "
        f":S a sh:NodeShape ; sh:targetNode :n ; {said[member]} . "
        f"{own if member == 'sh:ask' else ''}"
    )
    body = {"data": "<urn:n> <urn:p> <urn:o> .", "shapes": shapes}
    return int(client.post("/api/v1/validate", json=body).status_code)


def in_python(_client: TestClient, text: str) -> int:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        try:
            list(repository.sparql(text).rows())
        except OrthogramicError as error:
            return error.status
    return 200


GROUPS: dict[str, Callable[[TestClient, str], int]] = {
    "select": lambda client, group: asked(client, f"SELECT * {group}"),
    "ask": lambda client, group: asked(client, f"ASK {group}"),
    "construct": lambda client, group: asked(client, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {group}"),
    "describe": lambda client, group: asked(client, f"DESCRIBE ?s WHERE {group}"),
    "from": lambda client, group: asked(client, f"SELECT * FROM <urn:g> {group}"),
    "in Python": lambda client, group: in_python(client, f"SELECT * {group}"),
    "update": lambda client, group: updated(client, f"INSERT {{ ?s ?p ?o }} WHERE {group}"),
    "delete where": lambda client, group: updated(client, f"DELETE WHERE {group}"),
    "second operation": lambda client, group: updated(
        client, f"INSERT DATA {{ <urn:a> <urn:b> 1 }} ; DELETE {{ ?s ?p ?o }} WHERE {group}"
    ),
    "patch": lambda client, group: patched(client, f"INSERT {{ ?s ?p ?o }} WHERE {group}"),
}
SHAPES = ("sh:select", "sh:ask", "sh:construct", "sh:target")


def is_alive(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize("door", GROUPS)
def test_no_group_reaches_out(
    gated: TestClient, scratch: TestClient, elsewhere: Listening, door: str
) -> None:
    for hidden, pattern in PATTERNS.items():
        for client in (gated, scratch):
            status = GROUPS[door](client, pattern.replace("@", elsewhere.url))
            assert status < 500, (hidden, status)
            assert not elsewhere.came, hidden
    is_alive(gated)
    is_alive(scratch)


@pytest.mark.parametrize("member", SHAPES)
def test_no_shape_reaches_out(gated: TestClient, elsewhere: Listening, member: str) -> None:
    for hidden, pattern in PATTERNS.items():
        status = judged(gated, member, pattern.replace("@", elsewhere.url))
        assert status < 500, (hidden, status)
        assert not elsewhere.came, hidden
    is_alive(gated)


@pytest.mark.parametrize("hidden", LOADS)
def test_nothing_is_loaded(
    gated: TestClient, scratch: TestClient, elsewhere: Listening, hidden: str
) -> None:
    text = LOADS[hidden].replace("@", elsewhere.url)
    for client in (gated, scratch):
        for door in (updated, patched, asked):
            assert door(client, text) < 500
            assert not elsewhere.came
        is_alive(client)


def test_no_document_reaches_out(gated: TestClient, elsewhere: Listening) -> None:
    url = elsewhere.url
    documents = {
        "application/ld+json": json.dumps({"@context": url, "@id": "urn:x", "p": "v"}),
        "text/turtle": f"<urn:x> <http://www.w3.org/2002/07/owl#imports> <{url}> .",
        "application/rdf+xml": (
            f'<!DOCTYPE r [<!ENTITY e SYSTEM "{url}">]><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&e;</rdf:RDF>'
        ),
    }
    for media, content in documents.items():
        fields = {"Content-Type": media}
        for method, path in (
            ("PUT", "/graphs?graph=urn:d&dry_run=true"),
            ("POST", "/api/v1/import?dry_run=true"),
            ("POST", "/api/v1/validate"),
        ):
            answer = gated.request(method, path, content=content, headers=fields)
            assert answer.status_code < 500
            assert not elsewhere.came, (media, path)


@pytest.mark.parametrize("predicate", ["owl:imports", "sh:shapesGraph"])
def test_shapes_and_data_import_nothing(
    gated: TestClient, elsewhere: Listening, predicate: str
) -> None:
    said = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> "
        f". <urn:g> a owl:Ontology ; {predicate} <{elsewhere.url}> . "
    )
    shapes = said + "<urn:S> a sh:NodeShape ; sh:targetNode <urn:g> ; sh:nodeKind sh:IRI ."
    for body in ({"data": said, "shapes": shapes}, {"data": said}):
        assert gated.post("/api/v1/validate", json=body).status_code == 200
        assert not elsewhere.came
