"""What is said about SPARQL text, and what is refused; the engine itself is the oracle."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from orthogramic.errors import QueryRefusedError, QuerySyntaxError
from orthogramic.syntax import SparqlText, explain_syntax_error, refuse

NOWHERE = "<http://service.invalid/>"
PROLOGUE = f"PREFIX ex: {NOWHERE} PREFIX : {NOWHERE} "


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "select"),
        ("select*{}", "select"),
        ("# ASK\nPREFIX ask: <urn:x> BASE <urn:y> Ask {}", "ask"),
        ("PREFIXex:<urn:x>BASE<urn:y>CONSTRUCT{}WHERE{}", "construct"),
        ("VERSION '1.2' DESCRIBE <urn:x>", "describe"),
        ("PREFIX ex: <urn:x> DESCRIBEex:a", "describe"),
        ("INSERT DATA {}", "update"),
        ("INSERTDATA{}", "update"),
        ("DELETE WHERE { ?s ?p ?o }", "update"),
        ("WITH <urn:g> DELETE {} WHERE {}", "update"),
        ("LOADSILENT<urn:x>", "update"),
        ("CLEARDEFAULT", "update"),
        ("DROP ALL", "update"),
        ("CREATE GRAPH <urn:g>", "update"),
        ("ADD <urn:g> TO DEFAULT", "update"),
        ("MOVE <urn:g> TO DEFAULT", "update"),
        ("COPY <urn:g> TO DEFAULT", "update"),
        ("", "unknown"),
        ("PREFIX ex: <urn:x>", "unknown"),
        ("PREFIX", "unknown"),
        ("?x", "unknown"),
        ("<urn:select>", "unknown"),
        ("SELEC", "unknown"),
    ],
)
def test_the_form_of_a_text(text: str, form: str) -> None:
    assert SparqlText.of(text).form == form


# Clauses that the engine does evaluate, however they are written.
SERVICES = [
    f"SELECT * {{ SERVICE {NOWHERE} {{}} }}",
    f"SELECT * {{ service{NOWHERE}{{}} }}",
    f"SELECT * {{ SERVICE # {{\n{NOWHERE} {{}} }}",
    "SELECT * { SERVICE ex:a {} }",
    "SELECT * { SERVICEex:a {} }",
    "SELECT * { VALUES ?x {UNDEF}SERVICEex:a {} }",
    "SELECT * { BIND(1 AS ?x)service:a {} }",
    "PREFIX service: <urn:x> SELECT * { service:a {} }",
    "PREFIX serviceex: <urn:x> SELECT * { SERVICEex:a {} }",
    f"ASK {{ VALUES ?service {{ {NOWHERE} }} SERVICE?service{{}} }}",
    f"CONSTRUCT {{}} WHERE {{ {{ SELECT * {{ SERVICE {NOWHERE} {{}} }} }} }}",
]


@pytest.mark.parametrize("text", SERVICES)
def test_a_service_clause_is_found_where_the_engine_finds_one(text: str) -> None:
    with pytest.raises((OSError, RuntimeError)):  # it tries to ask the endpoint
        list(Store().query(PROLOGUE + text))  # type: ignore[arg-type]
    assert SparqlText.of(PROLOGUE + text).uses_service
    with pytest.raises(QueryRefusedError) as caught:
        refuse(PROLOGUE + text, max_length=1000, max_depth=20)
    assert caught.value.reason == "service-not-allowed"


@pytest.mark.parametrize(
    "glued", ["trueSERVICE ex:a {}", "1SERVICE ex:a {}", "1.0SERVICESILENTex:a{}"]
)
def test_a_service_clause_behind_a_term_is_found(glued: str) -> None:
    assert SparqlText.of(f"{PROLOGUE} SELECT * {{ ?s ?p {glued} }}").uses_service


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <urn:x> {}' }",
        'SELECT * { ?s ?p """SERVICE "" <urn:x> {}""" }',
        "SELECT * { ?s ?p '''it\\'s SERVICE {}''' }",
        "SELECT * { ?s ?p ?o } # SERVICE <urn:x> {}",
        "SELECT * { ?s <urn:SERVICE> ?o }",
        "SELECT ?service $SERVICE { ?service ?p $SERVICE }",
        "SELECT * { ?s ex:service ex:a . ex:SERVICE ?p ?o }",
        "SELECT * { ?s ex:x.service ex:a }",
        "SELECT * { _:service ?p ?o }",
        "SELECT * { ?s ?p 'x'@en-service }",
        "PREFIX service: <urn:x> SELECT * { service:a ?p service:b }",
        "PREFIX webservice: <urn:x> SELECT * { ?s ?p webservice:a . ?s webservice: ?o }",
        "PREFIX service: <urn:x> SELECT * { GRAPH service:a { ?s ?p ?o } }",
        "SELECT * { ?s ex:a\\#b ?o } # SERVICE",
        "SELECT * { FILTER(?a<?b && ?service>?d) }",
    ],
)
def test_the_word_service_elsewhere_is_no_clause(text: str) -> None:
    list(Store().query(PROLOGUE + text))  # type: ignore[arg-type]
    assert not SparqlText.of(PROLOGUE + text).uses_service
    refuse(PROLOGUE + text, max_length=1000, max_depth=20)


@pytest.mark.parametrize(
    "text",
    [
        f"LOAD {NOWHERE}",
        f"LOAD{NOWHERE}",
        "LOADex:g",
        "INSERT DATA { ex:a ex:b 1 } ; LOADex:g",
        f"INSERT DATA {{ ex:a ex:b 1 }} ; load {NOWHERE} INTO GRAPH ex:g",
        "PREFIX LOADex: <urn:x> LOADex:g",
    ],
)
def test_a_load_operation_is_found_where_the_engine_finds_one(text: str) -> None:
    with pytest.raises((OSError, RuntimeError)):
        Store().update(PROLOGUE + text)
    with pytest.raises(QueryRefusedError) as caught:
        refuse(PROLOGUE + text, max_length=1000, max_depth=20, allow_update=True)
    assert caught.value.reason == "load-not-allowed"


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { ex:load ex:b 'LOAD <urn:x>' } # LOAD",
        "PREFIX load: <urn:x> INSERT DATA { load:a load:b <urn:LOAD> }",
        "PREFIX workload: <urn:x> DELETE { ?load a workload:a } WHERE { ?load a workload:a }",
    ],
)
def test_the_word_load_elsewhere_is_no_operation(text: str) -> None:
    Store().update(PROLOGUE + text)
    refuse(PROLOGUE + text, max_length=1000, max_depth=20, allow_update=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * FROM <urn:g> {}", True),
        ("SELECT*FROM NAMED<urn:g>{}", True),
        ("SELECT*FROMex:g{}", True),
        ("SELECT ?from { ?from ex:from 'FROM <urn:g>' }", False),
        ("PREFIX from: <urn:x> SELECT * { from:a ?p ?o }", False),
    ],
)
def test_a_dataset_clause_is_found(text: str, expected: bool) -> None:
    Store().query(PROLOGUE + text)
    assert SparqlText.of(PROLOGUE + text).uses_from is expected


def test_an_update_is_refused_unless_allowed() -> None:
    text = "DELETE WHERE { ?s ?p ?o }"
    with pytest.raises(QueryRefusedError) as caught:
        refuse(text, max_length=100, max_depth=5)
    assert caught.value.reason == "update-not-allowed"
    refuse(text, max_length=100, max_depth=5, allow_update=True)


def test_length_counts_characters() -> None:
    text = "ASK {} # é"
    refuse(text, max_length=len(text), max_depth=5)
    with pytest.raises(QueryRefusedError) as caught:
        refuse(text, max_length=len(text) - 1, max_depth=5)
    assert caught.value.reason == "query-too-long"


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("", 0),
        ("ASK {}", 1),
        ("ASK { FILTER(((1))) }", 4),
        ("ASK { ?s ?p [ ?p ( [] ) ] }", 4),
        ("ASK { ?s ?p '{{{{' } # {{{{", 1),
        ("}}}{", 1),
        ("ASK { <<( ?s ?p <<( ?s ?p ?o )>> )>> ?p ?o }", 3),
    ],
)
def test_depth_counts_open_brackets(text: str, depth: int) -> None:
    assert SparqlText.of(text).depth == depth


N = 6400
EXHAUSTING = {
    "groups": "ASK " + "{" * N + "}" * N,
    "unclosed groups": "ASK " + "{" * N,
    "parentheses": "ASK { FILTER(" + "(" * N + "1" + ")" * N + ") }",
    "negations": "ASK { FILTER(" + "!" * 20_000 + "true) }",
    "sums": "ASK { FILTER(1" + "+?x" * 20_000 + ") }",
    "conjunctions": "ASK { FILTER(?x" + "&&?x" * 20_000 + ") }",
    "alternatives": "ASK { ?s <a:p>" + "|<a:p>" * 20_000 + " ?o }",
    "unions": "ASK { {}" + "UNION{}" * 20_000 + " }",
    "bindings": "ASK { " + "".join(f"BIND(1 AS ?v{n})" for n in range(N)) + " }",
    "minus": "ASK { " + "MINUS{?s ?p ?o}" * N + " }",
    "projections": "SELECT " + "".join(f"(1 AS ?v{n})" for n in range(N)) + " {}",
    "filters": "ASK { " + "FILTER(?x)" * 20_000 + " }",
    "subqueries": "ASK " + "{SELECT * " * N + "{}" + "}" * N,
    "functions": "ASK { FILTER(" + "STR(" * N + "1" + ")" * N + ") }",
    "triple terms": "ASK { ?s ?p " + "<<( ?s ?p " * N + "1" + " )>>" * N + " }",
}


@pytest.mark.parametrize("shape", EXHAUSTING)
def test_what_exhausts_the_stack_of_the_engine_is_refused(shape: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        refuse(EXHAUSTING[shape], max_length=1 << 20, max_depth=100)
    assert caught.value.reason == "query-too-deep"


def test_long_lists_are_no_chains() -> None:
    values = " ".join(map(str, range(-5000, 5000)))
    refuse(f"ASK {{ VALUES ?x {{ {values} }} }}", max_length=1 << 20, max_depth=10)
    data = "<a:a> <a:b> -1 , +1.5 ; <a:c> <a:d> . " * 3000
    refuse(f"INSERT DATA {{ {data} }}", max_length=1 << 20, max_depth=10, allow_update=True)


def test_variables_have_no_sign() -> None:
    text = "SELECT ?a (1 AS $b) { ?a ?c1 '?d' . # ?e\n FILTER(?a<?f) }"
    assert SparqlText.of(text).variables == {"a", "b", "c1", "f"}


def engine_complaint(text: str) -> QuerySyntaxError:
    with pytest.raises(SyntaxError) as caught:
        Store().query(text)
    return explain_syntax_error(caught.value, text)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("SELECT * WHERE { ?s ?p ?o .\n ?s ?p }", 2, 2, "from '?s' on"),
        ("SELECT * WHERE { 'é' ?p ?o .\n ex:a ?p ?o }", 2, 2, "the prefix ex: is not declared"),
        ("PREFIX Ex: <urn:x>\nSELECT * { ex:a ?p ?o }", 2, 12, "the prefix ex: is not declared"),
        ("SELECT * {\n?s ?p ?o", 1, 10, "'{' is never closed"),
        ("SELECT * { FILTER(?x }\n }", 1, 22, "'}' closes nothing that is open here"),
        ("SELECT * { } }", 1, 14, "'}' closes nothing that is open here"),
        ("SELECT * { ?s ?p 'x }", 1, None, ""),
        ("SELECT * { FILTER(1 + foo(1)) }", 1, 23, "from 'foo(1))' on"),
        ("", 1, 1, "the text ends too early"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 1, 1, "from 'INSERT' on"),
        ("SELEC * {}", 1, 1, "from 'SELEC' on"),
    ],
)
def test_a_syntax_error_has_line_and_column(
    text: str, line: int, column: int | None, words: str
) -> None:
    error = engine_complaint(text)
    assert error.line == line
    assert column is None or error.column == column
    assert words in error.detail
    assert "expected one of" not in error.detail


def test_the_reason_of_the_engine_is_kept_where_it_gives_one() -> None:
    error = engine_complaint("SELECT ?x WHERE { ?s ?p ?o } GROUP BY ?s")
    assert "The SELECT contains a variable that is unbound" in error.detail


def test_a_complaint_without_place_is_passed_on() -> None:
    error = explain_syntax_error(ValueError("odd."), "ASK {}")
    assert (error.line, error.column) == (None, None)
    assert error.detail == "The SPARQL text does not parse: odd."
