"""Text of a type that demands a language, but without one: no log could be read that held it."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, Quad

import orthogramic
from orthogramic import Repository
from orthogramic.errors import InvalidDocumentError, UnreadableInputError
from orthogramic.vocabulary import KR, RDF, RDFS
from tests.conftest import TOY

HILL = "https://bees.example/id/Meadow/hill"
TYPES = pytest.mark.parametrize("name", ["langString", "dirLangString"])


@pytest.fixture
def toy() -> Repository:
    repository = orthogramic.open_memory(bundle=[TOY])
    repository.load([TOY / "data"])
    return repository


@TYPES
@pytest.mark.parametrize("gate", [True, False])
def test_it_is_not_kept(toy: Repository, name: str, gate: bool) -> None:
    value = Literal("high", datatype=RDF[name])
    quad = Quad(toy._knowledge.metamodel.class_named("Meadow").iri, RDFS.comment, value, KR.default)
    with toy, pytest.raises(UnreadableInputError, match="language tag"):
        if gate:
            toy._knowledge.commit([quad])
        else:
            toy._knowledge.commit_stream([quad])
    assert toy.snapshot == 1


@TYPES
@pytest.mark.parametrize("made", ['"high"^^rdf:{}', 'STRDT("high", rdf:{})'])
def test_an_update_that_makes_it_is_refused(toy: Repository, name: str, made: str) -> None:
    term = made.format(name)
    update = f"INSERT {{ <{HILL}> rdfs:comment ?text }} WHERE {{ BIND({term} AS ?text) }}"
    with toy, pytest.raises(UnreadableInputError, match="language tag"):
        toy.update(update)


@TYPES
def test_a_document_that_says_it_is_told_where(toy: Repository, name: str) -> None:
    patch = {"rdfs:comment": {"value": "high", "type": f"rdf:{name}"}}
    with toy, pytest.raises(InvalidDocumentError) as caught:
        toy.patch_entity("Meadow/hill", patch)
    assert caught.value.to_dict()["pointer"] == "/rdfs:comment/type"


@TYPES
def test_a_file_that_says_it_is_refused(toy: Repository, name: str) -> None:
    document = f"""
    <rdf:RDF xmlns:rdf="{RDF.base}" xmlns:rdfs="{RDFS.base}">
      <rdf:Description rdf:about="{HILL}">
        <rdfs:comment rdf:datatype="{RDF[name].value}">high</rdfs:comment>
      </rdf:Description>
    </rdf:RDF>"""
    with toy, pytest.raises(UnreadableInputError):
        toy.load_bytes(document.encode(), syntax="rdfxml", gate=False)


def test_with_a_language_it_is_kept(toy: Repository) -> None:
    with toy:
        toy.update(f'INSERT DATA {{ <{HILL}> rdfs:comment "hoch"@de }}')
        added = toy.commit(2).to_dict()
    assert added["added"] == 1
