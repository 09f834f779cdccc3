"""The matrix over HTTP is what the facade answers, in three formats."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient, problem

MATRIX = "/api/v1/matrix"


def test_the_document_is_that_of_the_facade(toy_client: ServiceClient, toy: Repository) -> None:
    response = toy_client.get(MATRIX, rows="Hive", columns="Meadow")
    assert response.json() == json.loads(json.dumps(toy.matrix("Hive", "Meadow").to_dict()))
    assert response.headers["content-type"] == "application/json"
    assert "Accept" in response.headers["vary"]
    assert response.headers["x-orthogramic-snapshot"] == str(toy.snapshot)


def test_every_parameter_reaches_the_question(toy_client: ServiceClient, toy: Repository) -> None:
    given: dict[str, Any] = {
        "rows": "bee:Meadow",
        "column": ["Old Willow", "Keeper/ada"],
        "direction": "impact",
        "cell": "paths",
        "profile": "nectar",
        "max_hops": 3,
        "min_score": 0.1,
        "via": ["foragesAt", "minds"],
        "hide_empty": True,
        "sort": "total",
        "limit": 1,
        "offset": 1,
        "column_limit": 1,
        "column_offset": 1,
    }
    answer = toy_client.get(MATRIX, **given).json()
    assert answer == json.loads(json.dumps(toy.matrix(**given).to_dict()))
    assert answer["receipt"]["parameters"]["hide_empty"] is True


def test_the_reference_data_has_a_heat_map(client: ServiceClient, reference: Repository) -> None:
    answer = client.get(MATRIX, rows="CustomerPersona", columns="Capability").json()
    alone = reference.dependencies("Michael Chen", to="Capability").to_dict()["hits"]
    (row,) = [each["iri"] for each in answer["rows"] if each["label"] == "Michael Chen"]
    assert {each["column"]: each["score"] for each in answer["cells"] if each["row"] == row} == {
        each["entity"]["iri"]: each["score"] for each in alone
    }


@pytest.mark.parametrize(
    ("accept", "parameters", "media_type"),
    [
        ("*/*", {}, "application/json"),
        ("text/csv", {}, "text/csv; charset=utf-8"),
        ("image/svg+xml", {}, "image/svg+xml"),
        ("image/svg+xml;q=0.5, text/csv", {}, "text/csv; charset=utf-8"),
        ("text/csv", {"format": "svg"}, "image/svg+xml"),
        ("application/json", {"format": "csv"}, "text/csv; charset=utf-8"),
        ("text/csv", {"format": "JSON"}, "application/json"),
    ],
)
def test_the_format_is_chosen_by_name_or_else_by_accept(
    toy_client: ServiceClient, accept: str, parameters: dict[str, str], media_type: str
) -> None:
    response = toy_client.get(MATRIX, accept, rows="Hive", columns="Meadow", **parameters)
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type


def test_what_is_written(toy_client: ServiceClient) -> None:
    asked = {"rows": "Hive", "columns": "Meadow"}
    rows = list(csv.reader(io.StringIO(toy_client.get(MATRIX, "text/csv", **asked).text)))
    assert rows[2][:5] == ["Old Willow", "Hive", "https://bees.example/id/Hive/H-1", "1.0", "0.25"]
    picture = toy_client.get(MATRIX, "image/svg+xml", **asked)
    assert ET.fromstring(picture.content).tag.endswith("svg")
    assert picture.headers["content-security-policy"].startswith("default-src 'none'")
    assert 'filename="matrix.svg"' in picture.headers["content-disposition"]


def test_a_class_without_instances_is_no_error() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as nothing:
        empty = ServiceClient(create_service(nothing, Settings()))
        for each in ("json", "csv", "svg"):
            answer = empty.get(MATRIX, rows="Hive", columns="Meadow", format=each)
            assert answer.status_code == 200
        document = empty.get(MATRIX, rows="Hive", columns="Meadow").json()
    assert (document["rows"], document["total_rows"], document["cells"]) == ([], 0, [])
    assert document["notes"][0] == "There are no rows: nothing here is of the class Hive."


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 400, "invalid-parameter"),
        ("rows=Hive", 400, "invalid-parameter"),
        ("rows=Hyve&columns=Meadow", 404, "unknown-term"),
        ("rows=Hive&columns=Meadow&row=Nobody", 404, "unknown-entity"),
        ("rows=Hive&columns=Meadow&row=Ada", 404, "unknown-entity"),
        ("rows=Hive&columns=Meadow&via=eats", 404, "unknown-term"),
        ("rows=Hive&columns=Meadow&profile=none", 404, "unknown-profile"),
        ("rows=Hive&columns=Meadow&cell=colour", 404, "unknown-measure"),
        ("rows=Hive&columns=Meadow&row_level=1", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&row_level=0", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&row_parents=minds", 400, "invalid-parameter"),
        ("rows=query:hives&columns=Meadow", 404, "unknown-query"),
        ("rows=query:hives-of-meadow&columns=Meadow", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&direction=up", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&sort=mood", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&limit=0", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&limit=-1", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&limit=many", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&column_limit=0", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&offset=-1", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&column_offset=x", 400, "invalid-parameter"),
        (f"rows=Hive&columns=Meadow&offset={2**60}", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&max_hops=0", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&max_hops=1001", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&max_hops=9&cell=paths", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&min_score=2", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&hide_empty=perhaps", 400, "invalid-parameter"),
        ("rows=Hive&rows=Meadow&columns=Meadow", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&hops=2", 400, "invalid-parameter"),
        ("rows=Hive&columns=Meadow&format=docx", 400, "invalid-parameter"),
    ],
)
def test_a_bad_question_is_refused(
    toy_client: ServiceClient, query: str, status: int, code: str
) -> None:
    problem(toy_client.get(f"{MATRIX}?{query}"), status, code)


def test_what_is_not_offered_is_not_acceptable(toy_client: ServiceClient) -> None:
    response = toy_client.get(MATRIX, "text/turtle", rows="Hive", columns="Meadow")
    assert problem(response, 406, "not-acceptable")["offered"][1] == "text/csv"


def test_an_ambiguous_name_lists_the_candidates() -> None:
    meadow = (
        "<urn:m> a <https://bees.example/terms#Meadow> ; "
        '<https://bees.example/terms#caption> "Ada" .'
    )
    with orthogramic.open_memory(bundle=[TOY]) as twins:
        twins.load([TOY / "data"])
        twins.load_bytes(meadow.encode(), syntax="turtle")
        asked = ServiceClient(create_service(twins, Settings()))
        found = problem(asked.get(MATRIX, row="Ada", columns="Hive"), 409, "ambiguous-name")
        assert {each["class"] for each in found["candidates"]} == {"Keeper", "Meadow"}
        # The class of the side settles it.
        settled = asked.get(MATRIX, rows="Keeper", row="Ada", columns="Hive").json()
    assert [each["label"] for each in settled["rows"]] == ["Ada"]


def test_a_file_holds_the_whole_where_a_document_holds_a_page() -> None:
    """A spreadsheet could not say that the rest is on another page."""
    meadows = "".join(
        f"<https://bees.example/id/Meadow/{number}> a <https://bees.example/terms#Meadow> ; "
        f'<https://bees.example/terms#caption> "Meadow {number}" .\n'
        for number in range(120)
    )
    with orthogramic.open_memory(bundle=[TOY]) as wide:
        wide.load_bytes(meadows.encode(), syntax="turtle", gate=False)
        asked = ServiceClient(create_service(wide, Settings()))
        page = asked.get(MATRIX, rows="Meadow", columns="Meadow").json()
        text = asked.get(MATRIX, rows="Meadow", columns="Meadow", format="csv").text
        narrow = asked.get(MATRIX, rows="Meadow", columns="Meadow", format="csv", limit=5).text
    assert (len(page["rows"]), len(page["columns"]), page["total_rows"]) == (100, 100, 120)
    assert len(list(csv.reader(io.StringIO(text)))) > page["total_rows"]
    assert len(narrow.splitlines()) < len(page["rows"])
