"""What stands along a path, against the property paths of SPARQL over the shipped data."""

from __future__ import annotations

from collections import defaultdict

import pytest
from pyoxigraph import NamedNode

from orthogramic import Repository
from orthogramic.metamodel.property_paths import Alternatives, Link, PropertyPath, Sequence
from orthogramic.repository import measuring
from orthogramic.repository.measuring import Measuring

ORTH = "https://orthogramic.com/metamodel#"
VALUE = "orth:hasLifetimeValue/orth:value"


def link(name: str, *, inverse: bool = False) -> Link:
    return Link(NamedNode(ORTH + name), inverse)


#: Paths as the engine has them, and as SPARQL writes them.
PATHS: list[tuple[PropertyPath, str]] = [
    (link("maturityLevel"), "orth:maturityLevel"),
    (link("belongsToSegment", inverse=True), "^orth:belongsToSegment"),
    (Sequence((link("hasLifetimeValue"), link("value"))), VALUE),
    (
        Alternatives(
            (
                Sequence((link("hasLifetimeValue"), link("value"))),
                Sequence((link("belongsToSegment"), link("hasLifetimeValue"), link("value"))),
                Sequence((link("requires", inverse=True), link("painPoints"))),
            )
        ),
        f"{VALUE}|orth:belongsToSegment/{VALUE}|^orth:requires/orth:painPoints",
    ),
]


@pytest.mark.parametrize(("path", "written"), PATHS, ids=[each for _, each in PATHS])
@pytest.mark.parametrize("few", [0, 10_000], ids=["all-read", "looked-up"])
def test_ends_of_paths(
    enterprise: Repository,
    monkeypatch: pytest.MonkeyPatch,
    path: PropertyPath,
    written: str,
    few: int,
) -> None:
    monkeypatch.setattr(measuring, "_FEW", few)
    expected = defaultdict(set)
    prefix = f"PREFIX orth: <{ORTH}> "
    for start, end in enterprise.sparql(f"{prefix} SELECT ?s ?e {{ ?s {written} ?e }}").rows():
        assert isinstance(start, NamedNode)
        expected[start.value].add(end)
    assert len(expected) > 3
    # Parts of entities have paths, too; of them nobody asked.
    entities = [each.iri for each in enterprise.entities(limit=10_000).items]
    found = Measuring(enterprise._knowledge.store).follow(path, entities)
    assert {iri: {end.term for end in ends} for iri, ends in found.items() if ends} == {
        iri: ends for iri, ends in expected.items() if iri in set(entities)
    }
