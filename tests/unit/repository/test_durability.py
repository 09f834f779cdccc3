"""Whatever happens to what is derived, the repository is what its log says."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import orthogramic
from orthogramic import Repository
from orthogramic.errors import (
    InputNotFoundError,
    InvalidParameterError,
    NonConformingDataError,
    ProtectedGraphError,
    RdfSyntaxError,
    StoreFormatError,
    StoreInUseError,
    StoreNotWritableError,
    StoreUnavailableError,
    UnreadableInputError,
)
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.knowledge_base import KnowledgeBase, open_directory
from orthogramic.store import EmbeddedStore
from orthogramic.vocabulary import KR
from tests.conftest import TOY

BEE = "https://bees.example/terms#"
HIVE = "https://bees.example/id/Hive/H-1"
G = NamedNode("https://bees.example/g")

HIVE_9 = """
@prefix bee: <https://bees.example/terms#> .
<https://bees.example/id/Hive/H-9> a bee:Hive ;
    bee:hiveCode "H-9" ; bee:caption "Late" ; bee:foragesAt <https://bees.example/id/Meadow/hill> .
"""
WRONG = HIVE_9.replace('"Late"', '"Late", "Later"')


def open_toy(path: Path, bundle: Path = TOY) -> Repository:
    return orthogramic.open(path, bundle=[bundle])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store"
    with open_toy(path) as repository:
        repository.load([TOY / "data"], author="Ada", message="The year")
        repository.load_bytes(HIVE_9.encode(), syntax="turtle")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a copy of a store with two commits."""
    return Path(shutil.copytree(made, tmp_path / "store"))


_RECORDED = f"SELECT * FROM {KR.commits} FROM {KR.datasets} {{ ?s ?p ?o }}"


def state(repository: Repository) -> dict[str, Any]:
    """Return all that can be seen from outside."""
    return {
        "quads": sorted(repository.export("nquads", inferred=True)),
        "stats": repository.stats().to_dict(),
        "entities": repository.entities().to_dict(),
        "found": repository.search("willow").to_dict(),
        "history": repository.history().to_dict(),
        "commits": [repository.commit(each).to_dict() for each in (1, 2)],
        "impact": repository.impact("Hill").to_dict()["hits"],
        "prov": sorted(map(str, repository.sparql(_RECORDED).rows())),
    }


def contents(path: Path) -> dict[str, bytes]:
    """Return the bytes of what is ours; the engine renames its own files at each opening."""
    return {each: (path / each).read_bytes() for each in ("format.json", "commits.log")}


@pytest.fixture(scope="module")
def expected(made: Path) -> dict[str, Any]:
    with open_toy(made) as repository:
        return state(repository)


def test_a_store_opened_again_is_the_same(store: Path, expected: dict[str, Any]) -> None:
    assert expected["stats"]["entities"] == 7
    assert expected["history"]["items"][1]["author"] == "Ada"
    before = contents(store)
    for _ in range(2):
        with open_toy(store) as repository:
            assert state(repository) == expected
    assert contents(store) == before


@pytest.mark.parametrize("lost", [["quads"], ["catalogue.db"], ["quads", "catalogue.db"], ["lock"]])
def test_what_is_derived_is_made_again(
    store: Path, expected: dict[str, Any], lost: list[str]
) -> None:
    for each in lost:
        path = store / each
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with open_toy(store) as repository:
        assert state(repository) == expected


@pytest.mark.parametrize("content", [b"", b"no database" * 500, b"SQLite format 3\0" * 300])
def test_a_damaged_catalogue_is_made_again(
    store: Path, expected: dict[str, Any], content: bytes
) -> None:
    (store / "catalogue.db").write_bytes(content)
    with open_toy(store) as repository:
        assert state(repository) == expected


def test_a_catalogue_that_cannot_be_a_file_is_kept_in_memory(
    store: Path, expected: dict[str, Any]
) -> None:
    (store / "catalogue.db").unlink()
    (store / "catalogue.db").mkdir()
    with open_toy(store) as repository:
        assert state(repository) == expected


