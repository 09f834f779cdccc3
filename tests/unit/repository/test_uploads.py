"""Files that are sent: each into its graph, as folders with manifests are."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from orthogramic.errors import InvalidParameterError, UnreadableInputError
from orthogramic.repository.uploading import UploadedFile, plan_upload
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import DCTERMS, KR

GRAPH = NamedNode("https://bees.example/graph/rest")
MANIFEST = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
<https://bees.example/graph/{0}> dcterms:title "{0}" ; void:dataDump <a%20{0}.ttl> .
"""


def file(name: str, text: str = "<http://e/s> <http://e/p> 1 .") -> UploadedFile:
    return UploadedFile(name, text.encode(), RdfSyntax.TURTLE)


def test_a_manifest_speaks_of_the_files_of_its_folder() -> None:
    plan = plan_upload(
        [
            file("one/dataset.ttl", MANIFEST.format("x")),
            file("one/a x.ttl"),
            file("two\\dataset.ttl", MANIFEST.format("y")),
            file("two\\a y.ttl"),
            file("a x.ttl"),
        ],
        GRAPH,
    )
    places = {each.source: each.graph.value.rpartition("/")[2] for each in plan.documents}
    assert places == {"one/a x.ttl": "x", "two\\a y.ttl": "y", "a x.ttl": "rest"}
    assert {quad.predicate for quad in plan.descriptions} == {DCTERMS.title}
    assert {quad.graph_name for quad in plan.descriptions} == {KR.datasets}


@pytest.mark.parametrize("name", ["b.ttl", "../a.ttl", "other/a.ttl", "http://e/a.ttl", ""])
def test_a_manifest_may_name_only_what_was_sent_beside_it(name: str) -> None:
    text = MANIFEST.format("x").replace("a%20x.ttl", name)
    with pytest.raises(UnreadableInputError):
        plan_upload([file("one/dataset.ttl", text), file("one/a.ttl"), file("a.ttl")], GRAPH)


def test_an_upload_has_files_of_different_names() -> None:
    for files in ([], [file("a.ttl"), file("./a.ttl")]):
        with pytest.raises(InvalidParameterError):
            plan_upload(files, GRAPH)
