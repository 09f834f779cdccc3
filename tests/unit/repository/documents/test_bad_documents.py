"""Documents that say what no document can say: refused with the place, and nothing is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import InvalidDocumentError
from orthogramic.repository.documents import read_json_object
from tests.conftest import TOY

HIVE = {"hiveCode": "H-9", "caption": "New"}


def refused(repository: Repository, document: Any, class_name: str | None = "Hive") -> Any:
    before = repository.snapshot
    with pytest.raises(InvalidDocumentError) as error:
        repository.create_entity(class_name, document)
    assert repository.snapshot == before
    return error.value


@pytest.mark.parametrize(
    ("members", "pointer", "words"),
    [
        ({"tempre": "gentle"}, "/tempre", "did you mean temper"),
        ({"kilograms": 3}, "/kilograms", "no member"),
        ({"bee:tempre": "gentle"}, "/bee:tempre", "no member"),
        ({"kr:position": 3}, "/kr:position", "no member"),
        ({"rdf:type": "Hive"}, "/rdf:type", "no member"),
        ({"position": 3}, "/position", "no member"),
        ({"a/b~c": 3}, "/a~1b~0c", "no member"),
        ({"bee:temper": "gentle", "temper": "gentle"}, "/temper", "same property"),
        ({"temper": 3}, "/temper", "Text in quotation marks"),
        ({"temper": True}, "/temper", "not true"),
        ({"temper": ["gentle"]}, "/temper", "one value at most"),
        ({"temper": {"value": "gentle"}}, "/temper", "value and language"),
        ({"temper": {"value": "x", "language": "no tag!"}}, "/temper/language", "language tag"),
        ({"temper": {"value": "x", "type": "nothing"}}, "/temper/type", "datatype"),
        ({"temper": {"iri": "not an iri"}}, "/temper/iri", "absolute IRI"),
        ({"temper": "\ud800"}, "/temper", "half of a character"),
        ({"caption": {"value": 3, "language": "en"}}, "/caption/value", "quotation marks"),
        ({"foragesAt": [["Brook"]]}, "/foragesAt/0", "quotation marks"),
        ({"foragesAt": ["Brook", "Meadow/brook"]}, "/foragesAt/1", "twice"),
        ({"foragesAt": ["Brok"]}, "/foragesAt/0", "Did you mean Brook"),
        ({"foragesAt": "Old Willow"}, "/foragesAt", "not a Meadow"),
        ({"foragesAt": [None]}, "/foragesAt/0", "not null"),
        ({"foragesAt": {"strength": 3}}, "/foragesAt/to", "leads to"),
        ({"foragesAt": [{"to": "Brook", "strengt": 3}]}, "/foragesAt/0/strengt", "strength"),
        ({"foragesAt": [{"to": "Brook", "strength": 2.5}]}, "/foragesAt/0/strength", "whole"),
        ({"foragesAt": [{"to": "Brook", "class": "x"}]}, "/foragesAt/0/class", "no member"),
        ({"foragesAt": [{"to": "Brook"}, {"to": "Brook"}]}, "/foragesAt/1", "twice"),
        ({"hasWeighing": 3}, "/hasWeighing", "object is expected"),
        ({"hasWeighing": [[]]}, "/hasWeighing/0", "object is expected"),
        ({"hasWeighing": [{"kilograms": "much"}]}, "/hasWeighing/0/kilograms", "number"),
        ({"hasWeighing": [{"kilograms": [1]}]}, "/hasWeighing/0/kilograms", "one value"),
        ({"hasWeighing": [{"kilograms": float("nan")}]}, "/hasWeighing/0/kilograms", "finite"),
        ({"hasWeighing": [{"kilograms": float("inf")}]}, "/hasWeighing/0/kilograms", "finite"),
        ({"hasWeighing": [{"kilograms": 10**40}]}, "/hasWeighing/0/kilograms", "digits"),
        ({"hasWeighing": [{"kilograms": 1e300}]}, "/hasWeighing/0/kilograms", "digits"),
        ({"hasWeighing": [{"kilograms": 1e-30}]}, "/hasWeighing/0/kilograms", "digits"),
        ({"hasWeighing": [{"kilogram": 1}]}, "/hasWeighing/0/kilogram", "kilograms"),
        ({"hasWeighing": [{"key": "1"}]}, "/hasWeighing/0/key", "no member"),
        ({"hasWeighing": [{"class": "Hive"}]}, "/hasWeighing/0/class", "parts of entities"),
        ({"hasWeighing": [{"position": 0}]}, "/hasWeighing/0/position", "whole number from 1"),
        ({"hasWeighing": [{"position": True}]}, "/hasWeighing/0/position", "whole number"),
        (
            {"hasWeighing": [{"position": 2}, {"position": 1}]},
            "/hasWeighing/1/position",
            "do not rise",
        ),
        (
            {"hasWeighing": [{"iri": "https://bees.example/id/Keeper/ada"}]},
            "/hasWeighing/0/iri",
            "something else",
        ),
        ({"class": "Meadow"}, "/class", "not of a Hive"),
        ({"class": "Weighing"}, "/class", "no class of entities"),
        ({"class": "kr:Entity"}, "/class", "no class of entities"),
        ({"class": 3}, "/class", "quotation marks"),
        ({"classes": ["Meadow"]}, "/classes", "leave out"),
        ({"classes": ["Hive", "Weighing"]}, "/classes", "no class of entities"),
        ({"classes": ["Hive", "NucleusHive"]}, "/classes", "more specific"),
        ({"classes": "Hive"}, "/classes", "array"),
        ({"key": ""}, "/key", "empty"),
        ({"key": 3}, "/key", "quotation marks"),
        ({"key": "a", "iri": "https://bees.example/id/Hive/b"}, "/iri", "the key is"),
        ({"iri": "Hive/b"}, "/iri", "absolute IRI"),
        ({"iri": "https://orthogramic.com/repository#default"}, "/iri", "No entity"),
        ({"hiveCode": " "}, "/hiveCode", "empty"),
    ],
)
def test_the_place_of_a_fault_is_told(
    toy: Repository, members: dict[str, Any], pointer: str, words: str
) -> None:
    error = refused(toy, {**HIVE, **members})
    assert (error.pointer, error.extra["pointer"]) == (pointer, pointer)
    assert words in error.detail


def test_near_names_are_suggested(toy: Repository) -> None:
    assert refused(toy, {**HIVE, "TEMPER": "x"}).extra["suggestions"] == ["temper"]
    found = refused(toy, {**HIVE, "foragesAt": "Brok"}).extra["suggestions"]
    assert found == ["https://bees.example/id/Meadow/brook"]


def test_the_class_of_a_document_has_to_be_known(toy: Repository) -> None:
    assert refused(toy, HIVE, None).pointer == "/class"
    assert refused(toy, {**HIVE, "class": "Hyve"}, None).pointer == "/class"
    assert refused(toy, {"temper": "gentle"}).extra["suggestions"] == ["hiveCode", "caption"]


def test_a_reference_to_several_offers_all(toy: Repository) -> None:
    error = None
    meadows = [{"caption": "Twin", "key": "a"}, {"caption": "Twin", "key": "b"}]
    with orthogramic.open_memory(bundle=[TOY]) as own:
        for each in meadows:
            own.create_entity("Meadow", each)
        error = refused(own, {**HIVE, "foragesAt": "Twin"})
    assert error.extra["suggestions"] == ["Meadow/a", "Meadow/b"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"class": "NucleusHive"}, "/class"),
        ({"key": "H-7"}, "/key"),
        ({"iri": "https://bees.example/id/Hive/H-7"}, "/iri"),
    ],
)
def test_an_entity_stays_what_it_is(toy: Repository, change: dict[str, str], pointer: str) -> None:
    with pytest.raises(InvalidDocumentError) as error:
        toy.patch_entity("Hive/H-1", change)
    assert error.value.pointer == pointer


def test_a_patch_takes_away_only_what_there_can_be(toy: Repository) -> None:
    with pytest.raises(InvalidDocumentError, match="temper"):
        toy.patch_entity("Hive/H-1", {"tempre": None}, dry_run=True)
    with pytest.raises(InvalidDocumentError, match="Two members"):
        toy.patch_entity("Hive/H-1", {"bee:temper": None, "temper": "x"}, dry_run=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"x": {"a": 1, "a": 2}}', "stands twice"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": -Infinity}', "no number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "5000 characters"),
        (b"[1]", "must be an object"),
        (b'"text"', "must be an object"),
        (b"", "no JSON"),
        (b'{"a": 1', "no JSON"),
        (b'\xff{"a": 1}', "not UTF-8"),
        (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", "levels deep"),
        (b'{"a": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", "levels deep"),
    ],
)
def test_text_that_is_no_document(text: bytes, words: str) -> None:
    with pytest.raises(InvalidDocumentError, match=words):
        read_json_object(text)


def test_a_huge_exponent_costs_nothing(toy: Repository) -> None:
    document = read_json_object(
        json.dumps(HIVE).encode()[:-1] + b', "hasWeighing": {"kilograms": 1e400000000}}'
    )
    assert refused(toy, document).pointer == "/hasWeighing/kilograms"


def test_what_python_hands_over_is_looked_at_too(toy: Repository) -> None:
    assert "text" in refused(toy, {**HIVE, 3: "x"}).detail
    assert "object" in refused(toy, ["x"]).detail
    deep: Any = {}
    for _ in range(100):
        deep = {"x": deep}
    assert "levels deep" in refused(toy, {**HIVE, "hasWeighing": deep}).detail
