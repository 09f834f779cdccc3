"""The shipped shapes over the shipped data, whole and damaged: what pySHACL finds, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse

from orthogramic.metamodel import Metamodel
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.validation import CompiledShapes, compile_shapes, validate
from tests.data.datasets import DATA, ROOT
from tests.properties.validation.oracle import by_pyshacl, rows

FOLDERS = sorted(each.name for each in DATA.iterdir() if any(each.glob("*.ttl")))
#: Small enough for pySHACL to be asked about again and again.
SMALL = "wealth-management"
DATATYPES = [NamedNode(f"http://www.w3.org/2001/XMLSchema#{each}") for each in ("integer", "date")]


@cache
def metamodel() -> Metamodel:
    """Return the shipped bundle."""
    return read_bundle([ROOT])


@cache
def compiled() -> CompiledShapes:
    """Return its shapes, compiled."""
    return compile_shapes(metamodel().shapes_graph, metamodel().ontology)


@cache
def asserted(folder: str) -> tuple[Triple, ...]:
    """Return what the files of a folder say."""
    files = sorted((DATA / folder).glob("*.ttl"))
    return tuple(
        quad.triple for path in files for quad in parse(path=path, base_iri="https://x.example/")
    )


def entailed(triples: list[Triple]) -> list[Triple]:
    """Add what follows."""
    with closing(KnowledgeBase(metamodel())) as knowledge:
        return [*triples, *knowledge.entail(triples)]


def assert_equal(data: list[Triple]) -> None:
    """Compare ours with pySHACL."""
    ours = validate(data, compiled())
    theirs = by_pyshacl(data, metamodel().shapes_graph, metamodel().ontology)
    assert rows(ours) == rows(theirs)
    assert ours.conforms == theirs.conforms
    assert ours.results == theirs.results  # the words too, in the same order


def test_every_shape_of_the_bundle_is_compiled() -> None:
    assert compiled().reason is None
    assert not compiled().remaining


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_dataset_gets_the_results_of_pyshacl(folder: str) -> None:
    assert_equal(entailed(list(asserted(folder))))


def test_all_data_together_gets_the_results_of_pyshacl() -> None:
    assert_equal(entailed([each for folder in FOLDERS for each in asserted(folder)]))


@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_damaged_data_gets_the_results_of_pyshacl(seed: int) -> None:
    assert_equal(entailed(damaged(list(asserted(SMALL)), Random(seed))))


def damaged(triples: list[Triple], randomness: Random) -> list[Triple]:
    """Lose, double and alter statements in up to forty places."""
    for _ in range(randomness.randint(1, 40)):
        position = randomness.randrange(len(triples))
        choices = list(_alterations(triples, triples[position], randomness))
        triples[position : position + 1] = randomness.choice(choices)
    return triples


def _alterations(triples: list[Triple], old: Triple, randomness: Random) -> Iterator[list[Triple]]:
    """Yield what may take the place of a statement."""
    other = randomness.choice(triples)
    values = [other.object, other.subject, BlankNode("nobody"), Literal(""), Literal("x")]
    if isinstance(old.object, Literal):
        text = old.object.value
        values += [Literal(text + "!"), Literal(text, language="en")]
        values += [Literal(text, datatype=each) for each in DATATYPES]
    altered = [Triple(old.subject, old.predicate, each) for each in values]
    yield []
    for each in altered:
        yield [each]
        yield [old, each]
    yield [Triple(other.subject, old.predicate, old.object)]
    yield [old, Triple(other.subject, old.predicate, old.object)]
    yield [old, Triple(old.subject, other.predicate, old.object)]
