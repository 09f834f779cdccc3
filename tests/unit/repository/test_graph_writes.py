"""Graphs as wholes: read, replaced, added to and deleted, as one gated change each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    ChangeTooLargeError,
    EmptyInputError,
    NonConformingDataError,
    PreconditionFailedError,
    ProtectedGraphError,
    RdfSyntaxError,
    UnknownGraphError,
)
from orthogramic.repository.sent_documents import SentDocument
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS
from tests.conftest import TOY
from tests.unit.repository.processes import hives

GRAPH = "https://bees.example/graph/fence"
BEES = (
    "@prefix bee: <https://bees.example/terms#> . "
    "@prefix kr: <https://orthogramic.com/repository#> .\n"
)


@pytest.fixture
def bees() -> Iterator[Repository]:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        yield repository


def lines(repository: Repository, graph: str = GRAPH) -> set[str]:
    return {str(each) for each in repository.graph_triples(graph).triples}


def test_only_the_difference_is_committed(bees: Repository) -> None:
    made = bees.put_graph(GRAPH, hives(1, 3))
    assert made.created
    assert made.record is not None
    changed = bees.put_graph(GRAPH, hives(2, 3))
    assert not changed.created
    assert {str(q.subject)[-4:-1] for q in changed.change.removed} == {"N-1"}
    assert {str(q.subject)[-4:-1] for q in changed.change.added} == {"N-4"}
    assert len(changed.change.removed) == len(changed.change.added) == 4


def test_the_same_document_again_changes_nothing(bees: Repository) -> None:
    document = hives(1, 1) + '[] a bee:Meadow ; bee:caption "A", "A" ; bee:near [] .'
    document = document.replace("bee:near", "<https://bees.example/near>")
    first = bees.put_graph(GRAPH, document)
    assert first.record is not None
    again = (bees.put_graph(GRAPH, document), bees.merge_graph(GRAPH, document))
    assert [each.record for each in again] == [None, None]
    assert {each.tag for each in again} == {first.tag}


def test_what_is_read_can_be_put_back(bees: Repository) -> None:
    bees.put_graph(None, hives(1, 2))
    content = bees.graph_triples(KR.default.value)
    text = "\n".join(f"{each} ." for each in content.triples)
    assert bees.put_graph(None, text, "ntriples").record is None


def test_the_plain_triple_of_a_described_link_stays(bees: Repository) -> None:
    link = BEES + (
        "<https://bees.example/id/link/1> a kr:QualifiedRelationship ; kr:strength 2 ; "
        "kr:source <https://bees.example/id/Hive/N-1> ; kr:property bee:foragesAt ; "
        "kr:target <https://bees.example/id/Meadow/hill> ."
    )
    bees.put_graph("https://bees.example/graph/other", hives(1, 1))
    made = bees.put_graph(GRAPH, link)
    assert len(made.change.added) == 6
    assert bees.put_graph(GRAPH, link).record is None
    changed = bees.put_graph(GRAPH, link.replace("strength 2", "strength 3"))
    assert len(changed.change.removed) == len(changed.change.added) == 1


def test_literals_are_kept_in_one_form(bees: Repository) -> None:
    document = BEES + '<https://bees.example/x> <https://bees.example/p> 1.50, "A"@EN .'
    bees.put_graph(GRAPH, document)
    assert any('"1.5"' in each for each in lines(bees))
    assert bees.put_graph(GRAPH, document).record is None


def test_blank_nodes_of_two_documents_stay_apart(bees: Repository) -> None:
    def sent(text: str) -> SentDocument:
        return SentDocument(text.encode(), RdfSyntax.TURTLE)

    node = "_:a <https://bees.example/p> {} ."
    bees.put_graph(GRAPH, [sent(node.format(1)), sent(node.format(2))])
    assert len({each.split()[0] for each in lines(bees)}) == 2


def test_deleting_takes_the_graph_away(bees: Repository) -> None:
    bees.put_graph(GRAPH, hives(1, 1))
    deleted = bees.delete_graph(GRAPH)
    assert deleted.tag is None
    assert bees.graph_tag(GRAPH) is None
    for act in (bees.graph_triples, bees.delete_graph):
        with pytest.raises(UnknownGraphError):
            act(GRAPH)
    assert list(bees.graph_triples().triples) == []


def test_a_dry_run_tells_and_changes_nothing(bees: Repository) -> None:
    bees.put_graph(GRAPH, hives(1, 2))
    tag, snapshot = bees.graph_tag(GRAPH), bees.snapshot
    told = bees.put_graph(GRAPH, BEES + "<https://bees.example/h> a bee:Hive .", dry_run=True)
    assert told.dry_run
    assert not told.accepted
    assert told.tag == tag
    assert len(told.change.removed) == 10
    assert bees.snapshot == snapshot
    assert bees.graph_tag(GRAPH) == tag


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (BEES + "<https://bees.example/h> a bee:Hive .", NonConformingDataError),
        ("<a> <b> .", RdfSyntaxError),
        ("", EmptyInputError),
        (" \n", EmptyInputError),
    ],
)
def test_what_is_refused_changes_nothing(
    bees: Repository, document: str, error: type[Exception]
) -> None:
    bees.put_graph(GRAPH, hives(1, 2))
    before, snapshot = lines(bees), bees.snapshot
    for act in (bees.put_graph, bees.merge_graph):
        with pytest.raises(error):
            act(GRAPH, document)
    assert lines(bees) == before
    assert bees.snapshot == snapshot


def test_a_document_that_names_graphs_is_refused(bees: Repository) -> None:
    text = "<https://bees.example/g> { <https://bees.example/h> a <https://bees.example/c> }"
    with pytest.raises(RdfSyntaxError):
        bees.put_graph(GRAPH, text, "trig")


@pytest.mark.parametrize("graph", sorted(SYSTEM_GRAPHS, key=str))
def test_a_system_graph_is_read_and_never_written(bees: Repository, graph: object) -> None:
    iri = str(graph)[1:-1]
    bees.put_graph(GRAPH, hives(1, 1))
    if graph != KR.datasets:
        assert lines(bees, iri)
        assert bees.graph_tag(iri)
    for act in (bees.put_graph, bees.merge_graph):
        with pytest.raises(ProtectedGraphError):
            act(iri, hives(1, 1))
    with pytest.raises(ProtectedGraphError):
        bees.delete_graph(iri)


def test_a_stale_tag_is_refused_and_names_the_current_one(bees: Repository) -> None:
    old = bees.put_graph(GRAPH, hives(1, 1)).tag
    new = bees.merge_graph(GRAPH, hives(2, 1), if_match=f'"{old}.turtle"').tag
    for act in (bees.put_graph, bees.merge_graph):
        with pytest.raises(PreconditionFailedError) as refused:
            act(GRAPH, hives(3, 1), if_match=old)
        assert refused.value.current == new
    with pytest.raises(PreconditionFailedError):
        bees.delete_graph(GRAPH, if_match=f'W/"{new}"')
    with pytest.raises(PreconditionFailedError):
        bees.put_graph(GRAPH, hives(3, 1), if_none_match="*")
    with pytest.raises(PreconditionFailedError):
        bees.put_graph("https://bees.example/graph/new", hives(3, 1), if_match="*")
    bees.put_graph("https://bees.example/graph/new", hives(3, 1), if_none_match="*")


def test_of_two_writers_with_one_tag_exactly_one_wins(bees: Repository) -> None:
    tag = bees.put_graph(GRAPH, hives(1, 1)).tag
    ready, outcomes = threading.Barrier(4), []

    def write(number: int) -> None:
        ready.wait()
        try:
            bees.merge_graph(GRAPH, hives(number, 1), if_match=tag)
            outcomes.append("won")
        except PreconditionFailedError:
            outcomes.append("lost")

    writers = [threading.Thread(target=write, args=(each,)) for each in range(2, 6)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert sorted(outcomes) == ["lost", "lost", "lost", "won"]


def test_writers_without_a_tag_take_turns(bees: Repository) -> None:
    writers = [
        threading.Thread(target=bees.merge_graph, args=(GRAPH, hives(each, 1)))
        for each in range(1, 6)
    ]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert bees.snapshot == 5
    assert len(lines(bees)) == 5 * 4 + 2


def test_a_change_of_too_many_statements_is_refused(bees: Repository) -> None:
    bees.put_graph(GRAPH, hives(1, 3), most=14)
    with pytest.raises(ChangeTooLargeError) as refused:
        bees.put_graph(GRAPH, hives(4, 3), most=20)
    assert refused.value.limit == 20
    # Only what comes and goes counts, not what is sent.
    assert bees.put_graph(GRAPH, hives(1, 3), most=0).record is None
    with pytest.raises(ChangeTooLargeError):
        bees.delete_graph(GRAPH, most=13)


def test_a_tag_outlives_the_process_and_follows_the_log(tmp_path: Path) -> None:
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        first = repository.put_graph(GRAPH, hives(1, 2)).tag
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        assert repository.graph_tag(GRAPH) == first
        repository.load_bytes(hives(3, 1).encode(), syntax="turtle", graph=GRAPH, gate=False)
        followed = repository.graph_tag(GRAPH)
        repository.merge_graph("https://bees.example/graph/other", hives(9, 1))
        assert repository.graph_tag(GRAPH) == followed
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        assert repository.graph_tag(GRAPH) == followed != first


STATEMENTS = [
    f'<https://bees.example/{each}> <https://bees.example/p> "{each}" .' for each in "abc"
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from(STATEMENTS))), max_size=8))
def test_a_tag_changes_exactly_when_the_graph_does(steps: list[tuple[bool, set[str]]]) -> None:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        tags: dict[frozenset[str], str | None] = {frozenset(): None}
        for replace, statements in steps:
            write = repository.put_graph if replace else repository.merge_graph
            written = write(GRAPH, "# nothing else\n" + "\n".join(statements))
            content = repository.graph_triples(None if written.tag is None else GRAPH)
            held = frozenset(str(each) for each in content.triples)
            assert tags.setdefault(held, written.tag) == written.tag == repository.graph_tag(GRAPH)
        assert len(set(tags.values())) == len(tags)
