"""Updates of hostile patterns: an error within the bounds, and the next write is made."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.service.bounded_service import BoundedService, bounded_service

UPDATE = "application/sparql-update"
ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HOSTILE = {
    "a count of everything with everything": (
        f"INSERT {{ <urn:x> <urn:y> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {ALL} }} }}"
    ),
    "everything with everything": f"INSERT {{ ?a <urn:y> ?l }} WHERE {{ {ALL} }}",
    "a text that doubles": (
        "INSERT { <urn:x> <urn:y> ?v40 } WHERE { BIND('aaaaaaaaaa' AS ?v0) "
        + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
        + " }"
    ),
    "everything, after something was written": (
        "INSERT DATA { <urn:x> <urn:y> 1 } ; "
        f"INSERT {{ <urn:x> <urn:z> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {ALL} }} }}"
    ),
    "braces in braces": f"INSERT {{}} WHERE {'{' * 2000}{'}' * 2000}",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoundedService]:
    with bounded_service(tmp_path_factory.mktemp("updates") / "store") as found:
        yield found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pattern_is_stopped_and_others_may_write(
    service: BoundedService, name: str
) -> None:
    status, body = service.post("/sparql", HOSTILE[name].encode(), UPDATE)
    problem = json.loads(body)
    assert status in {400, 413, 422, 503}, problem
    assert problem["code"] in {
        "query-timeout", "query-memory", "too-many-rows", "change-too-large", "query-refused",
        "query-crashed", "limit-exceeded",
    }  # fmt: skip
    text = f'INSERT DATA {{ <urn:after> <urn:p> "{name}" }}'
    assert service.post("/sparql", text.encode(), UPDATE)[0] == 204
    status, body = service.query(f'ASK {{ <urn:after> <urn:p> "{name}" }}')
    assert (status, json.loads(body)["boolean"]) == (200, True)


def test_an_update_reads_what_was_written_just_before(service: BoundedService) -> None:
    for number in range(20):
        first = f"INSERT DATA {{ <urn:count> <urn:p> {number} }}"
        then = (
            "DELETE { GRAPH ?g { <urn:count> <urn:p> ?n } } "
            f"WHERE {{ GRAPH ?g {{ <urn:count> <urn:p> ?n FILTER (?n = {number}) }} }}"
        )
        assert service.post("/sparql", first.encode(), UPDATE)[0] == 204
        assert service.post("/sparql", then.encode(), UPDATE)[0] == 204
        assert json.loads(service.query("ASK { <urn:count> ?p ?o }")[1])["boolean"] is False


def test_operations_see_what_those_before_them_wrote(service: BoundedService) -> None:
    text = (
        "INSERT DATA { <urn:one> <urn:next> <urn:two> } ; "
        "INSERT { ?b <urn:next> <urn:three> } WHERE { <urn:one> <urn:next> ?b } ; "
        "DELETE { GRAPH kr:default { <urn:one> <urn:next> ?b } } "
        "WHERE { ?b <urn:next> <urn:three> }"
    )
    assert service.post("/sparql", text.encode(), UPDATE)[0] == 204
    for pattern, there in (("<urn:two> <urn:next> <urn:three>", True), ("<urn:one> ?p ?o", False)):
        assert json.loads(service.query(f"ASK {{ {pattern} }}")[1])["boolean"] is there
