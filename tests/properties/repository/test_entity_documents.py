"""Laws of documents: reading undoes writing, and a patch does what RFC 7396 says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    InvalidDocumentError,
    NonConformingDataError,
    PreconditionFailedError,
)
from orthogramic.metamodel import PropertyKind
from orthogramic.repository.documents import read_json_object
from orthogramic.repository.documents.values import Values
from orthogramic.syntax import LiteralCanonicalizer
from orthogramic.vocabulary import XSD
from tests.conftest import TOY, WORKED_EXAMPLE

BASE = "https://bees.example/"
HIVES = ["H-1", "H-3"]
DATATYPES = [XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.double, XSD.date, XSD.anyURI]


@pytest.fixture(scope="module")
def bees() -> Iterator[Repository]:
    """Return a repository of the toy domain that every example takes over from the one before."""
    with orthogramic.open_memory(bundle=[TOY], base_iri=BASE) as repository:
        repository.load([TOY / "data"])
        yield repository


def statements(repository: Repository) -> set[str]:
    """Return all asserted statements, whichever graph makes them."""
    text = b"".join(repository.export("ntriples")).decode()
    return {line for line in text.splitlines() if line}


# -- every entity ----------------------------------------------------------------------------------


def test_every_document_of_the_reference_data_changes_nothing(enterprise: Repository) -> None:
    entities = enterprise.entities(limit=10_000).items
    assert len(entities) > 1000
    for each in entities:
        document = enterprise.entity_document(each.iri)
        read = read_json_object(json.dumps(document).encode())
        # The order of members means nothing.
        backwards = dict(reversed(read.items()))
        written = enterprise.replace_entity(each.iri, backwards, dry_run=True)
        assert written.change.is_empty, each.iri


@pytest.mark.parametrize(
    ("bundle", "data"), [([TOY], TOY / "data"), ([], WORKED_EXAMPLE)], ids=["toy", "example"]
)
def test_documents_are_enough_to_make_the_data_anew(bundle: list[Any], data: Any) -> None:
    with (
        orthogramic.open_memory(bundle=bundle) as first,
        orthogramic.open_memory(bundle=bundle) as copy,
    ):
        first.load([data])
        documents = [first.entity_document(each.iri) for each in first.entities(limit=10_000).items]
        create_all(copy, documents)
        for document in documents:
            copy.replace_entity(document["iri"], document)
        assert statements(copy) == statements(first)
        assert [copy.entity_document(each["iri"]) for each in documents] == documents


def create_all(repository: Repository, documents: list[dict[str, Any]]) -> None:
    """Create entities, each once those are there that it refers to.

    A circle begins with one that the shapes accept without its links.
    """
    waiting = documents
    while waiting:
        later = [each for each in waiting if not created(repository, each)]
        if len(later) == len(waiting):
            bare = (each for each in later if created(repository, without_links(repository, each)))
            later.remove(next(bare))
        waiting = later


def created(repository: Repository, document: dict[str, Any]) -> bool:
    try:
        repository.create_entity(None, document)
    except (InvalidDocumentError, NonConformingDataError):
        return False
    return True


def without_links(repository: Repository, document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without its relationships and parts, as the metamodel tells them."""
    names = {"class", "classes", "key", "iri"}
    for shape in repository.metamodel.shapes_of(
        repository.metamodel.class_named(document["class"]).iri
    ):
        term = repository.metamodel.properties.get(shape.path) if shape.path else None
        if term is not None and term.kind is PropertyKind.ATTRIBUTE:
            names |= {shape.json_key or term.name, term.name}
    labels = {"caption"} if repository.metamodel.prefixes.get("bee") else set()
    return {name: value for name, value in document.items() if name in names | labels}


# -- random edits ----------------------------------------------------------------------------------

masses = st.decimals(min_value=0, max_value=10**6, places=3).map(
    lambda mass: int(mass) if mass == int(mass) else float(mass)
)
weighings = st.lists(st.fixed_dictionaries({"kilograms": masses}), max_size=4)
meadows = st.sampled_from(["Meadow/brook", "Meadow/hill"])
facts = st.fixed_dictionaries(
    {},
    optional={
        "strength": st.integers(1, 5),
        "status": st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8),
        "validFrom": st.dates().map(str),
    },
)
links = st.lists(
    st.one_of(meadows, st.builds(lambda to, said: {"to": to, **said}, meadows, facts)),
    max_size=2,
    unique_by=lambda each: each["to"] if isinstance(each, dict) else each,
)
captions = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
patches = st.fixed_dictionaries(
    {},
    optional={
        "caption": captions,
        "temper": st.sampled_from(["gentle", "lively", "fierce", None]),
        "hasWeighing": st.one_of(weighings, st.none()),
        "foragesAt": st.one_of(links, st.none(), meadows),
    },
)