def test_a_catalogue_that_breaks_under_a_reader_says_what_to_do(store: Path) -> None:
    with open_toy(store) as repository:
        repository._knowledge.catalogue.connection.execute("DROP TABLE words")
        with pytest.raises(StoreFormatError, match=r"Delete catalogue\.db"):
            repository.search("willow")


def test_a_damaged_quad_store_says_what_to_do(store: Path, expected: dict[str, Any]) -> None:
    (store / "quads" / "CURRENT").write_bytes(b"no manifest")
    with pytest.raises(StoreFormatError, match="Delete this folder"):
        open_toy(store)
    shutil.rmtree(store / "quads")
    with open_toy(store) as repository:
        assert state(repository) == expected


def test_a_log_that_cannot_be_read(store: Path) -> None:
    (store / "commits.log").unlink()
    (store / "commits.log").mkdir()
    with pytest.raises(StoreUnavailableError, match="cannot be opened: Is a directory"):
        open_toy(store)


def test_a_stale_catalogue_is_brought_up_to_date(store: Path, expected: dict[str, Any]) -> None:
    with sqlite3.connect(store / "catalogue.db") as connection:
        connection.execute("UPDATE state SET snapshot = 1")
        connection.execute("DELETE FROM entity")
    connection.close()
    with open_toy(store) as repository:
        assert state(repository) == expected


def test_a_catalogue_that_breaks_under_a_write_does_not_stop_it(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_toy(store) as repository:
        knowledge = repository._knowledge
        knowledge.catalogue.connection.execute("PRAGMA query_only = ON")
        record = repository.load_bytes(
            HIVE_9.replace("H-9", "H-10").replace("Late", "Latest").encode(), syntax="turtle"
        )
        assert record is not None
        assert repository.resolve("Latest").key == "H-10"
        assert repository.resolve("Late").key == "H-9"
    with open_toy(store) as repository:
        assert repository.resolve("Latest").key == "H-10"


def marked(path: Path, number: int, extra: list[Quad]) -> None:
    """Leave a store as a process does that was killed while it applied a commit."""
    quads = EmbeddedStore(path / "quads", apart=frozenset({KR.commits}))
    old = list(quads.quads(KR.repository, KR.appliedCommit))
    quads.apply(old, [*extra, Quad(KR.repository, KR.appliedCommit, Literal(number), KR.commits)])
    quads.close()


@pytest.mark.parametrize(
    "marker",
    [
        pytest.param(1, id="the-last-commit-not-begun"),
        pytest.param(-2, id="the-last-commit-begun"),
        pytest.param(-3, id="a-commit-begun-that-was-taken-back"),
        pytest.param(0, id="nothing-applied"),
    ],
)
def test_an_opening_finishes_or_undoes_what_was_broken_off(
    store: Path, expected: dict[str, Any], marker: int
) -> None:
    gone = Quad(NamedNode(HIVE), NamedNode(BEE + "temper"), Literal("fierce"), G)
    marked(store, marker, [gone] if abs(marker) > 2 else [])
    with open_toy(store) as repository:
        assert state(repository) == expected


def _without_the_last_commit(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-10])


@pytest.mark.parametrize(
    "lose",
    [
        pytest.param(Path.unlink, id="gone"),
        pytest.param(lambda log: log.write_bytes(b""), id="empty"),
        pytest.param(lambda log: log.write_bytes(b"no log"), id="overwritten"),
        pytest.param(_without_the_last_commit, id="last-commit-cut"),
    ],
)
def test_a_store_does_not_follow_a_log_that_lost_commits(
    store: Path, lose: Callable[[Path], object], tmp_path: Path
) -> None:
    log = store / "commits.log"
    kept = log.read_bytes()
    lose(log)
    other = Path(shutil.copytree(TOY, tmp_path / "bundle"))
    text = (other / "ontology" / "apiary.ttl").read_text(encoding="utf-8")
    (other / "ontology" / "apiary.ttl").write_text(f"{text}\n# another one", encoding="utf-8")
    for bundle in (TOY, other, TOY):
        with pytest.raises(StoreFormatError, match="the log has lost commits"):
            open_toy(store, bundle)
    log.write_bytes(kept)
    with open_toy(store) as repository:
        assert repository.resolve("Late").key == "H-9"


