"""What the scratch store changes in SPARQL text, and that it changes nothing else."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad

from orthogramic.errors import InvalidParameterError
from orthogramic.service.scanning import without_fetches
from orthogramic.service.using_clause import with_dataset

IRIS = st.sampled_from(["http://e/1", "http://e/2", "http://e/3"])
QUADS = st.builds(
    Quad,
    IRIS.map(NamedNode),
    IRIS.map(NamedNode),
    IRIS.map(NamedNode),
    st.sampled_from([DefaultGraph(), NamedNode("http://e/g"), NamedNode("http://e/h")]),
)
PATTERNS = [
    "INSERT { ?s <http://e/new> ?o } WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o . FILTER(?s != ?o) }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX where: <http://e/> INSERT { ?s where:x '} WHERE {' } # WHERE\nWHERE { ?s ?p ?o }",
]


def store_of(quads: list[Quad]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(quads)
    return store


def by_hand(quads: list[Quad], default: list[str], named: list[str], update: str) -> set[Quad]:
    """Carry out an update that says its dataset itself."""
    clauses = " ".join(
        [f"USING <{each}>" for each in default] + [f"USING NAMED <{each}>" for each in named]
    )
    head, _, tail = update.rpartition("WHERE {")
    if head.strip() == "DELETE":
        head = "DELETE {" + tail + " "
    store = store_of(quads)
    store.update(f"{head}{clauses} WHERE {{{tail}")
    return set(store)


@given(
    quads=st.lists(QUADS),
    default=st.lists(st.sampled_from(["http://e/g", "http://e/h"]), max_size=2, unique=True),
    named=st.lists(st.sampled_from(["http://e/g", "http://e/h"]), max_size=2, unique=True),
    update=st.sampled_from(PATTERNS),
)
def test_a_dataset_in_the_request_means_what_it_means_in_the_text(
    quads: list[Quad], default: list[str], named: list[str], update: str
) -> None:
    store = store_of(quads)
    store.update(with_dataset(update, default, named))
    assert set(store) == by_hand(quads, default, named, update)


def test_every_operation_gets_the_dataset() -> None:
    text = "INSERT {} WHERE { ?s ?p ?o } ; CLEAR ALL ; DELETE {} WHERE { { ?s ?p 'WHERE ;' } }"
    assert with_dataset(text, ["http://e/g"], []) == (
        "INSERT {} USING <http://e/g> WHERE { ?s ?p ?o } ; CLEAR ALL ; "
        "DELETE {} USING <http://e/g> WHERE { { ?s ?p 'WHERE ;' } }"
    )


@pytest.mark.parametrize(
    "text",
    [
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT {} USING NAMED <http://e/g> WHERE { ?s ?p ?o }",
    ],
)
def test_two_datasets_are_one_too_many(text: str) -> None:
    with pytest.raises(InvalidParameterError):
        with_dataset(text, ["http://e/g"], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOAD SILENT <http://e/x>", "ADD DEFAULT TO DEFAULT"),
        ("load silent e:x into graph <http://e/g>;CLEAR ALL", "ADD DEFAULT TO DEFAULT;CLEAR ALL"),
        ("ASK { SERVICE SILENT ?x { { ?a ?b '}' } } }", "ASK { {} }"),
        ("ASK { SERVICE SILENT <http://e/> { SERVICE SILENT <http://e/> { } } }", "ASK { {} }"),
    ],
)
def test_what_would_fail_silently_is_taken_out(text: str, expected: str) -> None:
    assert without_fetches(text, silent_only=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://e/x>",
        "ASK { SERVICE <http://e/> { } }",
        "ASK { ?s ?p 'SERVICE SILENT <http://e/> { }' }",
        "ASK { } # SERVICE SILENT <http://e/> { }",
        "ASK { <http://e/SERVICE> ?SERVICE ?x }",
        "SERVICE SILENT <http://e/> {",
        "LOAD SILENT ;",
    ],
)
def test_everything_else_is_left_alone(text: str) -> None:
    assert without_fetches(text, silent_only=True) == text


def test_all_fetches_are_taken_out_to_look_at_the_rest() -> None:
    text = "LOAD <http://e/x> INTO GRAPH <http://e/g> ; INSERT {} WHERE { SERVICE ?x { } }"
    assert without_fetches(text, silent_only=False) == (
        "ADD DEFAULT TO DEFAULT ; INSERT {} WHERE { {} }"
    )


PARTS = st.sampled_from(
    [
        ("{ ?s ?p ?o }", "{ ?s ?p ?o }"),
        ("'SERVICE SILENT <http://e/> { }'", "'SERVICE SILENT <http://e/> { }'"),
        ("<http://e/SERVICE>", "<http://e/SERVICE>"),
        ("# SERVICE ?x { }\n", "# SERVICE ?x { }\n"),
        ("ex:SERVICE", "ex:SERVICE"),
        ("SERVICE SILENT <http://e/> { ?s ?p '}' }", "{}"),
        ("service silent ?x{{SERVICE SILENT ex:a{}}#}\n}", "{}"),
        ("SERVICE # {\n ex:a {}", "{}"),
    ]
)


@given(st.lists(PARTS))
def test_fetches_are_taken_out_wherever_they_stand(parts: list[tuple[str, str]]) -> None:
    text = " ".join(before for before, _ in parts)
    assert without_fetches(text, silent_only=False) == " ".join(after for _, after in parts)


@given(st.text(alphabet="ASK WHERE{}?sp'\".#\n", max_size=60))
def test_text_without_the_words_never_changes(text: str) -> None:
    assert without_fetches(text, silent_only=False) == text
