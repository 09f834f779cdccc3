"""The same exchange file through Python, the command line and HTTP, with its summary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import orthogramic
from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.cli.main import run
from orthogramic.exchange.exported import SUMMARY_FIELD
from tests.conftest import TOY
from tests.exchange.archimate_file import read

MAPPING = """
@prefix bee: <https://bees.example/terms#> .
@prefix kr: <https://orthogramic.com/repository#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://bees.example/archimate> a owl:Ontology , kr:Mapping ; rdfs:label "Bees" ;
    kr:format "archimate" ; kr:entry bee:m1 , bee:m2 .
bee:m1 a kr:ClassMapping ; kr:mapsClass bee:Hive ; kr:toElementKind "Facility" .
bee:m2 a kr:PropertyMapping ; kr:mapsProperty bee:foragesAt ; kr:toRelationshipKind {kind} .
"""


@pytest.fixture(scope="module")
def client(toy: Repository) -> Iterator[TestClient]:
    with TestClient(create_application(toy)) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> list[str]:
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        repository.load([TOY / "data"])
    return ["--store", str(tmp_path / "store"), "--bundle", str(TOY)]


def mapped_bundle(folder: Path, kind: str) -> Path:
    """Make a bundle folder that has a mapping for the toy domain, and nothing else."""
    (folder / "ontology").mkdir()
    (folder / "ontology" / "archimate.ttl").write_text(MAPPING.format(kind=kind), "utf-8")
    return folder


def test_python_gives_bytes_and_a_summary(toy: Repository) -> None:
    exported = toy.export("archimate")
    file = read(b"".join(exported))
    assert file.documentation == exported.summary
    assert {each.name for each in file.elements} >= {"Ada", "Old Willow", "Young Willow", "Brook"}
    assert file.element("Old Willow").value("weighing / kilograms") == "41.5"
    assert toy.export("turtle").summary == ""


def test_http_gives_the_same_file_with_name_type_and_summary(
    toy: Repository, client: TestClient
) -> None:
    response = client.get("/api/v1/export", params={"format": "ArchiMate"})
    exported = toy.export("archimate")
    assert response.content == b"".join(exported)
    assert response.headers["content-type"] == "application/xml"
    assert response.headers[SUMMARY_FIELD] == exported.summary
    assert response.headers["content-disposition"].endswith('.xml"')
    assert SUMMARY_FIELD not in client.get("/api/v1/export").headers


def test_http_still_takes_xml_for_rdf_and_names_what_there_is(client: TestClient) -> None:
    response = client.get("/api/v1/export", headers={"Accept": "application/xml"})
    assert b"rdf:RDF" in response.content
    refused = client.get("/api/v1/export", params={"format": "word-processor"})
    assert refused.status_code == 400
    assert "archimate" in refused.json()["detail"]


def test_the_command_writes_the_file_and_says_what_became_of_it(
    toy: Repository, store: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "model.xml"
    assert run(["export", "--format", "archimate", "--output", str(path), *store]) == 0
    exported = toy.export("archimate")
    assert path.read_bytes() == b"".join(exported)
    assert exported.summary in capfd.readouterr().err
    assert run(["export", "--format", "archimate", *store]) == 0
    said = capfd.readouterr()
    assert said.out.encode() == path.read_bytes()
    assert exported.summary in said.err


def test_a_mapping_comes_in_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = mapped_bundle(tmp_path, '"Serving"')
    with orthogramic.open_memory(bundle=[TOY, folder]) as repository:
        repository.load([TOY / "data"])
        file = read(b"".join(repository.export("archimate")))
    assert file.element("Young Willow").type == "Facility"
    (link,) = file.between("Old Willow", "Brook")
    assert link.type == "Serving"


def test_a_word_that_archimate_lacks_is_a_fault_of_the_bundle(tmp_path: Path) -> None:
    folder = mapped_bundle(tmp_path, '"Feeding"')
    with pytest.raises(orthogramic.OrthogramicError, match=r"archimate\.ttl:10: .*'Feeding'"):
        orthogramic.open_memory(bundle=[TOY, folder])


def test_pages_offer_the_file(client: TestClient) -> None:
    for page in ("/", "/sources", "/doc/Hive/H-1.html"):
        assert "format=archimate" in client.get(page).text
