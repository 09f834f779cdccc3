"""Reading documents, above all those that cannot be read."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
from typing import BinaryIO, cast

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from orthogramic.errors import EmptyInputError, RdfSyntaxError
from orthogramic.syntax import RdfSyntax, read_document, read_quads

S = RdfSyntax
XML = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'
TRIPLE = b"<http://e/a> <http://e/p> 1 .\n"


def fault(data: bytes, syntax: RdfSyntax, **options: str) -> RdfSyntaxError:
    with pytest.raises(RdfSyntaxError) as caught:
        list(read_quads(data, syntax, source="file.x", base_iri=options.get("base_iri")))
    error = caught.value
    assert error.source == "file.x"
    assert error.detail.endswith(".")
    assert "Parser error" not in error.detail
    return error


@pytest.mark.parametrize(
    ("syntax", "data"),
    [
        (S.TURTLE, b"PREFIX e: <http://e/> e:a e:p 1 ."),
        (S.TRIG, b"PREFIX e: <http://e/> { e:a e:p 1 }"),
        (
            S.NTRIPLES,
            b'<http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        ),
        (S.NQUADS, b'<http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .'),
        (
            S.RDFXML,
            XML + b'<rdf:Description rdf:about="http://e/a"><e:p '
            b'rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</e:p></rdf:Description>'
            b"</rdf:RDF>",
        ),
        (S.JSONLD, b'{"@context": {"e": "http://e/"}, "@id": "e:a", "e:p": 1}'),
    ],
    ids=lambda value: value.key if isinstance(value, RdfSyntax) else "",
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_every_syntax_is_read_with_or_without_byte_order_mark(
    syntax: RdfSyntax, data: bytes, mark: bytes
) -> None:
    expected = [Quad(NamedNode("http://e/a"), NamedNode("http://e/p"), Literal(1), DefaultGraph())]
    assert list(read_quads(mark + data, syntax)) == expected
    assert list(read_quads(io.BytesIO(mark + data), syntax)) == expected


def test_relative_iris_are_resolved_against_the_base() -> None:
    (quad,) = read_quads(b"<a> <p> <> .", S.TURTLE, base_iri="http://e/x")
    assert quad.subject == NamedNode("http://e/a")
    assert quad.object == NamedNode("http://e/x")


def test_a_document_knows_its_prefixes() -> None:
    document = read_document(
        b"@prefix e: <http://e/> . @base <http://b/> . e:a e:p <c> .", S.TURTLE
    )
    assert document.prefixes == {"e": "http://e/"}
    assert document.base_iri == "http://b/"
    assert len(document.quads) == 1


def test_blank_nodes_are_renamed_on_request() -> None:
    (kept,) = read_quads(b"_:x <http://e/p> 1 .", S.TURTLE)
    (renamed,) = read_quads(b"_:x <http://e/p> 1 .", S.TURTLE, rename_blank_nodes=True)
    assert str(kept.subject) == "_:x"
    assert str(renamed.subject) != "_:x"


@pytest.mark.parametrize("syntax", list(S), ids=lambda each: each.key)
@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf"], ids=["empty", "blank", "mark"])
def test_an_empty_document_is_an_error_of_its_own(syntax: RdfSyntax, data: bytes) -> None:
    with pytest.raises(EmptyInputError, match=r"file\.x is empty"):
        list(read_quads(data, syntax, source="file.x"))
    assert list(read_quads(data, syntax, allow_empty=True)) == []
    assert read_document(data, syntax, allow_empty=True).quads == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(TRIPLE, mtime=0), "gzip"),
        (b"PK\x03\x04rest", "ZIP"),
        (TRIPLE.decode().encode("utf-16"), "UTF-16"),
        (TRIPLE.decode().encode("utf-16-be"), "UTF-16"),
        (TRIPLE.decode().encode("utf-32"), "UTF-32"),
        (bytes(range(256)), "binary"),
        (b"%PDF-1.7", "PDF"),
    ],
    ids=["gzip", "zip", "utf-16", "utf-16-be", "utf-32", "binary", "pdf"],
)
@pytest.mark.parametrize("syntax", list(S), ids=lambda each: each.key)
def test_what_is_no_text_is_named(data: bytes, words: str, syntax: RdfSyntax) -> None:
    error = fault(data, syntax)
    assert words in error.detail
    assert (error.line, error.column) == (1, 1)


@pytest.mark.parametrize(
    ("syntax", "data", "place", "words"),
    [
        (S.TURTLE, b"<http://e/a> <http://e/p>\n 1 x", (2, 4), "'x' cannot be a subject"),
        (
            S.TURTLE,
            b"<http://e/a> <http://e/p>\n e:x .",
            (2, 2),
            "prefix e: is used but not declared",
        ),
        (S.TURTLE, b"<a> <http://e/p> 1 .", (1, 1), "no base IRI"),
        (S.TURTLE, TRIPLE + b'<http://e/a> <http://e/p> "x', (2, 27), "truncated"),
        (S.TURTLE, TRIPLE + b"<http://e/a> <http://e/", (2, 14), "truncated"),
        (S.TURTLE, TRIPLE + b"<http://e/a>\n<http://e/p> [", (3, 15), "truncated"),
        (S.TURTLE, "<http://e/ä> <http://e/p> ö .".encode(), (1, 27), ""),
        (S.TURTLE, TRIPLE + b"<http://e/a> <http://e/p> '\xe4' .", (2, 28), "UTF-8"),
        (S.TURTLE, b"PREFIX e: <http://e/>\ne:g { e:a e:b e:c }", (2, 5), "TriG"),
        (S.TURTLE, b'{"@id": "http://e/a"}', (1, 1), "JSON-LD"),
        (S.TURTLE, XML + b"</rdf:RDF>", (1, 1), "RDF/XML"),
        (S.TRIG, b"<!DOCTYPE html>\n<html>", (1, 1), "HTML"),
        (S.NTRIPLES, TRIPLE + b"@prefix e: <http://e/> .", None, "Turtle"),
        (S.NTRIPLES, b"<http://e/a> <http://e/p> <http://e/c> <http://e/g> .", (1, 40), "N-Quads"),
        (S.NTRIPLES, b'<http://e/a> <http://e/p> "c" .\n<http://e/a>', (2, 13), "truncated"),
        (S.RDFXML, b"@prefix e: <http://e/> .", (1, 1), "Turtle"),
        (S.RDFXML, XML + b"<e:C>\n</rdf:RDF>", (3, 3), "closed by the tag of another"),
        (S.RDFXML, XML + b"<e:C/>\n", (3, 1), "truncated"),
        (S.RDFXML, XML + b"<e:C/>\n<e:C", (3, 1), "truncated"),
        (S.RDFXML, XML + b"\n <e:C rdf:about='a b'/>\n\n</rdf:RDF>", (3, 2), "not a valid IRI"),
        (S.RDFXML, XML + b"<e:C e:p='\xe4'/></rdf:RDF>", (2, 11), "UTF-8"),
        (S.RDFXML, XML + b"<e:C e:p='&x;'/></rdf:RDF>", (2, 1), "entity"),
        (S.RDFXML, XML + b"</rdf:RDF>\n<e:C/>", (3, 1), "after the end"),
        (S.JSONLD, b"@prefix e: <http://e/> .", (1, 1), "Turtle"),
        (S.JSONLD, b'{"@id": "http://e/a",\n "http://e/p": [1, }', (2, 20), ""),
        (S.JSONLD, b'{"@id": "http://e/a",\n "http://e/p": [1', (2, 18), "truncated"),
        (S.JSONLD, b'{"@id": "http://e/a",\n "http://e/', None, "truncated"),
        (S.JSONLD, b'{"http://e/p": 1,\n "@id": 1}', (2, 2), "@id value must be a string"),
    ],
)
def test_a_fault_has_its_place_and_its_likely_cause(
    syntax: RdfSyntax, data: bytes, place: tuple[int, int] | None, words: str
) -> None:
    error = fault(data, syntax)
    assert words in error.detail
    assert error.line is not None
    assert error.column is not None
    if place is not None:
        assert (error.line, error.column) == place


def test_quads_before_the_fault_are_yielded() -> None:
    quads = read_quads(TRIPLE * 3 + b"oops", S.TURTLE)
    assert len([next(quads) for _ in range(3)]) == 3
    with pytest.raises(RdfSyntaxError):
        next(quads)


def test_an_invalid_base_iri_is_reported() -> None:
    assert "base IRI" in fault(TRIPLE, S.TURTLE, base_iri="no iri").detail


@pytest.mark.parametrize(
    ("syntax", "data"),
    [
        (S.JSONLD, b'{"http://e/p":' * 20_000 + b"1" + b"}" * 20_000),
        (S.JSONLD, b'{"http://e/p":\n' * 600),
        (S.JSONLD, b'"' + b"[" * 600),
        (
            S.TURTLE,
            TRIPLE
            + b"<http://e/a> <http://e/p> "
            + b"<<( <http://e/a> <http://e/p> # .\n" * 20_000,
        ),
        (S.NTRIPLES, b"<http://e/a> <http://e/p> " + b"<<( <http://e/a> <http://e/p> " * 600),
        (S.RDFXML, XML + b"<e:C><e:p>" * 300),
    ],
    ids=["objects", "truncated", "unquoted", "triple-terms", "line", "elements"],
)
def test_deep_nesting_is_refused(syntax: RdfSyntax, data: bytes) -> None:
    error = fault(data, syntax)
    assert "levels deep" in error.detail
    assert error.line is not None


def test_moderate_nesting_is_read() -> None:
    depth = 400
    nested = b'{"http://e/p":' * depth + b'{"http://e/p":"}{[[[["}' + b"}" * depth
    assert len(list(read_quads(nested, S.JSONLD))) == depth + 1
    brackets = b"<http://e/a> <http://e/p> " + b"[ <http://e/p> " * 2000 + b"1" + b"]" * 2000
    assert len(list(read_quads(brackets + b" .", S.TURTLE))) == 2001
    many = b"<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> 1 )>>, '<<' .\n"
    assert len(list(read_quads(many * 3000, S.TURTLE))) == 6000


def test_marks_in_strings_are_not_nesting() -> None:
    data = b"<http://e/a> <http://e/p> '<< <<' .\n" * 3000
    assert len(list(read_quads(data, S.TURTLE))) == 3000


def with_entities(declarations: str, about: str) -> bytes:
    head = f"<?xml version='1.0'?>\n<!DOCTYPE rdf:RDF [\n{declarations}\n]>\n"
    return head.encode() + XML + f"<e:C rdf:about='{about}'/></rdf:RDF>".encode()


def test_entities_that_abbreviate_namespaces_are_read() -> None:
    data = with_entities('<!ENTITY e "http://e/"><!ENTITY f "&e;f#">', "&f;x")
    (quad,) = read_quads(data, S.RDFXML)
    assert quad.subject == NamedNode("http://e/f#x")


@pytest.mark.parametrize(
    "declarations",
    [
        "\n".join(
            [f'<!ENTITY a0 "{"x" * 20}">']
            + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)]
        ),
        f'<!ENTITY a "{"x" * 5000}">',
        "".join(f'<!ENTITY a{n} "x">' for n in range(2000)),
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
    ],
    ids=["nested", "long", "many", "external"],
)
def test_other_entities_are_refused(declarations: str) -> None:
    assert "entit" in fault(with_entities(declarations, "http://e/x"), S.RDFXML).detail


REFERRING = b'{"@context": [{"q": "http://e/q"},\n "http://c/1"], "p": 1.50, "q": "http://c/1"}'


def test_a_context_elsewhere_is_not_fetched() -> None:
    error = fault(REFERRING, S.JSONLD)
    assert "'http://c/1'" in error.detail
    assert "not fetched" in error.detail
    assert (error.line, error.column) == (2, 2)
    imported = fault(b'{"@context": {"@import": "http://c/1"}, "p": 1}', S.JSONLD)
    assert "not fetched" in imported.detail


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_known_context_is_put_in_place(wrapped: bool) -> None:
    context = {"p": "http://e/p"}
    known = {"http://c/1": {"@context": context} if wrapped else context}
    quads = list(read_quads(REFERRING, S.JSONLD, contexts=known))
    assert {(quad.predicate.value, str(quad.object)) for quad in quads} == {
        ("http://e/p", '"1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        ("http://e/q", '"http://c/1"'),
    }


def test_a_single_known_context_is_put_in_place() -> None:
    data = b'{"@context": "http://c/1", "p": {"@context": [], "p": 1}}'
    known = {"http://c/1": {"p": "http://e/p"}}
    assert len(list(read_quads(data, S.JSONLD, contexts=known))) == 2


def test_only_references_to_contexts_are_replaced() -> None:
    data = (
        b'{"@context": {"p": "http://e/p", "x": {"@id": "http://e/x", "@context": "http://c/1"}},'
        b' "p": "http://c/1", "x": ["\\"@context\\": \\"http://c/1\\""]}'
    )
    objects = [
        str(quad.object)
        for quad in read_quads(data, S.JSONLD, contexts={"http://c/1": {"p": "http://e/q"}})
    ]
    assert sorted(objects) == ['"\\"@context\\": \\"http://c/1\\""', '"http://c/1"']


@pytest.mark.parametrize(
    "data", [b'{"@context": "\\x", "p": 1}', b'{"@context": 1}', b'{"@context":', b'{"@context": [']
)
def test_a_malformed_context_is_refused(data: bytes) -> None:
    assert fault(data, S.JSONLD).line == 1


def test_a_stream_that_fails_says_so() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with (
        io.FileIO(writer, "wb") as stream,
        pytest.raises(OSError, match=r"not open for reading|Bad"),
    ):
        list(read_quads(stream, S.TURTLE))


class _Endless(io.RawIOBase):
    """Writes a document of a given number of triples while it is read."""

    def __init__(self, count: int) -> None:
        self._lines = (b"<http://e/%d> <http://e/p> 'some text' .\n" % n for n in range(count))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]
        while not self._left:
            self._left = next(self._lines, b"")
            if not self._left:
                return 0
        piece, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize("syntax", [S.TURTLE, S.TRIG], ids=lambda each: each.key)
def test_memory_does_not_grow_with_the_document(syntax: RdfSyntax) -> None:
    tracemalloc.start()
    try:
        stream = cast("BinaryIO", io.BufferedReader(_Endless(50_000)))
        count = sum(1 for _ in read_quads(stream, syntax))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 50_000
    assert peak < 2_000_000
