"""Laws of looking at SPARQL text; the engine is the oracle for forms and services."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from orthogramic.syntax import SparqlText, explain_syntax_error

PIECES = (
    "SERVICE service SILENT LOAD FROM GRAPH true false 1 1.0 . ; , { } ?x ?service <urn:x> ex:a : "
    "service:a serviceex:a 'SERVICE' _:service @en a UNION UNDEF VALUES # \\n \\t UNDEF "
    "BIND(1AS?y) ex:SERVICE ex:a.SERVICE"
).split(" ")
GROUPS = st.lists(st.one_of(st.sampled_from(PIECES), st.just(" "), st.just("\n")), max_size=12).map(
    "".join
)
PREFIXES = st.lists(
    st.sampled_from(["ex", "", "service", "serviceex", "trueservice"]), max_size=3
).map(lambda names: "".join(f"PREFIX {name}: <http://service.invalid/> " for name in names))


@given(st.text(max_size=80))
def test_any_text_can_be_looked_at(text: str) -> None:
    found = SparqlText.of(text)
    assert found.length == len(text)
    assert 0 <= found.depth <= len(text)


@given(PREFIXES, GROUPS)
def test_no_service_is_ever_overlooked(prefixes: str, group: str) -> None:
    text = f"{prefixes} SELECT * {{ {group} }}"
    try:
        solutions = Store().query(text)
        list(solutions)  # type: ignore[arg-type]
    except SyntaxError:
        return
    except OSError:  # the engine tried to ask an endpoint
        assert SparqlText.of(text).uses_service


@given(PREFIXES, GROUPS)
def test_every_syntax_error_has_a_place_in_the_text(prefixes: str, group: str) -> None:
    text = f"{prefixes}\nSELECT * {{ {group} }}"
    try:
        Store().query(text)
    except SyntaxError as error:
        explained = explain_syntax_error(error, text)
        assert explained.line is not None
        assert explained.column is not None
        lines = text.split("\n")
        assert 1 <= explained.line <= len(lines)
        assert 1 <= explained.column <= len(lines[explained.line - 1]) + 1
    except OSError:
        return


@given(st.text(st.sampled_from("ab{}()[]'\"#\n\\ <>?"), max_size=40))
def test_depth_never_falls_short_outside_of_strings_and_comments(text: str) -> None:
    bare = "".join(each for each in text if each in "{}()[]")
    depth = level = 0
    for each in bare:
        level = level + 1 if each in "{([" else max(0, level - 1)
        depth = max(depth, level)
    assert SparqlText.of(bare).depth == depth