def test_an_answer_names_the_commit_that_it_saw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_toy(tmp_path / "store") as repository:
        seen: list[tuple[int, int]] = []
        apply = EmbeddedStore.apply

        def slow(store: EmbeddedStore, removed: Sequence[Quad], added: Sequence[Quad]) -> None:
            seen.append((repository.snapshot, repository.sparql("ASK {}").snapshot))
            apply(store, removed, added)

        monkeypatch.setattr(EmbeddedStore, "apply", slow)
        for gate in (True, False):
            code = f"G-{gate}"
            repository.load_bytes(HIVE_9.replace("H-9", code).encode(), syntax="turtle", gate=gate)
        assert seen == [(0, 0), (1, 1), (1, 1)]
        assert repository.snapshot == repository.sparql("ASK {}").snapshot == 2


def test_a_commit_whose_application_breaks_is_taken_back(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_toy(store) as repository:
        with monkeypatch.context() as patch:
            patch.setattr(EmbeddedStore, "apply", Mock(side_effect=RuntimeError("a fault of ours")))
            with pytest.raises(RuntimeError):
                repository.load_bytes(HIVE_9.replace("H-9", "H-10").encode(), syntax="turtle")
        assert repository.snapshot == 2
        assert repository.history().total == 2


def test_another_bundle_infers_anew(store: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    other = Path(shutil.copytree(TOY, tmp_path / "bundle"))
    ontology = other / "ontology" / "apiary.ttl"
    text = ontology.read_text(encoding="utf-8").replace(
        "rdfs:subClassOf bee:Hive ;", "rdfs:subClassOf kr:Entity ; kr:businessKey bee:hiveCode ;"
    )
    ontology.write_text(text, encoding="utf-8")
    asks = f"ASK {{ <https://bees.example/id/Hive/H-2> a <{BEE}Hive> }}"
    with open_toy(store, other) as repository:
        assert repository.sparql(asks).boolean is False
        assert repository.entities("Hive").total == 3
    with open_toy(store) as repository:
        assert repository.sparql(asks).boolean is True
        assert repository.entities("Hive").total == 4
        assert state(repository) == expected


REFUSED = [
    pytest.param(HIVE_9.encode()[:-30], "turtle", RdfSyntaxError, id="truncated"),
    pytest.param(b"\x7fELF\x02\x01\x00\x00", "turtle", UnreadableInputError, id="binary"),
    pytest.param(b" \n", "turtle", UnreadableInputError, id="empty"),
    pytest.param(
        b"GRAPH <https://orthogramic.com/repository#inferred> { <urn:a> <urn:b> <urn:c> }",
        "trig",
        ProtectedGraphError,
        id="system-graph",
    ),
]


@pytest.mark.parametrize(
    ("data", "syntax", "error", "gate"),
    [
        pytest.param(WRONG.encode(), "turtle", NonConformingDataError, True, id="violation"),
        *(
            pytest.param(*each.values, gate, id=f"{each.id}-{gate}")
            for each in REFUSED
            for gate in (True, False)
        ),
    ],
)
def test_a_refused_load_changes_nothing(
    store: Path,
    expected: dict[str, Any],
    data: bytes,
    syntax: str,
    error: type[Exception],
    gate: bool,
) -> None:
    before = contents(store)
    with open_toy(store) as repository:
        with pytest.raises(error):
            repository.load_bytes(data, syntax=syntax, gate=gate)
        assert state(repository) == expected
        assert contents(store) == before
    with open_toy(store) as repository:
        assert state(repository) == expected


def test_a_refusal_says_what_and_where(toy: Repository) -> None:
    with pytest.raises(NonConformingDataError) as caught:
        toy.load_bytes(WRONG.encode(), syntax="turtle", source="late.ttl")
    result = caught.value.report.results[0]
    assert (result.source, result.line, result.message) == (
        "late.ttl",
        4,
        "Call the hive by one caption.",
    )
    assert caught.value.detail == "The data has 1 violation of the shapes; nothing was changed."


@pytest.mark.parametrize("gate", [True, False])
def test_loading_twice_changes_nothing(tmp_path: Path, gate: bool) -> None:
    with open_toy(tmp_path / "store") as repository:
        assert repository.load([TOY / "data"], gate=gate) is not None
        before = contents(tmp_path / "store")
        assert repository.load([TOY / "data"], gate=gate) is None
        assert contents(tmp_path / "store") == before
        assert repository.snapshot == 1


@pytest.mark.parametrize("gate", [True, False])
def test_what_was_validated_is_what_is_stored(tmp_path: Path, gate: bool) -> None:
    data = """
    @prefix bee: <https://bees.example/terms#> .
    <https://bees.example/w> a bee:Weighing ; bee:kilograms 041.500 .
    """
    with open_toy(tmp_path / "store") as repository:
        record = repository.load_bytes(data.encode(), syntax="turtle", gate=gate)
        assert record is not None
        detail = repository.commit(1).to_dict()
        assert any('"41.5"^^' in each for each in detail["added_quads"])
        assert not any("041" in each for each in detail["added_quads"])
        again = repository.load_bytes(data.encode(), syntax="turtle", gate=gate)
        assert again is None


@pytest.mark.parametrize("gate", [True, False])
def test_a_qualified_relationship_has_its_plain_triple(tmp_path: Path, gate: bool) -> None:
    """In the graph of its node, and after a rebuild too."""
    plain = Quad(
        NamedNode("https://bees.example/id/Hive/H-2"),
        NamedNode(BEE + "foragesAt"),
        NamedNode("https://bees.example/id/Meadow/brook"),
        NamedNode("https://bees.example/year"),
    )
    path = tmp_path / "store"
    with open_toy(path) as repository:
        repository.load([TOY / "data"], gate=gate)
        assert f"{plain} ." in repository.commit(1).to_dict()["added_quads"]
    shutil.rmtree(path / "quads")
    with open_toy(path) as repository:
        assert f"{plain} .".encode() in b"".join(repository.export("nquads"))


@pytest.mark.parametrize("streamed", [True, False])
def test_a_qualified_relationship_may_be_completed_later(streamed: bool) -> None:
    node, hive, meadow = (NamedNode(f"urn:{each}") for each in ("q", "hive", "meadow"))
    forages, other = NamedNode(BEE + "foragesAt"), NamedNode("urn:other")
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        knowledge = repository._knowledge
        begun = [Quad(node, KR.source, hive, G), Quad(node, KR.property, forages, G)]
        completed = [Quad(node, KR.target, meadow, G)]
        for each in (begun, completed):
            if streamed:
                knowledge.commit_stream(each)
            else:
                knowledge.commit(each, gate=False)
        plain = Quad(hive, forages, meadow, G)
        assert plain in repository.commit(2).added
        # What goes in the same change completes nothing.
        knowledge.commit([Quad(node, KR.target, other, G)], begun[:1], gate=False)
        assert repository.commit(3).added == (Quad(node, KR.target, other, G),)


def test_a_manifest_names_graphs_and_describes_them(toy: Repository) -> None:
    (graph,) = toy.graphs()
    assert (graph.iri, graph.label) == ("https://bees.example/year", "The year")
    assert graph.description == "One year behind the fence."
    assert graph.illustrative is False


MANIFEST = (
    "<{graph}> a <http://rdfs.org/ns/void#Dataset> ; <http://rdfs.org/ns/void#dataDump> <{dump}> ."
)


@pytest.mark.parametrize(
    ("manifest", "error"),
    [
        pytest.param(None, InputNotFoundError, id="no-manifest"),
        pytest.param("<urn:a> <urn:b> <urn:c> .", UnreadableInputError, id="no-dump"),
        pytest.param(
            MANIFEST.format(graph="https://b.example/g", dump="../x.ttl"),
            UnreadableInputError,
            id="outside",
        ),
        pytest.param(
            MANIFEST.format(graph="https://b.example/g", dump="https://b.example/x.ttl"),
            UnreadableInputError,
            id="elsewhere",
        ),
        pytest.param(
            MANIFEST.format(graph="https://b.example/g", dump="none.ttl"),
            UnreadableInputError,
            id="missing",
        ),
        pytest.param(
            MANIFEST.format(graph=KR.ontology.value, dump="x.ttl"),
            ProtectedGraphError,
            id="system-graph",
        ),
    ],
)
def test_a_manifest_that_cannot_be_used(
    toy: Repository, tmp_path: Path, manifest: str | None, error: type[Exception]
) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    for place in (folder, tmp_path):
        (place / "x.ttl").write_text(HIVE_9, encoding="utf-8")
    if manifest is not None:
        (folder / "dataset.ttl").write_text(manifest, encoding="utf-8")
    with pytest.raises(error):
        toy.load([folder])
    assert toy.snapshot == 1


def test_loading_nothing_or_what_is_not_there(toy: Repository, tmp_path: Path) -> None:
    with pytest.raises(InvalidParameterError):
        toy.load([])
    with pytest.raises(InputNotFoundError):
        toy.load([tmp_path / "none.ttl"])
    with pytest.raises(InvalidParameterError):
        toy.load_bytes(HIVE_9.encode(), syntax="turtle", graph="no iri")


def test_removals_are_in_the_log_and_survive(tmp_path: Path) -> None:
    """A triple that two graphs state goes with the second; what follows from it goes too."""
    metamodel = read_bundle([TOY])
    node, keeper = NamedNode("https://bees.example/k"), NamedNode(BEE + "Keeper")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    here = [Quad(node, kind, keeper, NamedNode(f"https://bees.example/{each}")) for each in "ab"]
    path = tmp_path / "store"
    knowledge = open_directory(path, metamodel)
    knowledge.commit(here, gate=False)
    knowledge.commit([], here[:1], gate=False)
    assert knowledge.catalogue.by_iri(node.value) is not None
    knowledge.commit([], here, gate=False)
    assert knowledge.commit([], here, gate=False) is None

    def check(opened: KnowledgeBase) -> None:
        assert opened.snapshot == 3
        assert list(opened.asserted()) == []
        assert list(opened.store.quads(node)) == []
        assert opened.catalogue.by_iri(node.value) is None

    check(knowledge)
    knowledge.close()
    shutil.rmtree(path / "quads")
    again = open_directory(path, metamodel)
    check(again)
    again.close()


def test_a_base_iri_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with orthogramic.open(path, bundle=[TOY], base_iri="https://mine.example/") as repository:
        assert repository.base_iri == "https://mine.example/"
    with orthogramic.open(path, bundle=[TOY], base_iri="https://other.example/") as repository:
        assert repository.base_iri == "https://mine.example/"
        repository.load_bytes(b"_:b <urn:p> _:b .", syntax="turtle")
        assert b"https://mine.example/.well-known/genid/" in b"".join(repository.export("nquads"))


@pytest.mark.parametrize(
    "base", ["no iri", "bees", "https://bees.example", "https://b.example/a b/"]
)
def test_a_base_iri_that_cannot_be_one(tmp_path: Path, base: str) -> None:
    with pytest.raises(InvalidParameterError, match="is no base of IRIs"):
        orthogramic.open(tmp_path / "store", bundle=[TOY], base_iri=base)
    with pytest.raises(InvalidParameterError, match="is no base of IRIs"):
        orthogramic.open_memory(bundle=[TOY], base_iri=base)
    open_toy(tmp_path / "store").close()


def test_a_store_without_its_format_is_not_something_else(store: Path) -> None:
    (store / "format.json").unlink()
    with pytest.raises(StoreFormatError, match=r"has lost its format\.json"):
        open_toy(store)


@pytest.mark.parametrize("gate", [True, False])
@pytest.mark.parametrize("value", ["<<( <urn:a> <urn:b> <urn:c> )>>", '"x"@en--ltr'])
def test_what_the_gate_could_never_judge_is_not_let_in(
    toy: Repository, value: str, gate: bool
) -> None:
    text = f"<urn:s> <urn:p> {value} ."
    with pytest.raises(UnreadableInputError, match="cannot be kept"):
        toy.load_bytes(text.encode(), syntax="turtle", gate=gate)


def test_a_message_that_no_terminal_could_decode_is_kept_readable(tmp_path: Path) -> None:
    with open_toy(tmp_path / "store") as repository:
        repository.load_bytes(
            HIVE_9.encode(), syntax="turtle", message="why\udcff", author="\udcff"
        )
        (record,) = repository.history().items
    assert (record.message, record.author) == ("why?", "?")


def test_one_file_or_bundle_needs_no_list(tmp_path: Path) -> None:
    file = tmp_path / "hive.ttl"
    file.write_text(HIVE_9, encoding="utf-8")
    with orthogramic.open_memory(bundle=str(TOY)) as repository:
        assert repository.load(str(file)) is not None
        assert repository.load(file) is None


def test_a_store_is_held_by_one(store: Path) -> None:
    with open_toy(store) as repository:
        repository.announce("http://127.0.0.1:9")
        with pytest.raises(StoreInUseError) as caught:
            open_toy(store)
        assert "http://127.0.0.1:9" in caught.value.detail
        assert caught.value.extra["service"] == "http://127.0.0.1:9"
        repository.withdraw()
        with pytest.raises(StoreInUseError, match="another process"):
            open_toy(store)
    open_toy(store).close()


def test_a_directory_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")
    with pytest.raises(StoreFormatError, match="something else"):
        open_toy(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["photo.jpg"]
    with pytest.raises(StoreFormatError, match="is a file"):
        open_toy(tmp_path / "photo.jpg")


def test_a_directory_whose_making_was_broken_off_is_made(tmp_path: Path) -> None:
    for each in ("lock", "format.part"):
        (tmp_path / each).write_text("{", encoding="utf-8")
    with open_toy(tmp_path) as repository:
        assert repository.snapshot == 0


def test_a_store_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="no store"):
        orthogramic.open(tmp_path / "none", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"layout": 3, "base_iri": "https://b.example/"}', "newer version"),
        ('{"layout": 2, "base_iri": "https://b.example/"}', "damaged"),
        ('{"layout": 2, "base_iri": "https://b.example/", "id": "x"}', "damaged"),
        ('{"layout": 2, "base_iri": "https://b.example/", "id": 7}', "damaged"),
        (
            '{"layout": 3, "base_iri": "https://b.example/", "program": "7.1.0"}',
            "written by version 7.1.0 .layout 3.*knows layout 2: install version 7.1.0 or later",
        ),
        ('{"layout": 0, "base_iri": "https://b.example/"}', "damaged"),
        ("", "damaged"),
        ("[]", "damaged"),
        ('{"layout": "x"}', "damaged"),
        ('{"layout": 1, "base_iri": null}', "damaged"),
    ],
)
def test_a_layout_that_is_not_ours(store: Path, content: str, sentence: str) -> None:
    (store / "format.json").write_text(content, encoding="utf-8")
    before = contents(store)
    with pytest.raises(StoreFormatError, match=sentence):
        open_toy(store)
    assert contents(store) == before


