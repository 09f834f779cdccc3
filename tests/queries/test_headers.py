"""What every saved query must state, whatever it asks."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from tests.data.datasets import METAMODEL, RDF_TYPE, bundle_triples
from tests.queries.golden_answers import golden_calls
from tests.queries.saved_queries import QueryFile, query_files

QUERIES = query_files()
DISPLAYS = {"table", "matrix", "bars", "layered-graph"}
TYPES = {"entity", "integer", "decimal", "string", "boolean", "date", "iri"}
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


def projection(query: QueryFile) -> set[str]:
    """Return the names of the columns, as SPARQL itself sees them."""
    answer = Store().query(query.text)
    assert isinstance(answer, QuerySolutions)
    return {each.value for each in answer.variables}


def test_ten_or_more_and_no_name_twice() -> None:
    names = [query.name for query in QUERIES]
    assert len(names) >= 10
    assert len(names) == len(set(names))


@each_query
def test_name_is_kebab_case(query: QueryFile) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)


@each_query
def test_header_is_complete(query: QueryFile) -> None:
    assert set(query.header) <= {"summary", "description", "tags", "params", "display"}
    assert query.header["summary"].endswith("?")
    assert query.header["description"].strip()
    assert query.header["tags"]
    assert query.header["display"] in DISPLAYS


@each_query
def test_tags_name_the_topic(query: QueryFile) -> None:
    assert query.path.parent.name in query.header["tags"]


@each_query
def test_parameters_are_declared_and_used(query: QueryFile) -> None:
    written = set(re.findall(r"\$(\w+)", query.body))
    assert written == set(query.parameters)


@each_query
def test_parameters_are_columns(query: QueryFile) -> None:
    """Pyoxigraph binds only what is projected, and a reader wants to see what was asked."""
    assert set(query.parameters) <= projection(query)


@each_query
def test_parameters_say_what_they_want(query: QueryFile) -> None:
    classes = {
        each.subject.value.removeprefix(METAMODEL)
        for each in bundle_triples("ontology")
        if each.predicate == RDF_TYPE and isinstance(each.subject, NamedNode)
    }
    for parameter in query.parameters.values():
        assert set(parameter) <= {"type", "class", "required", "default", "description"}
        assert parameter["type"] in TYPES
        assert parameter["description"]
        assert isinstance(parameter["required"], bool)
        # An entity without a class may be of any.
        assert parameter["type"] == "entity" or "class" not in parameter
        assert parameter.get("class") in {None, *classes}


@each_query
def test_is_a_select_over_the_own_store(query: QueryFile) -> None:
    assert re.search(r"^SELECT\b", query.body, re.MULTILINE)
    assert not re.search(r"(?<!:)\b(SERVICE|FROM|LOAD)\b", query.body, re.IGNORECASE)


@each_query
def test_every_label_stands_beside_its_term(query: QueryFile) -> None:
    columns = projection(query)
    labels = {name for name in columns if name.endswith("Label")}
    assert labels
    assert {name.removesuffix("Label") for name in labels} <= columns


@each_query
def test_order_is_fixed(query: QueryFile) -> None:
    assert re.search(r"^ORDER BY\b", query.body, re.MULTILINE)


def test_every_query_has_a_golden_answer() -> None:
    assert {call.query for call in golden_calls()} == {query.name for query in QUERIES}
