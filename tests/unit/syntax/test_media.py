"""Names, media types and extensions of the formats."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat

from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.syntax import RdfSyntax, ResultFormat, offered_media_types


def test_the_public_names_are_these() -> None:
    assert [syntax.key for syntax in RdfSyntax] == [
        "turtle",
        "trig",
        "ntriples",
        "nquads",
        "rdfxml",
        "jsonld",
    ]
    assert [each.key for each in ResultFormat] == ["json", "xml", "csv", "tsv"]


@pytest.mark.parametrize("syntax", list(RdfSyntax), ids=lambda each: each.key)
def test_media_types_and_graphs_are_the_registered_ones(syntax: RdfSyntax) -> None:
    registered = syntax.rdf_format
    assert syntax.media_type == registered.media_type
    assert f".{registered.file_extension}" in syntax.extensions
    assert syntax.has_named_graphs == registered.supports_datasets


@pytest.mark.parametrize("each", list(ResultFormat), ids=lambda each: each.key)
def test_result_media_types_are_the_registered_ones(each: ResultFormat) -> None:
    registered = each.results_format.media_type.partition(";")[0]
    assert each.media_type == registered
    assert f".{each.results_format.file_extension}" in each.extensions


@pytest.mark.parametrize(
    ("file_name", "syntax"),
    [
        ("a.ttl", RdfSyntax.TURTLE),
        ("folder.x/a.TRIG", RdfSyntax.TRIG),
        ("a.nt", RdfSyntax.NTRIPLES),
        ("a.nq", RdfSyntax.NQUADS),
        ("a.rdf", RdfSyntax.RDFXML),
        ("a.owl", RdfSyntax.RDFXML),
        ("a.b.xml", RdfSyntax.RDFXML),
        ("a.jsonld", RdfSyntax.JSONLD),
        ("a.json", RdfSyntax.JSONLD),
    ],
)
def test_syntax_of_a_file_name(file_name: str, syntax: RdfSyntax) -> None:
    assert RdfSyntax.of_file_name(file_name) is syntax


def test_lookups_forgive_case_and_parameters() -> None:
    assert RdfSyntax.of_name(" Turtle") is RdfSyntax.TURTLE
    assert RdfSyntax.of_media_type("Text/Turtle; charset=UTF-8") is RdfSyntax.TURTLE
    assert RdfSyntax.of_media_type("application/x-turtle").rdf_format == RdfFormat.TURTLE
    assert ResultFormat.of_media_type("application/json") is ResultFormat.JSON


@pytest.mark.parametrize("name", ["", "ttl", "n3"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnsupportedMediaTypeError, match="turtle, trig, ntriples"):
        RdfSyntax.of_name(name)


@pytest.mark.parametrize("media_type", ["", "text/html", "turtle"])
def test_an_unknown_media_type_is_refused(media_type: str) -> None:
    with pytest.raises(UnsupportedMediaTypeError, match="text/turtle"):
        RdfSyntax.of_media_type(media_type)


@pytest.mark.parametrize("file_name", ["a", "a.txt", ".ttl/x"])
def test_an_unknown_extension_is_refused(file_name: str) -> None:
    with pytest.raises(UnsupportedMediaTypeError, match=r"\.ttl"):
        RdfSyntax.of_file_name(file_name)


def test_offers_put_registered_types_first() -> None:
    offered = offered_media_types([RdfSyntax.TURTLE, RdfSyntax.NTRIPLES])
    assert offered[:2] == ("text/turtle", "application/n-triples")
    assert "text/plain" in offered[2:]
