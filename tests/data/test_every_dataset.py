"""What every shipped dataset promises, whoever wrote it."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from orthogramic.syntax import to_turtle
from tests.data.conformance import findings, local
from tests.data.datasets import (
    ENTITIES,
    METAMODEL,
    RDF_TYPE,
    SYSTEM,
    Dataset,
    bundle_triples,
    datasets,
    triples,
)

DATASETS = datasets()
each_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda each: each.name)

DECLARED = {
    each.subject
    for each in bundle_triples("ontology")
    if each.predicate == RDF_TYPE and isinstance(each.subject, NamedNode)
}


def statements(dataset: Dataset) -> list[Triple]:
    return [each for path in dataset.files.values() for each in triples(path)]


@each_dataset
def test_files_are_canonical_turtle(dataset: Dataset) -> None:
    for path in dataset.files.values():
        text = path.read_text("utf-8")
        parser = parse(text, format=RdfFormat.TURTLE)
        content = [quad.triple for quad in parser]
        assert to_turtle(content, parser.prefixes) == text


@each_dataset
def test_no_blank_node_is_stored(dataset: Dataset) -> None:
    terms = {term for each in statements(dataset) for term in (each.subject, each.object)}
    assert not {term for term in terms if isinstance(term, BlankNode)}


def test_no_statement_stands_in_two_graphs() -> None:
    times = Counter(
        each for dataset in DATASETS for path in dataset.files.values() for each in triples(path)
    )
    assert not {each for each, count in times.items() if count > 1}


@each_dataset
def test_every_term_is_declared(dataset: Dataset) -> None:
    """A misspelt property would be stored without a word."""
    used = {each.predicate for each in statements(dataset)}
    used |= {
        each.object
        for each in statements(dataset)
        if each.predicate == RDF_TYPE and isinstance(each.object, NamedNode)
    }
    ours = {each for each in used if each.value.startswith((METAMODEL, SYSTEM))}
    assert not {each.value for each in ours - DECLARED}


@each_dataset
def test_a_plain_link_stands_beside_each_qualified_one(dataset: Dataset) -> None:
    for path in dataset.files.values():
        content = set(triples(path))
        ends: dict[NamedNode, dict[str, NamedNode]] = {}
        for each in content:
            role = each.predicate.value.removeprefix(SYSTEM)
            if role in {"source", "property", "target"}:
                assert isinstance(each.subject, NamedNode)
                assert isinstance(each.object, NamedNode)
                ends.setdefault(each.subject, {})[role] = each.object
        for node, end in ends.items():
            assert Triple(end["source"], end["property"], end["target"]) in content
            keys = [
                local(end[role].value).split("/")[-1] for role in ("source", "property", "target")
            ]
            assert local(node.value) == "QualifiedRelationship/" + "-".join(keys)


@each_dataset
def test_entities_are_named_by_class_and_key(dataset: Dataset) -> None:
    for each in statements(dataset):
        if each.predicate == RDF_TYPE:
            assert isinstance(each.subject, NamedNode)
            assert isinstance(each.object, NamedNode)
            assert each.subject.value.startswith(ENTITIES)
            if local(each.subject.value).count("/") == 1:
                assert local(each.subject.value).split("/")[0] == local(each.object.value)


@each_dataset
def test_the_manifest_describes_every_graph(dataset: Dataset) -> None:
    said = {(each.subject, local(each.predicate.value)) for each in dataset.manifest}
    for graph, path in dataset.files.items():
        assert graph.value == f"https://data.orthogramic.com/graph/{dataset.name}/{path.stem}"
        assert (graph, "http://purl.org/dc/terms/title") in said
        assert (graph, "http://purl.org/dc/terms/description") in said
    assert {path.name for path in dataset.folder.glob("*.ttl")} == {
        "dataset.ttl", *(path.name for path in dataset.files.values())
    }  # fmt: skip
    assert (dataset.folder / "README.md").is_file()


@each_dataset
def test_invented_graphs_are_marked(dataset: Dataset) -> None:
    """What the sources state stands apart from what was made up to connect it."""
    marked = {
        each.subject
        for each in dataset.manifest
        if each.predicate.value == f"{SYSTEM}illustrative" and each.object == Literal(True)
    }
    facts = {graph for graph, path in dataset.files.items() if path.stem in {"facts", "tables"}}
    assert marked == set(dataset.files) - facts


@each_dataset
def test_conforms_with_no_more_than_it_requires(dataset: Dataset) -> None:
    found = findings([*dataset.required, dataset.name])
    assert not found.violated, found.text


def test_all_conform_together() -> None:
    found = findings([each.name for each in DATASETS])
    assert not found.violated, found.text