def test_a_damaged_log_is_refused_and_left_alone(store: Path) -> None:
    data = (store / "commits.log").read_bytes()
    (store / "commits.log").write_bytes(data.replace(b'"number":1', b'"number":7', 1))
    before = contents(store)
    with pytest.raises(StoreFormatError, match="damaged"):
        open_toy(store)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("error", "gate"),
    [(StoreNotWritableError, True), (StoreNotWritableError, False), (KeyboardInterrupt, False)],
)
def test_a_commit_that_the_store_does_not_take_is_taken_back(
    store: Path,
    expected: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
    gate: bool,
) -> None:
    """The log has it already; then the store breaks off, after the first part of a large one."""
    before = contents(store)
    data = HIVE_9.replace("H-9", "H-10").replace("Late", "Latest").encode()
    with open_toy(store) as repository:
        keeping = repository._knowledge.store

        def break_off(*quads: Any) -> None:
            if not gate:
                EmbeddedStore.add_in_bulk(keeping, *quads)  # type: ignore[arg-type]
            raise error("refused")

        with monkeypatch.context() as patch:
            patch.setattr(keeping, "apply" if gate else "add_in_bulk", break_off)
            with pytest.raises(error):
                repository.load_bytes(data, syntax="turtle", gate=gate)
        assert contents(store) == before
        assert repository.snapshot == 2
    with open_toy(store) as repository:
        assert state(repository) == expected
        assert repository.load_bytes(data, syntax="turtle", gate=gate) is not None
        assert repository.snapshot == 3
