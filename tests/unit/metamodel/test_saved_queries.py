"""A bundle that is known to be sound gives the same saved queries, only later."""

from __future__ import annotations

from pathlib import Path

import pytest

import orthogramic
from orthogramic.errors import BundleError
from orthogramic.exchange import notations
from orthogramic.metamodel import Document, Metamodel, read_metamodel
from orthogramic.repository.bundle import read_bundle
from tests.unit.metamodel.bundles import PREFIXES, SOUND

QUERY = """#+ summary: All kites
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?kite WHERE { ?kite rdfs:label ?label }
"""


def sound(text: str) -> Metamodel:
    return read_metamodel(
        [Document("toys.ttl", PREFIXES + SOUND)], (), [Document("kites.rq", text)], sound=True
    )


def test_a_sound_bundle_says_the_same() -> None:
    whole = read_bundle(notations=notations)
    later = read_bundle(notations=notations, sound=whole.digest)
    assert dict(later.queries) == dict(whole.queries)
    assert len(later.queries) == len(whole.queries) > 0
    assert later.mappings == whole.mappings
    assert (later.digest, later.shapes) == (whole.digest, whole.shapes)


def test_the_digest_of_another_bundle_spares_nothing(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "kites.rq").write_text("SELECT", encoding="utf-8")
    digest = read_bundle().digest
    with pytest.raises(BundleError):
        read_bundle([tmp_path], sound=digest)


def test_a_fault_that_was_not_known_is_told_at_the_first_look() -> None:
    assert list(sound(QUERY).queries) == ["kites"]
    metamodel = sound("SELECT ?kite WHERE { ?kite a ?class }")
    for _ in range(2):
        with pytest.raises(BundleError) as caught:
            metamodel.query("kites")
        assert [each.source for each in caught.value.faults] == ["kites.rq"]


def test_a_store_vouches_for_the_bundle_that_it_was_opened_with(tmp_path: Path) -> None:
    """Another bundle in the same folder is read whole, whatever the store has said before."""
    bundle, store = tmp_path / "bundle", tmp_path / "store"
    for folder in ("ontology", "queries"):
        (bundle / folder).mkdir(parents=True)
    (bundle / "ontology" / "toys.ttl").write_text(
        PREFIXES + SOUND.replace('kr:Entity a owl:Class ; rdfs:label "Entity" .', ""),
        encoding="utf-8",
    )
    query = bundle / "queries" / "kites.rq"
    query.write_text(QUERY, encoding="utf-8")
    for _ in range(2):
        with orthogramic.open(store, bundle=bundle) as repository:
            assert [each.name for each in repository.queries()] == ["kites"]
    query.write_text("SELECT", encoding="utf-8")
    with pytest.raises(BundleError):
        orthogramic.open(store, bundle=bundle)