def essence(document: Any) -> Any:
    """Return a document without addresses, and with its sets in one order."""
    if isinstance(document, dict):
        return {
            name: essence(each)
            for name, each in document.items()
            if name != "iri" and each not in (None, [])
        }
    if isinstance(document, list):
        items = [essence(each) for each in document]
        is_set = not all(isinstance(each, dict) and "kilograms" in each for each in items)
        return sorted(items, key=target) if is_set else items
    return document


def target(link: Any) -> str:
    return str(link["to"] if isinstance(link, dict) else link)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hive=st.sampled_from(HIVES), patch=patches)
def test_a_patch_gives_the_patched_document(
    bees: Repository, hive: str, patch: dict[str, Any]
) -> None:
    name = f"Hive/{hive}"
    before = bees.entity_document(name)
    tag = bees.entity_etag(name)
    expected = {**before, **patch}
    if isinstance(expected.get("foragesAt"), str):
        expected["foragesAt"] = [expected["foragesAt"]]
    planned = bees.patch_entity(name, patch, dry_run=True)
    written = bees.patch_entity(name, patch, if_match=tag)
    after = bees.entity_document(name)
    assert essence(after) == essence(expected)
    # A dry run says just what then happens, and no more than what differs is changed.
    assert planned.change == written.change
    assert (written.record is None) == (after == before) == (written.tag == tag)
    assert bees.replace_entity(name, after).record is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(patch=patches)
def test_what_is_deleted_is_created_anew_of_its_document(
    bees: Repository, patch: dict[str, Any]
) -> None:
    bees.patch_entity("Hive/H-3", patch)
    before, document = statements(bees), bees.entity_document("Hive/H-3")
    bees.delete_entity("Hive/H-3")
    assert not [line for line in statements(bees) if "H-3" in line]
    bees.create_entity(None, document)
    assert statements(bees) == before
    assert bees.entity_document("Hive/H-3") == document


# -- scalars ---------------------------------------------------------------------------------------


@given(
    text=st.one_of(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.integers().map(str),
        st.decimals(allow_nan=False, allow_infinity=False).map(lambda each: f"{each:f}"),
        st.floats().map(repr),
        st.sampled_from(["true", "1", "INF", "-INF", "NaN", "2025-01-31"]),
    ),
    datatype=st.sampled_from(DATATYPES),
    expected=st.sampled_from([None, *DATATYPES]),
)
def test_every_literal_survives_json(
    toy: Repository, text: str, datatype: NamedNode, expected: NamedNode | None
) -> None:
    values = Values(toy.metamodel)
    literal = LiteralCanonicalizer().canonical(Literal(text, datatype=datatype))
    written = json.dumps({"x": values.write(literal, expected)})
    assert values.read(read_json_object(written.encode())["x"], expected, "") == literal


# -- several writers -------------------------------------------------------------------------------


def test_of_those_who_write_from_one_state_exactly_one_wins(bees: Repository) -> None:
    name, number = "Hive/H-3", 8
    for turn in range(5):
        tag, start = bees.entity_etag(name), threading.Barrier(number)
        won: list[int] = []
        lost: list[int] = []

        def write(
            who: int,
            tag: str = tag,
            start: threading.Barrier = start,
            turn: int = turn,
            won: list[int] = won,
            lost: list[int] = lost,
        ) -> None:
            start.wait()
            try:
                bees.patch_entity(name, {"caption": f"{turn} {who}"}, if_match=tag)
                won.append(who)
            except PreconditionFailedError:
                lost.append(who)

        writers = [threading.Thread(target=write, args=(each,)) for each in range(number)]
        for each in writers:
            each.start()
        for each in writers:
            each.join()
        assert (len(won), len(lost)) == (1, number - 1)
        assert bees.entity_document(name)["caption"] == f"{turn} {won[0]}"
