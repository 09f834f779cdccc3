"""Every shipped dataset, and the foreign domain, as an exchange file: valid, legal, complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

import orthogramic
from orthogramic import Repository
from orthogramic.errors import MissingDatasetError
from orthogramic.exchange.archimate import legal_relationships
from tests.conftest import TOY, WORKED_EXAMPLE
from tests.exchange.archimate_file import ExchangeFile, check, legal_by_archi, read

DATASETS = sorted(each.parent for each in WORKED_EXAMPLE.parent.glob("*/dataset.ttl"))
KR = "https://orthogramic.com/repository#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"


class Exported:
    """One export, with its statements and the ontology in a store of their own to compare with."""

    def __init__(self, repository: Repository) -> None:
        exported = repository.export("archimate")
        self.bytes = b"".join(exported)
        self.summary = exported.summary
        self.file: ExchangeFile = read(self.bytes)
        self.store = Store()
        for graph in repository.graphs():
            data = b"".join(repository.export("ntriples", graph=graph.iri))
            self.store.load(data, format=RdfFormat.N_TRIPLES)
        for triple in repository.metamodel.ontology:
            self.store.add(Quad(triple.subject, triple.predicate, triple.object))

    def entities(self) -> set[str]:
        """Return the entities: instances of a class below the root, as the ontology says."""
        below = self._below(f"{KR}Entity")
        return {_iri(each.subject) for each in self._pairs(RDF_TYPE) if _iri(each.object) in below}

    def links(self) -> Counter[tuple[str, frozenset[str]]]:
        """Count the asserted links of entities by primary property and ends, each said once."""
        inverses = {
            _iri(each.subject): _iri(each.object)
            for each in self._pairs(NamedNode(f"{OWL}inverseOf"))
        }
        structure = self._below(f"{KR}StructuralNode")
        parts = {_iri(e.subject) for e in self._pairs(RDF_TYPE) if _iri(e.object) in structure}
        kinds = self.store.quads_for_pattern(
            None, RDF_TYPE, NamedNode(f"{OWL}ObjectProperty"), None
        )
        properties, entities = {_iri(each.subject) for each in kinds}, self.entities()
        return Counter(
            {
                (inverses.get(_iri(each.predicate), _iri(each.predicate)), frozenset(ends))
                for each in self.store
                if (ends := (_iri(each.subject), _iri(each.object)))[0] in entities
                and _iri(each.predicate) in properties
                and ends[1] not in parts
            }
        )

    def _below(self, root: str) -> set[str]:
        """Return a class with all its subclasses."""
        known, found = {root}, {root}
        while found:
            wanted, found = found, set()
            for each in self._pairs(NamedNode(f"{RDFS}subClassOf")):
                if _iri(each.object) in wanted and _iri(each.subject) not in known:
                    found.add(_iri(each.subject))
            known |= found
        return known

    def _pairs(self, predicate: NamedNode) -> list[Quad]:
        return list(self.store.quads_for_pattern(None, predicate, None, None))


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _folders() -> list[Path]:
    return [*DATASETS, TOY / "data"]


@pytest.fixture(
    scope="module", params=_folders(), ids=lambda each: f"{each.parent.name}-{each.name}"
)
def exported(request: pytest.FixtureRequest) -> Iterator[Exported]:
    bundle = [TOY] if request.param.parent == TOY else []
    with orthogramic.open_memory(bundle=bundle) as repository:
        try:
            repository.load([request.param], gate=False)
        except MissingDatasetError:
            repository.load(DATASETS, gate=False)
        yield Exported(repository)


def test_there_are_datasets() -> None:
    assert WORKED_EXAMPLE in DATASETS


def test_the_file_is_valid_and_every_relationship_legal(exported: Exported) -> None:
    check(exported.file, legal_by_archi() or dict(legal_relationships().allowed))


def test_every_entity_is_an_element(exported: Exported) -> None:
    iris = Counter(each.value("IRI") for each in exported.file.elements)
    assert max(iris.values()) == 1
    assert exported.entities()
    assert exported.entities() <= set(iris)


def test_every_asserted_link_is_a_relationship(exported: Exported) -> None:
    iris = {each.identifier: each.value("IRI") for each in exported.file.elements}
    found = Counter(
        (each.value("Relationship IRI"), frozenset((iris[each.source], iris[each.target])))
        for each in exported.file.relationships
    )
    assert exported.links()
    assert exported.links() <= found


def test_no_class_and_no_relationship_of_ours_goes_without_mapping(exported: Exported) -> None:
    ours = "orthogramic.com/metamodel#" in exported.bytes.decode()
    assert ("without mapping" in exported.summary) == (not ours)


def test_the_same_data_give_the_same_bytes_whatever_the_order_of_loading() -> None:
    documents = []
    files = sorted(WORKED_EXAMPLE.glob("*.ttl"))
    for order in (files, files[::-1]):
        with orthogramic.open_memory() as repository:
            for each in order:
                repository.load([each], gate=False)
            documents.append(b"".join(repository.export("archimate")))
    assert documents[0] == documents[1]
    check(read(documents[0]), dict(legal_relationships().allowed))


def test_one_graph_and_one_entity_can_be_exported(reference: Repository) -> None:
    whole = read(b"".join(reference.export("archimate")))
    known = {each.identifier: each for each in whole.elements}
    links = {each.identifier: (each.source, each.target, each.type) for each in whole.relationships}
    for graph in reference.graphs():
        part = read(b"".join(reference.export("archimate", graph=graph.iri)))
        check(part, dict(legal_relationships().allowed))
        assert all(known[each.identifier].type == each.type for each in part.elements)
        for each in part.relationships:
            assert links[each.identifier] == (each.source, each.target, each.type)
    person = reference.entity("Michael Chen")
    around = read(b"".join(reference.export("archimate", entity="Michael Chen")))
    assert around.name == "Michael Chen"
    assert len(around.relationships) < len(whole.relationships)
    assert known[around.element("Michael Chen").identifier].value("IRI") == person.summary.iri
