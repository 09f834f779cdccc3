"""Dataset folders: together or one by one, twice, in want of another, and at odds with another."""

from __future__ import annotations

from pathlib import Path

import pytest

import orthogramic
from orthogramic.errors import InputNotFoundError, MissingDatasetError, NonConformingDataError

GRAPH = "https://data.orthogramic.com/graph/"
CAPABILITIES = "https://data.orthogramic.com/id/Capability/"

MANIFEST = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
<{graph}> a void:Dataset ; dcterms:title "{name}" ; void:dataDump <data.ttl> {more}.
"""
CAPABILITY = """
@prefix orth: <https://orthogramic.com/metamodel#> .
<{iri}> a orth:Capability ; orth:title "{title}" ; orth:description "{said}" ;
  orth:purpose "Serve" ; orth:owner "Head of {title}" {more}.
"""


def dataset(home: Path, name: str, data: str, requires: str | None = None) -> Path:
    """Write a dataset folder."""
    folder = home / name
    folder.mkdir()
    more = f"; dcterms:requires <{GRAPH}{requires}>" if requires else ""
    manifest = MANIFEST.format(graph=GRAPH + name, name=name, more=more)
    (folder / "dataset.ttl").write_text(manifest, "utf-8")
    (folder / "data.ttl").write_text(data, "utf-8")
    return folder


def capability(key: str, title: str, said: str = "Being able to", part_of: str = "") -> str:
    """Return a capability as Turtle."""
    more = f"; orth:isPartOfCapability <{CAPABILITIES}{part_of}>" if part_of else ""
    return CAPABILITY.format(iri=CAPABILITIES + key, title=title, said=said, more=more)


@pytest.fixture
def baking(tmp_path: Path) -> Path:
    return dataset(tmp_path, "baking", capability("baking", "Baking"))


@pytest.fixture
def kneading(tmp_path: Path) -> Path:
    part = capability("kneading", "Kneading", part_of="baking")
    return dataset(tmp_path, "kneading", part, requires="baking")


def test_a_folder_of_datasets_is_loaded_whole(baking: Path, kneading: Path) -> None:
    with orthogramic.open_memory() as repository:
        assert repository.load([baking.parent]) is not None
        assert kneading.parent == baking.parent
        named = [each.iri for each in repository.graphs()]
        assert named == [f"{GRAPH}baking", f"{GRAPH}kneading"]


def test_a_dataset_without_what_it_builds_on_is_refused(baking: Path, kneading: Path) -> None:
    with orthogramic.open_memory() as repository:
        with pytest.raises(MissingDatasetError, match="Load what is missing first") as refused:
            repository.load([kneading])
        assert refused.value.missing == (f"{GRAPH}baking",)
        assert repository.snapshot == 0
        repository.load([baking])
        assert repository.load([kneading]) is not None


def test_a_dataset_loaded_twice_changes_nothing(baking: Path, kneading: Path) -> None:
    with orthogramic.open_memory() as repository:
        assert repository.load([baking, kneading]) is not None
        assert repository.load([baking]) is None
        assert repository.load([kneading, baking]) is None
        assert repository.snapshot == 1


def test_two_datasets_that_claim_one_key_for_two_things(tmp_path: Path, baking: Path) -> None:
    """The same title under another address: references by title would be ambiguous."""
    rival = dataset(tmp_path, "rival", capability("bakery", "Baking", "Running a bakery"))
    with orthogramic.open_memory() as repository:
        repository.load([baking])
        with pytest.raises(NonConformingDataError) as refused:
            repository.load([rival])
        assert "Another capability has the same title" in refused.value.report.to_text()
        assert repository.snapshot == 1


def test_two_datasets_that_describe_one_thing_differently(tmp_path: Path, baking: Path) -> None:
    rival = dataset(tmp_path, "rival", capability("baking", "Baking", "Making bread and cakes"))
    with orthogramic.open_memory() as repository:
        repository.load([baking])
        with pytest.raises(NonConformingDataError) as refused:
            repository.load([rival])
        assert "exactly one description" in refused.value.report.to_text()
        assert repository.snapshot == 1


def test_two_datasets_that_agree_live_side_by_side(tmp_path: Path, baking: Path) -> None:
    twin = dataset(tmp_path, "twin", capability("baking", "Baking"))
    with orthogramic.open_memory() as repository:
        repository.load([baking, twin])
        assert len(repository.graphs()) == 2
        assert repository.entities(class_name="Capability").total == 1


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    with (
        orthogramic.open_memory() as repository,
        pytest.raises(InputNotFoundError, match="has no dataset\\.ttl"),
    ):
        repository.load([tmp_path])
