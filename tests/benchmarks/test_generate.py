"""The generator: the same bytes again, the promised averages, and data that the shapes accept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

import orthogramic
from benchmarks.bundle import Vocabulary, read_vocabulary
from benchmarks.generate import Generator, Settings, calibrated

KR = "https://orthogramic.com/repository#"
SETTINGS = Settings(richness=0.7, reach=2.5)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Return what the shipped bundle says."""
    return read_vocabulary()


def text_of(vocabulary: Vocabulary, seed: int, entities: int = 400) -> str:
    """Return one model as N-Quads."""
    return "".join(Generator(vocabulary, entities, seed, SETTINGS).blocks())


def test_a_seed_fixes_every_byte(vocabulary: Vocabulary) -> None:
    assert text_of(vocabulary, 7) == text_of(vocabulary, 7)
    assert text_of(vocabulary, 7) != text_of(vocabulary, 8)


def test_the_averages_are_those_that_are_promised(vocabulary: Vocabulary) -> None:
    generator = Generator(vocabulary, 2000, 5, calibrated(vocabulary, 5))
    for _ in generator.blocks():
        pass
    tally = generator.tally
    assert tally.entities == pytest.approx(2000, rel=0.02)
    assert tally.links / tally.entities == pytest.approx(4.5, rel=0.1)
    assert tally.literals / tally.entities == pytest.approx(11, rel=0.1)
    assert tally.qualified / tally.links == pytest.approx(0.2, abs=0.03)


def test_every_line_is_a_statement_and_none_is_said_twice(vocabulary: Vocabulary) -> None:
    text = text_of(vocabulary, 3)
    quads = list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(quads) == len(set(quads)) == text.count("\n")


def test_every_qualified_relationship_stands_beside_its_plain_statement(
    vocabulary: Vocabulary,
) -> None:
    quads = list(pyoxigraph.parse(text_of(vocabulary, 3), format=pyoxigraph.RdfFormat.N_QUADS))
    facts: dict[object, dict[str, object]] = {}
    for quad in quads:
        if quad.predicate.value.startswith(KR):
            facts.setdefault(quad.subject, {})[quad.predicate.value[len(KR) :]] = quad.object
    stated = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    qualified = [each for each in facts.values() if "source" in each]
    assert len(qualified) > 100
    assert all((each["source"], each["property"], each["target"]) in stated for each in qualified)


def test_the_gate_accepts_a_model(vocabulary: Vocabulary) -> None:
    text = text_of(vocabulary, 11, 100)
    with orthogramic.open_memory() as repository:
        commit = repository.load_bytes(text.encode(), syntax="nquads")
    assert commit is not None
    assert commit.added >= text.count("\n")


def test_a_few_hubs_draw_most_links(vocabulary: Vocabulary) -> None:
    text = text_of(vocabulary, 3, 3000)
    kinds = {kind.iri for kind in vocabulary.entities}
    entities: set[object] = set()
    degrees: Counter[object] = Counter()
    for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS):
        if isinstance(quad.object, pyoxigraph.NamedNode) and quad.object.value in kinds:
            entities.add(quad.subject)
        elif isinstance(quad.object, pyoxigraph.NamedNode) and quad.subject in entities:
            degrees[quad.object] += 1
    ranked = [count for each, count in degrees.most_common() if each in entities]
    assert sum(ranked[: len(entities) // 20]) > 0.3 * sum(ranked)
    assert ranked[0] > 20 * ranked[len(ranked) // 2]


def test_values_for_every_class_come_from_the_bundle_alone(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "shapes").mkdir()
    prefixes = (
        f"@prefix kr: <{KR}> . @prefix t: <https://example.org/t#> . "
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        "@prefix sh: <http://www.w3.org/ns/shacl#> . "
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    )
    ontology = (
        "t:Lamp rdfs:subClassOf kr:Entity ; kr:businessKey t:number . "
        "t:Tower rdfs:subClassOf kr:Entity ; kr:businessKey t:name . "
        "t:name rdfs:subPropertyOf rdfs:label . t:holds owl:inverseOf t:standsIn ."
    )
    shapes = (
        "t:l a sh:NodeShape ; sh:targetClass t:Lamp ; sh:property t:l1, t:l2, t:l3 . "
        't:l1 sh:path t:number ; sh:datatype xsd:string ; sh:minCount 1 ; sh:pattern "^LA-[0-9]" .'
        "t:l2 sh:path t:watts ; sh:datatype xsd:integer ; sh:minCount 1 ; sh:maxCount 1 ;"
        " sh:minInclusive 3 ; sh:maxInclusive 4 . "
        "t:l3 sh:path t:standsIn ; sh:class t:Tower ; sh:minCount 1 ; sh:maxCount 1 . "
        "t:w a sh:NodeShape ; sh:targetClass t:Tower ; sh:property t:w1, t:w2 . "
        "t:w1 sh:path t:name ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 . "
        "t:w2 sh:path t:holds ; sh:class t:Lamp . "
    )
    (tmp_path / "ontology" / "toy.ttl").write_text(prefixes + ontology, "utf-8")
    (tmp_path / "shapes" / "toy.ttl").write_text(prefixes + shapes, "utf-8")
    text = "".join(Generator(read_vocabulary(tmp_path), 40, 1, SETTINGS).blocks())
    quads = list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS))
    said = {quad.predicate.value.rpartition("#")[2] for quad in quads}
    assert {"number", "watts", "standsIn", "name"} <= said
    assert "holds" not in said
    watts = {quad.object.value for quad in quads if quad.predicate.value.endswith("#watts")}
    assert watts <= {"3", "4"}
