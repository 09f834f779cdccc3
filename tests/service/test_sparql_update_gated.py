"""SPARQL Update, and patches of graphs, over a gated repository: judged and recorded as a whole."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest

from orthogramic import Repository
from orthogramic.service.settings import Limits, Settings
from orthogramic.service.write_request import COMMIT
from tests.service.gated import FENCE, GRAPH, TURTLE, UPDATE, gated
from tests.service.service_client import ServiceClient, problem
from tests.unit.repository.processes import hives

Bees = tuple[Repository, ServiceClient]

FORM = "application/x-www-form-urlencoded"
KR = "https://orthogramic.com/repository#"
RENAME = (
    "DELETE {{ GRAPH ?g {{ ?hive bee:caption ?old }} }} "
    'INSERT {{ GRAPH ?g {{ ?hive bee:caption "{}" }} }} '
    'WHERE {{ GRAPH ?g {{ ?hive bee:hiveCode "N-1" ; bee:caption ?old }} }}'
)
NO_CODE = "DELETE WHERE { GRAPH ?g { ?hive bee:hiveCode ?code } }"


@pytest.fixture
def bees() -> Iterator[Bees]:
    with gated() as (repository, client):
        repository.put_graph(FENCE, hives(1, 2))
        yield repository, client


def ask(client: ServiceClient, text: str) -> bool:
    return bool(client.get("/sparql", query=f"ASK {{ {text} }}").json()["boolean"])


def test_an_update_is_one_commit_that_the_next_query_sees(bees: Bees) -> None:
    repository, client = bees
    done = client.post("/sparql", RENAME.format("Elder"), UPDATE)
    assert (done.status_code, done.content) == (204, b"")
    assert (done.headers[COMMIT], done.headers["etag"]) == ("2", '"2"')
    assert ask(client, '?hive bee:caption "Elder"')
    assert not ask(client, '?hive bee:caption "Number 1"')
    record = repository.commit(2).record
    assert (record.removed, record.added) == (1, 1)
    assert record.message.startswith("DELETE { GRAPH")


def test_an_update_may_come_as_a_form_with_author_and_message(bees: Bees) -> None:
    repository, client = bees
    form = urlencode({"update": RENAME.format("Elder")})
    answer = client.post("/sparql?author=Ada&message=Spring", form, FORM)
    assert answer.status_code == 204
    record = repository.commit(2).record
    assert (record.author, record.message) == ("Ada", "Spring")


def test_whoever_asks_for_json_gets_the_outcome(bees: Bees) -> None:
    _, client = bees
    answer = client.post("/sparql", RENAME.format("Elder"), UPDATE, "application/json")
    assert answer.status_code == 200
    outcome = answer.json()
    assert (outcome["commit"]["number"], outcome["removed"], outcome["added"]) == (2, 1, 1)
    anything = client.post("/sparql", RENAME.format("Old"), UPDATE, "*/*")
    assert anything.status_code == 204


def test_an_update_that_changes_nothing_makes_no_commit(bees: Bees) -> None:
    repository, client = bees
    answer = client.post("/sparql", "DELETE WHERE { ?s <http://e/nothing> ?o }", UPDATE)
    assert (answer.status_code, answer.headers.get(COMMIT)) == (204, None)
    assert repository.snapshot == 1


def test_what_names_no_graph_goes_into_the_default_one(bees: Bees) -> None:
    _, client = bees
    text = "INSERT { ?hive <http://e/seen> true } WHERE { ?hive a bee:Hive }"
    assert client.post("/sparql", text, UPDATE).status_code == 204
    got = client.get("/graphs?default", "application/n-triples").text
    assert len(got.splitlines()) == 2


def test_a_request_may_name_what_the_patterns_read(bees: Bees) -> None:
    _, client = bees
    client.send("PUT", "/graphs?graph=http://e/other", content=hives(7, 1), headers=TURTLE)
    text = "INSERT { ?hive <http://e/seen> true } WHERE { ?hive a bee:Hive }"
    assert client.post("/sparql?using-graph-uri=http://e/other", text, UPDATE).status_code == 204
    assert len(client.get("/graphs?default", "application/n-triples").text.splitlines()) == 1
    named = "INSERT { ?hive <http://e/named> true } WHERE { GRAPH ?g { ?hive a bee:Hive } }"
    asked = f"/sparql?using-named-graph-uri={quote(FENCE)}"
    assert client.post(asked, named, UPDATE).status_code == 204
    assert len(client.get("/graphs?default", "application/n-triples").text.splitlines()) == 3
    both = f"WITH <http://e/x> {text}"
    refused = client.post("/sparql?using-graph-uri=http://e/other", both, UPDATE)
    problem(refused, 400, "invalid-parameter")


def test_operations_see_what_those_before_them_wrote_and_hold_together(bees: Bees) -> None:
    repository, client = bees
    good = (
        "INSERT DATA { <http://e/a> <http://e/p> 1 } ; "
        "INSERT { ?s <http://e/q> ?o } WHERE { ?s <http://e/p> ?o }"
    )
    assert client.post("/sparql", good, UPDATE).status_code == 204
    assert ask(client, "<http://e/a> <http://e/q> 1")
    bad = f"INSERT DATA {{ <http://e/b> <http://e/p> 1 }} ; {NO_CODE}"
    problem(client.post("/sparql", bad, UPDATE), 422, "data-does-not-conform")
    assert not ask(client, "<http://e/b> ?p ?o")
    assert repository.snapshot == 2


def test_a_refusal_carries_the_report(bees: Bees) -> None:
    repository, client = bees
    document = problem(client.post("/sparql", NO_CODE, UPDATE), 422, "data-does-not-conform")
    assert len(document["report"]["results"]) == 2
    turtle = client.post("/sparql", NO_CODE, UPDATE, "text/turtle")
    assert (turtle.status_code, turtle.headers["content-type"][:11]) == (422, "text/turtle")
    assert repository.snapshot == 1


def test_a_dry_run_tells_and_changes_nothing(bees: Bees) -> None:
    repository, client = bees
    told = client.post("/sparql?dry_run=true", NO_CODE, UPDATE)
    assert told.status_code == 200
    document = told.json()
    assert not document["accepted"]
    assert (document["removed"], document["commit"]) == (2, None)
    assert len(document["impact"]["touched"]) == 2
    assert repository.snapshot == 1


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH kr:inferred { <http://e/s> <http://e/p> 1 } }",
        "DELETE DATA { GRAPH kr:commits { kr:repository kr:appliedCommit 1 } }",
        "CLEAR GRAPH kr:ontology",
        "DROP GRAPH kr:shapes",
        "DROP SILENT GRAPH kr:shapes",
        f"COPY <{FENCE}> TO kr:shapes",
        f"MOVE <{FENCE}> TO kr:datasets",
        f"ADD <{FENCE}> TO kr:commits",
        f"MOVE kr:ontology TO <{FENCE}>",
        "WITH kr:inferred DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { GRAPH ?g { <http://e/s> <http://e/p> 1 } } WHERE { VALUES ?g { kr:commits } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } "
        "WHERE { BIND (kr:shapes AS ?g) GRAPH kr:shapes { ?s ?p ?o } }",
    ],
)
def test_a_system_graph_is_never_changed(bees: Bees, text: str) -> None:
    repository, client = bees
    problem(client.post("/sparql", text, UPDATE), 403, "protected-graph")
    assert repository.snapshot == 1


def test_clearing_everything_leaves_what_the_repository_keeps(bees: Bees) -> None:
    repository, client = bees
    assert client.post("/sparql", "CLEAR ALL", UPDATE).status_code == 204
    assert repository.snapshot == 2
    assert not ask(client, "?s ?p ?o")
    assert ask(client, "GRAPH kr:ontology { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("LOAD <http://127.0.0.1:9/x>", 400, "query-refused"),
        ("INSERT {} WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, "query-refused"),
        ("INSERT DATA { <http://e/s> <http://e/p> }", 400, "query-syntax"),
        ("ASK { }", 400, "query-syntax"),
        ("CREATE GRAPH <https://bees.example/graph/fence>", 409, "write-refused"),
        ("DROP GRAPH <http://e/none>", 404, "unknown-graph"),
        ("", 400, "invalid-parameter"),
        (f"ASK {'{' * 2000}{'}' * 2000}", 400, "query-refused"),
    ],
)
def test_what_cannot_be_carried_out_changes_nothing(
    bees: Bees, text: str, status: int, code: str
) -> None:
    repository, client = bees
    problem(client.post("/sparql", text, UPDATE), status, code)
    assert repository.snapshot == 1


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        ("INSERT DATA { }".encode("utf-16"), UPDATE, 400, "invalid-parameter"),
        (b"INSERT DATA { }", f"{UPDATE}; charset=latin-1", 415, "unsupported-media-type"),
        (b"INSERT DATA { }", "text/turtle", 415, "unsupported-media-type"),
        (b"update=CLEAR%20ALL&update=CLEAR%20ALL", FORM, 400, "invalid-parameter"),
        (b"update=CLEAR%20ALL&query=ASK%7B%7D", FORM, 400, "invalid-parameter"),
        (b"update=CLEAR%20ALL&default-graph-uri=http://e/g", FORM, 400, "invalid-parameter"),
    ],
)
def test_a_bad_body_changes_nothing(
    bees: Bees, body: bytes, media_type: str, status: int, code: str
) -> None:
    repository, client = bees
    problem(client.post("/sparql", body, media_type), status, code)
    assert repository.snapshot == 1


def test_an_update_is_never_sent_by_get(bees: Bees) -> None:
    repository, client = bees
    problem(client.get("/sparql", update="CLEAR ALL"), 400, "query-refused")
    assert repository.snapshot == 1


def test_an_update_over_the_bound_is_refused() -> None:
    with gated(Settings(limits=replace(Limits(), change_statements=20))) as (repository, client):
        repository.put_graph(FENCE, hives(1, 6))
        refused = client.post("/sparql", "CLEAR ALL", UPDATE)
        assert problem(refused, 413, "change-too-large")["limit"] == 20
        assert repository.snapshot == 1


def test_an_update_may_be_for_one_state_of_the_repository_only(bees: Bees) -> None:
    _, client = bees

    def rename(number: int) -> int:
        headers = {"Content-Type": UPDATE, "If-Match": '"1"'}
        text = RENAME.format(number)
        return client.send("POST", "/sparql", content=text, headers=headers).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(rename, range(4))) == [204, 412, 412, 412]


def test_a_body_may_be_compressed(bees: Bees) -> None:
    _, client = bees
    headers = {"Content-Type": UPDATE, "Content-Encoding": "gzip"}
    packed = gzip.compress(RENAME.format("Elder").encode())
    assert client.send("POST", "/sparql", content=packed, headers=headers).status_code == 204
    assert ask(client, '?hive bee:caption "Elder"')


# -- patches of graphs -----------------------------------------------------------------------------


def patch(client: ServiceClient, text: str, address: str = GRAPH, **fields: str) -> int:
    headers = {"Content-Type": UPDATE, **fields}
    return client.send("PATCH", address, content=text, headers=headers).status_code


def test_a_patch_changes_its_graph_and_reads_it_as_default(bees: Bees) -> None:
    repository, client = bees
    client.send("PUT", "/graphs?graph=http://e/other", content=hives(1, 1), headers=TURTLE)
    text = (
        'DELETE { ?hive bee:caption ?old } INSERT { ?hive bee:caption "Elder" } '
        'WHERE { ?hive bee:caption ?old ; bee:hiveCode "N-1" }'
    )
    told = client.send(
        "PATCH", f"{GRAPH}&dry_run=true", content=text, headers={"Content-Type": UPDATE}
    ).json()
    assert (told["removed"], told["added"], told["accepted"]) == (1, 1, False)
    client.send("DELETE", "/graphs?graph=http://e/other")
    assert patch(client, text) == 204
    assert "Elder" in client.get(GRAPH, "application/n-triples").text
    detail = repository.commit(repository.snapshot)
    assert (detail.record.removed, detail.record.added) == (1, 1)


def test_a_patch_may_make_a_graph(bees: Bees) -> None:
    _, client = bees
    text = "INSERT DATA { <http://e/s> <http://e/p> [] }"
    assert patch(client, text, "/graphs?graph=http://e/new") == 201
    assert patch(client, text, "/graphs?default") == 201
    assert client.get("/graphs?graph=http://e/new").status_code == 200


@pytest.mark.parametrize(
    ("text", "address", "status"),
    [
        ("INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }", GRAPH, 400),
        (
            "CLEAR ALL ; INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }",
            GRAPH,
            400,
        ),
        ("DELETE WHERE { ?hive bee:hiveCode ?code }", GRAPH, 422),
        ("INSERT DATA { <http://e/s> }", GRAPH, 400),
        ("", GRAPH, 400),
        ("LOAD <http://127.0.0.1:9/>", GRAPH, 400),
        ("INSERT DATA { <http://e/s> <http://e/p> 1 }", f"/graphs?graph={quote(KR)}shapes", 403),
        ("INSERT DATA { GRAPH kr:shapes { <http://e/s> <http://e/p> 1 } }", GRAPH, 403),
    ],
)
def test_a_patch_that_cannot_be_made_changes_nothing(
    bees: Bees, text: str, address: str, status: int
) -> None:
    repository, client = bees
    assert patch(client, text, address) == status
    assert repository.snapshot == 1


def test_a_patch_of_a_stale_state_or_another_type_is_refused(bees: Bees) -> None:
    repository, client = bees
    stale = client.get(GRAPH).headers["etag"]
    client.post(GRAPH, hives(3, 1), "text/turtle")
    text = "INSERT DATA { <http://e/s> <http://e/p> 1 }"
    assert patch(client, text, **{"If-Match": stale}) == 412
    assert patch(client, text, **{"Content-Type": "text/turtle"}) == 415
    assert repository.snapshot == 2
    assert patch(client, text, **{"If-Match": client.get(GRAPH).headers["etag"]}) == 204
