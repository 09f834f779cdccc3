"""The reference data leaves in every format and means the same to parsers that are not ours."""

from __future__ import annotations

import json

import pytest
import rdflib

from orthogramic import Repository
from orthogramic.syntax import RdfSyntax
from tests.exchange.datasets import by_pyoxigraph, by_rdflib, merged
from tests.exchange.test_round_trips import PYOXIGRAPH, RDFLIB, pytestmark  # noqa: F401


@pytest.mark.parametrize("syntax", list(RdfSyntax), ids=lambda each: each.key)
def test_every_format_carries_all_of_it(
    reference: Repository, syntax: RdfSyntax, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    everything = by_pyoxigraph(b"".join(reference.export("nquads")), "N_QUADS")
    assert len(everything) > 1000
    document = b"".join(reference.export(syntax.key))
    expected = set(everything if syntax.has_named_graphs else merged(everything))
    assert set(by_pyoxigraph(document, PYOXIGRAPH[syntax])) == expected
    assert set(by_rdflib(document, RDFLIB[syntax])) == expected


def test_the_published_context_names_every_term_that_the_data_uses(reference: Repository) -> None:
    document = json.loads(b"".join(reference.export("jsonld")))
    terms = reference.context()["@context"]
    nodes = [node for graph in document["@graph"] for node in graph.get("@graph", [])]
    assert len(nodes) > 100
    unnamed = {key for node in nodes for key in node if key not in terms and key[0] != "@"}
    assert {key.partition(":")[0] for key in unnamed} <= {"dcterms", "kr"}
