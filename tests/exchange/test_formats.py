"""The list of formats, and writing through it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.exchange import ExportOptions, format_named, formats, write
from orthogramic.syntax import RdfSyntax
from tests.exchange.coast import CONTEXT, METAMODEL, PREFIXES
from tests.exchange.datasets import DATASETS, merged, same

NAMES = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld", "archimate"]
SUBJECT = NamedNode("https://coast.example/id/a")
QUAD = Quad(
    SUBJECT,
    NamedNode("https://coast.example/terms#name"),
    Literal("A"),
    NamedNode("https://coast.example/graph/1"),
)


def test_every_format_describes_itself() -> None:
    assert [each.name for each in formats()] == NAMES
    for each in formats():
        assert each.description.endswith(".")
        assert each.extension.startswith(".")
        assert "/" in each.media_type
        description = json.loads(json.dumps(each.to_dict()))
        assert description["export"]
        assert description["import"] == (each.syntax is not None)
    for of_all in (
        [each.extension for each in formats()],
        [each.media_type for each in formats()],
        [each.description for each in formats()],
    ):
        assert len(set(of_all)) == len(NAMES)


@pytest.mark.parametrize("name", [each.name for each in formats() if each.read is not None])
@settings(deadline=None, max_examples=25)
@given(quads=DATASETS)
def test_what_an_entry_writes_it_reads(name: str, quads: list[Quad]) -> None:
    entry = format_named(name)
    assert entry.write is not None
    assert entry.read is not None
    options = ExportOptions(metamodel=METAMODEL, prefixes=PREFIXES, context=CONTEXT)
    document = b"".join(entry.write(quads, options))
    read = list(entry.read(document, "the test")) if document.strip() else []
    assert same(read, quads if entry.keeps_graphs else merged(quads))


def test_names_are_found_whatever_their_case() -> None:
    assert format_named(" Turtle ").name == "turtle"


def test_an_unknown_name_gets_the_list() -> None:
    with pytest.raises(UnsupportedMediaTypeError, match="known are turtle, trig, ntriples"):
        format_named("word-processor")


def test_without_a_context_json_ld_has_full_addresses() -> None:
    document = json.loads(b"".join(write([QUAD], RdfSyntax.JSONLD)))
    assert document["@context"] == {}
    [graph] = document["@graph"]
    assert graph["@graph"] == [{"@id": SUBJECT.value, QUAD.predicate.value: "A"}]


@pytest.mark.parametrize("syntax", [RdfSyntax.NTRIPLES, RdfSyntax.NQUADS], ids=["nt", "nq"])
def test_lines_are_written_before_all_of_the_data_is_there(syntax: RdfSyntax) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield Quad(QUAD.subject, QUAD.predicate, Literal(str(taken)), DefaultGraph())

    pieces = write(endless(), syntax)  # type: ignore[arg-type]
    first = next(pieces)
    assert first.count(b"\n") == taken < 10_000
    next(pieces)
    assert taken < 20_000


def test_merging_syntaxes_forget_graphs_and_the_others_do_not() -> None:
    for each in formats():
        assert each.write is not None
        document = b"".join(each.write([QUAD], ExportOptions()))
        assert (b"graph/1" in document) == each.keeps_graphs
