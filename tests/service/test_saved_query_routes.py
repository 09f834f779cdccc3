"""Saved queries over HTTP."""

from __future__ import annotations

import csv
import io

import pyoxigraph
import pytest

from orthogramic import Repository
from tests.service.service_client import ServiceClient, problem

QUERIES = "/api/v1/queries"


def test_all_are_listed_with_their_parameters(client: ServiceClient, reference: Repository) -> None:
    found = client.get(QUERIES).json()
    assert [each["name"] for each in found["items"]] == [each.name for each in reference.queries()]
    assert found["total"] >= 10
    assert client.get(QUERIES, limit=3, offset=2).json()["items"] == found["items"][2:5]


def test_a_query_describes_itself(client: ServiceClient, reference: Repository) -> None:
    for query in reference.queries():
        found = client.get(f"{QUERIES}/{query.name}/description").json()
        assert found["text"] == query.text
        assert [each["name"] for each in found["parameters"]] == [
            each.name for each in query.parameters
        ]


def with_entity_parameter(repository: Repository) -> tuple[str, dict[str, str]]:
    """Return a query that needs one entity, with a value for it."""
    for query in repository.queries():
        needed = [each for each in query.parameters if each.required]
        if len(needed) == 1 and needed[0].entity_class:
            name = repository.metamodel.classes[needed[0].entity_class].name
            return query.name, {needed[0].name: repository.entities(name).items[0].label}
    pytest.fail("no saved query needs an entity")


def test_an_answer_is_that_of_the_facade_in_every_format(
    client: ServiceClient, reference: Repository
) -> None:
    name, values = with_entity_parameter(reference)
    expected = reference.saved_query(name, values)
    assert expected.rows
    answer = client.get(f"{QUERIES}/{name}", **values)
    assert answer.json() == expected.to_dict()
    assert answer.headers["x-orthogramic-snapshot"] == str(expected.snapshot)
    xml = client.get(f"{QUERIES}/{name}", "application/sparql-results+xml", **values)
    rows = pyoxigraph.parse_query_results(xml.content, pyoxigraph.QueryResultsFormat.XML)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    assert [tuple(row[at] for at in range(len(expected.variables))) for row in rows] == list(
        expected.rows
    )
    table = list(
        csv.reader(io.StringIO(client.get(f"{QUERIES}/{name}", "text/csv", **values).text))
    )
    assert table[0] == list(expected.variables)
    assert len(table) == len(expected.rows) + 1
    by_name = client.get(f"{QUERIES}/{name}", format="csv", **values)
    assert by_name.headers["content-type"].startswith("text/csv")


def test_what_does_not_fit_is_refused(client: ServiceClient, reference: Repository) -> None:
    name, values = with_entity_parameter(reference)
    ((parameter, value),) = values.items()
    problem(client.get(f"{QUERIES}/{name}"), 400, "invalid-parameter")
    problem(client.get(f"{QUERIES}/{name}", **values, extra="1"), 400, "invalid-parameter")
    problem(
        client.send("GET", f"{QUERIES}/{name}", params={parameter: [value, value]}),
        400,
        "invalid-parameter",
    )
    problem(client.get(f"{QUERIES}/{name}", **{parameter: "Nobody"}), 404, "unknown-entity")
    problem(client.get(f"{QUERIES}/{name}", "text/turtle", **values), 406, "not-acceptable")
    problem(client.get(f"{QUERIES}/{name}", **values, format="word"), 400, "invalid-parameter")
    problem(client.get(f"{QUERIES}/{name}x"), 404, "unknown-query")
    problem(client.get(f"{QUERIES}/{name}x/description"), 404, "unknown-query")
