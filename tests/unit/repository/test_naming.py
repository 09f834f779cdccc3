"""From a name to the one entity that is meant, or to what may have been meant."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import AmbiguousNameError, UnknownEntityError, UnknownTermError
from tests.conftest import TOY

ID = "https://data.orthogramic.com/id/"

TURTLE = """
@prefix bee: <https://bees.example/terms#> .
@prefix id: <https://data.orthogramic.com/id/> .
id:twin-1 a bee:Meadow ; bee:caption "Twin" .
id:twin-2 a bee:Meadow ; bee:caption " Twin " .
<https://data.orthogramic.com/id/Keeper/twin> a bee:Keeper ; bee:caption "Twin" .
id:cafe a bee:Meadow ; bee:caption "Caf\\u00E9 r\\u00E9sum\\u00E9" .
id:split a bee:Meadow ; bee:caption "Fore/Aft" .
<https://data.orthogramic.com/id/Meadow/a%2Fb> a bee:Meadow ; bee:caption "Slashed" .
id:iri-like a bee:Meadow ; bee:caption "https://data.orthogramic.com/id/split" .
<https://elsewhere.example/x/N-7> a bee:NucleusHive ; bee:hiveCode "N-7" ; bee:caption "Seventh" .
<https://elsewhere.example/x/8> a bee:NucleusHive ; bee:hiveCode "N-8" ; bee:caption "Eighth" .
id:tongues a bee:Meadow ; bee:caption "Wiese"@de, "Field"@en .
id:nameless a bee:Meadow ; bee:temper "calm" .
"""


@pytest.fixture(scope="module")
def repository() -> Iterator[Repository]:
    with orthogramic.open_memory(bundle=[TOY]) as opened:
        opened.load([TOY / "data"])
        opened.load_bytes(TURTLE.encode(), syntax="turtle", gate=False)
        yield opened


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        pytest.param("https://bees.example/id/Hive/H-1", "https://bees.example/id/Hive/H-1"),
        pytest.param("<https://bees.example/id/Hive/H-1>", "https://bees.example/id/Hive/H-1"),
        pytest.param("Hive/H-1", "https://bees.example/id/Hive/H-1", id="class-and-key"),
        pytest.param("bee:Hive/H-1", "https://bees.example/id/Hive/H-1", id="class-as-curie"),
        pytest.param("Hive/H-2", "https://bees.example/id/Hive/H-2", id="key-of-a-subclass"),
        pytest.param("Hive/N-7", "https://elsewhere.example/x/N-7", id="under-another-base"),
        pytest.param("Hive/N-8", "https://elsewhere.example/x/8", id="business-key"),
        pytest.param("Keeper/twin", f"{ID}Keeper/twin", id="minted"),
        pytest.param("Meadow/a/b", f"{ID}Meadow/a%2Fb", id="key-with-a-slash"),
        pytest.param("Fore/Aft", f"{ID}split", id="title-with-a-slash"),
        pytest.param("Old Willow", "https://bees.example/id/Hive/H-1", id="title"),
        pytest.param("  Old Willow\n", "https://bees.example/id/Hive/H-1", id="trimmed"),
        pytest.param(normalize("NFD", "Café résumé"), f"{ID}cafe", id="decomposed"),
        pytest.param(f"{ID}split", f"{ID}split", id="an-iri-goes-before-a-title"),
        pytest.param("nameless", f"{ID}nameless", id="without-title-the-key-is-the-label"),
        pytest.param("Field", f"{ID}tongues", id="english-label"),
    ],
)
def test_every_kind_of_name(repository: Repository, name: str, iri: str) -> None:
    assert repository.resolve(name).iri == iri


def test_an_iri_may_be_a_curie() -> None:
    """Where a bundle declares a prefix for entities; this one has one for its terms."""
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        repository.load_bytes(
            b"<https://bees.example/terms#x> a <https://bees.example/terms#Meadow> .",
            syntax="turtle",
            gate=False,
        )
        assert repository.resolve("bee:x").iri == "https://bees.example/terms#x"


def test_several_are_never_settled_by_picking_one(repository: Repository) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        repository.resolve("Twin")
    candidates = caught.value.extra["candidates"]
    assert [each["iri"] for each in candidates] == [
        f"{ID}Keeper/twin",
        f"{ID}twin-1",
        f"{ID}twin-2",
    ]
    assert "3 entities are called 'Twin'" in caught.value.detail
    assert repository.resolve("Twin", "Keeper").iri == f"{ID}Keeper/twin"
    with pytest.raises(AmbiguousNameError, match="2 entities"):
        repository.resolve("Twin", "Meadow")


def test_namesakes_of_one_class_and_key_are_told_apart_by_iri() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        for base in ("https://a.example/", "https://b.example/"):
            text = f"<{base}m> a <https://bees.example/terms#Meadow> ."
            repository.load_bytes(text.encode(), syntax="turtle", gate=False)
        with pytest.raises(AmbiguousNameError) as caught:
            repository.resolve("Meadow/m")
        assert "https://a.example/m, https://b.example/m" in caught.value.detail


@pytest.mark.parametrize("name", ["old willow", "Old Wilow", "OLD WILLLOW", "Hive/Old Wilow"])
def test_a_misspelt_name_is_offered_near_ones(repository: Repository, name: str) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        repository.resolve(name)
    assert caught.value.extra["suggestions"][0]["label"] == "Old Willow"
    assert "Did you mean Old Willow" in caught.value.detail


def test_a_short_word_is_offered_near_ones_though_it_shares_no_trigram(
    repository: Repository,
) -> None:
    with pytest.raises(UnknownEntityError, match="Did you mean Brook"):
        repository.resolve("Bruk")


@pytest.mark.parametrize(
    "name",
    ["", " ", "zz", "/", "Hive/", "/x", "x" * 100_000, 'a"b\0c', "<>", "bee:a b", "bee:\udcff"],
)
def test_a_name_that_is_like_nothing(repository: Repository, name: str) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        repository.resolve(name)
    assert caught.value.extra["suggestions"] == []


def test_the_wrong_class_says_what_it_is(repository: Repository) -> None:
    for name in ("Old Willow", "https://bees.example/id/Hive/H-1", "Hive/H-1"):
        with pytest.raises(UnknownEntityError) as caught:
            repository.resolve(name, "Meadow")
        assert f"{name!r} is a Hive, not a Meadow." == caught.value.detail
        assert [each["key"] for each in caught.value.extra["suggestions"]] == ["H-1"]


def test_a_subclass_counts(repository: Repository) -> None:
    assert repository.resolve("Young Willow", "Hive").class_name == "NucleusHive"
    assert repository.resolve("Young Willow", "bee:NucleusHive").key == "H-2"
    with pytest.raises(UnknownTermError):
        repository.resolve("Young Willow", "Box")
