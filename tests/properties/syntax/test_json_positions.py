"""Places in JSON-LD: each pointer leads to what it was asked for, whoever wrote the document."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from orthogramic.syntax.json_text import JsonValue, read_json_text
from orthogramic.syntax.jsonld_positions import JsonPositions

BASE = "https://orchard.example/"
NODES = [NamedNode(BASE + name) for name in ("ash", "birch", "a/b~c", "d%20e")]
PROPERTIES = [NamedNode(BASE + name) for name in ("grows", "x~y", "height")]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
TRIPLES = st.builds(
    Triple,
    st.sampled_from(NODES),
    st.sampled_from(PROPERTIES),
    st.one_of(
        st.sampled_from(NODES),
        TEXTS.map(Literal),
        TEXTS.map(lambda text: Literal(text, language="en")),
        TEXTS.map(lambda text: Literal(text, datatype=NamedNode(BASE + "kind"))),
    ),
)
DOCUMENTS: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=12,
)


def reached(document: Any, pointer: str) -> Any:
    """Follow a JSON Pointer as RFC 6901 says."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document


@given(triples=st.lists(TRIPLES, min_size=1, max_size=8), prefixed=st.booleans())
def test_every_statement_is_found(triples: list[Triple], prefixed: bool) -> None:
    prefixes = {"o": BASE} if prefixed else None
    content = serialize(triples, format=RdfFormat.JSON_LD, prefixes=prefixes)
    assert content is not None
    text = json.dumps(json.loads(content), indent=1)
    positions, document = JsonPositions(text), json.loads(text)
    lines = text.splitlines()
    for triple in triples:
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode | Literal)
        position = positions.exact(triple.subject, triple.predicate, triple.object)
        assert position is not None
        found = reached(document, position.pointer)
        spelled = found.get("@value", found.get("@id")) if isinstance(found, dict) else found
        assert spelled == triple.object.value or spelled == triple.object.value.replace(BASE, "o:")
        assert 1 <= position.line <= len(lines)


@given(document=DOCUMENTS, indent=st.sampled_from([None, 1]))
def test_json_is_read_as_it_is(document: Any, indent: int | None) -> None:
    value = read_json_text(json.dumps(document, indent=indent))
    assert value is not None
    assert plain(value) == plain_of(document)


def plain(value: JsonValue) -> Any:
    """Return what a value says; scalars as text, empty arrays and objects as nothing."""
    if value.members:
        return {name: plain(each) for name, each in value.members.items()}
    if value.items:
        return [plain(each) for each in value.items]
    return value.text


def plain_of(document: Any) -> Any:
    """Return the same of what another parser reads."""
    if isinstance(document, dict):
        return {name: plain_of(each) for name, each in document.items()} or None
    if isinstance(document, list):
        return [plain_of(each) for each in document] or None
    return document if isinstance(document, str) else json.dumps(document)


@given(text=TEXTS)
def test_what_is_no_json_is_no_error(text: str) -> None:
    read_json_text(text + "{")
    assert read_json_text("{" + text) is None or text.strip() == "}"
