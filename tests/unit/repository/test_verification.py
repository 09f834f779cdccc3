"""A store that is not what its log says is found out, said, and mended; the log stays as it is."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

import orthogramic
from orthogramic.errors import (
    StoreFormatError,
    StoreInUseError,
    StoreNotWritableError,
    StoreUnavailableError,
)
from orthogramic.repository.differences import Verification
from orthogramic.repository.knowledge_base import APART
from orthogramic.store import EmbeddedStore
from orthogramic.vocabulary import KR, RDF
from tests.conftest import TOY
from tests.unit.repository.processes import hives

BEE = "https://bees.example/terms#"
HIVE = NamedNode("https://bees.example/id/Hive/H-1")
YEAR = NamedNode("https://bees.example/year")
G = NamedNode("https://bees.example/g")


def verified(path: Path, *, mend: bool = False, bundle: Path = TOY) -> Verification:
    return orthogramic.verify(path, bundle=[bundle], mend=mend)


def found(verification: Verification) -> list[tuple[str, str, int]]:
    return [(each.part, each.kind, each.count) for each in verification.differences]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store"
    gone = Quad(HIVE, NamedNode(BEE + "temper"), Literal("calm"), G)
    with orthogramic.open(path, bundle=[TOY]) as repository:
        repository.load([TOY / "data"], gate=False)
        repository._knowledge.commit([gone], gate=False)
        repository._knowledge.commit([], [gone], gate=False)
        repository.load_bytes(hives(0, 3).encode(), syntax="turtle", gate=False)
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a copy of a store with four commits."""
    return Path(shutil.copytree(made, tmp_path / "store"))


def test_a_store_that_is_what_its_log_says(store: Path) -> None:
    outcome = verified(store)
    assert (outcome.sound, outcome.commits, found(outcome)) == (True, 4, [])
    with orthogramic.open(store, bundle=[TOY]) as repository:
        stats = repository.stats()
        assert outcome.entities == stats.entities
        assert outcome.graphs[KR.inferred.value] == stats.inferred
        data = {each.iri: each.triples for each in stats.graphs}
        assert {each: outcome.graphs[each] for each in data} == data
    assert outcome.to_dict()["sound"] is True


def test_looking_writes_nothing(store: Path) -> None:
    before = {each: each.read_bytes() for each in store.rglob("*") if each.is_file()}
    assert verified(store).sound
    assert {each: each.read_bytes() for each in store.rglob("*") if each.is_file()} == before


def change(path: Path, removed: list[Quad], added: list[Quad]) -> None:
    quads = EmbeddedStore(path / "quads", apart=APART)
    quads.apply(removed, added)
    quads.close()


def some(path: Path, graph: NamedNode) -> Quad:
    quads = EmbeddedStore(path / "quads", apart=APART)
    one = next(iter(quads.quads(None, None, None, graph)))
    quads.close()
    return one


GRAPHS = (YEAR, KR.inferred, KR.commits, KR.datasets, KR.ontology, KR.shapes)


def one_of(store: EmbeddedStore, graph: NamedNode) -> Quad:
    marks = (KR.appliedCommit, KR.bundleDigest)
    return next(
        q
        for q in store.quads(None, None, None, graph)
        if q.predicate not in marks and BlankNode not in {type(q.subject), type(q.object)}
    )


@pytest.mark.parametrize("kind", ["missing", "surplus"])
def test_one_statement_too_few_or_too_many_in_every_graph(store: Path, kind: str) -> None:
    quads = EmbeddedStore(store / "quads", apart=APART)
    if kind == "missing":
        changed = {each: one_of(quads, each) for each in GRAPHS}
        quads.apply(list(changed.values()), [])
    else:
        changed = {each: Quad(HIVE, NamedNode("urn:p"), Literal("x"), each) for each in GRAPHS}
        quads.apply([], list(changed.values()))
    quads.close()
    *by_graph, merge = [each for each in verified(store).differences if each.part == "store"]
    # Said in the order of the graphs, each with the statement that it is about.
    assert [(each.kind, each.count, each.examples) for each in by_graph] == [
        (kind, 1, (f"{changed[each]} .",)) for each in sorted(GRAPHS, key=str)
    ]
    assert all("1 statement that the log " in each.message for each in by_graph)
    # What a query sees by default differs with it, by the graphs that take part.
    assert (merge.kind, "default graph of queries" in merge.message) == (kind, True)
    before = (store / "commits.log").read_bytes()
    assert verified(store, mend=True).sound
    assert (store / "commits.log").read_bytes() == before


def test_a_changed_value_is_said_on_both_sides(store: Path) -> None:
    old = some(store, YEAR)
    new = Quad(old.subject, old.predicate, Literal("other"), YEAR)
    change(store, [old], [new])
    outcome = verified(store)
    here = [each for each in outcome.differences if f"<{YEAR.value}>" in each.message]
    examples = [(each.kind, each.examples) for each in here]
    assert examples == [("missing", (f"{old} .",)), ("surplus", (f"{new} .",))]


def test_a_merge_that_is_not_that_of_its_graphs(store: Path) -> None:
    """Graphs are right, but a query without a graph would see less."""
    plain = EmbeddedStore(store / "quads")
    plain._store.remove(Quad(HIVE, RDF.type, NamedNode(BEE + "Hive")))
    plain.close()
    outcome = verified(store)
    assert found(outcome) == [("store", "missing", 1)]
    assert "default graph of queries lacks 1 statement" in outcome.differences[0].message


def test_many_differences_are_counted_and_some_shown(store: Path) -> None:
    added = [Quad(HIVE, NamedNode("urn:p"), Literal(str(each)), G) for each in range(50)]
    change(store, [], added)
    first = verified(store).differences[0]
    assert (first.count, len(first.examples)) == (50, 20)


def sql(statement: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        connection = sqlite3.connect(path / "catalogue.db")
        with connection:
            connection.execute(statement)
        connection.close()

    return run


def zeros(path: Path) -> None:
    content = (path / "catalogue.db").read_bytes()
    (path / "catalogue.db").write_bytes(content[:4096] + bytes(len(content) - 4096))


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (sql("DELETE FROM entity WHERE key = 'H-1'"), [("missing", 1)]),
        (sql("UPDATE entity SET label = 'x' WHERE key = 'H-1'"), [("missing", 1), ("surplus", 1)]),
        (sql("UPDATE words SET body = 'x' WHERE rowid = 1"), [("missing", 1), ("surplus", 1)]),
        (sql("DELETE FROM letters WHERE rowid = 2"), [("missing", 1), ("surplus", 1)]),
        (
            sql("INSERT INTO entity VALUES (99, 'urn:z', 'Z', 'z', 'urn:c', 'C', 'z')"),
            [("surplus", 1)],
        ),
        (sql("INSERT INTO entity VALUES (98, 'a', 'A', 'a', 'urn:c', 'C', 'a')"), [("surplus", 1)]),
        (sql("UPDATE state SET snapshot = 3"), [("behind", 1)]),
        (sql("UPDATE state SET bundle = 'x'"), [("behind", 1)]),
        (sql("DROP TABLE words"), [("unreadable", 1)]),
        (zeros, [("unreadable", 1)]),
        (lambda path: (path / "catalogue.db").unlink(), [("unreadable", 1)]),
        (lambda path: (path / "catalogue.db").write_bytes(b"no database"), [("unreadable", 1)]),
    ],
)
def test_a_catalogue_that_is_not_that_of_the_log(
    store: Path, damage: Callable[[Path], object], expected: list[tuple[str, int]]
) -> None:
    damage(store)
    outcome = verified(store)
    assert found(outcome) == [("catalogue", *each) for each in expected]


def into_a_file(path: Path) -> None:
    shutil.rmtree(path / "quads")
    (path / "quads").touch()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: shutil.rmtree(path / "quads"),
        lambda path: (path / "quads" / "CURRENT").write_bytes(b"no manifest"),
        into_a_file,
    ],
)
def test_a_store_that_cannot_be_read(store: Path, damage: Callable[[Path], object]) -> None:
    damage(store)
    (store / "catalogue.db").unlink()
    (store / "catalogue.db").mkdir()
    assert found(verified(store)) == [("store", "unreadable", 1), ("catalogue", "unreadable", 1)]
    assert verified(store, mend=True).sound


def marked(path: Path, number: int) -> None:
    """Leave a store as a process does that was killed while it applied a commit."""
    quads = EmbeddedStore(path / "quads", apart=APART)
    old = list(quads.quads(KR.repository, KR.appliedCommit))
    quads.apply(old, [Quad(KR.repository, KR.appliedCommit, Literal(number), KR.commits)])
    quads.close()


@pytest.mark.parametrize("number", [3, -4, 0])
def test_a_store_that_is_behind_is_said_to_be_so(store: Path, number: int) -> None:
    marked(store, number)
    outcome = verified(store)
    assert found(outcome)[0] == ("store", "behind", 1)
    orthogramic.open(store, bundle=[TOY]).close()
    assert verified(store).sound


def test_a_log_that_lost_commits_is_not_mended_away(store: Path) -> None:
    marked(store, 9)
    for mend in (False, True):
        outcome = verified(store, mend=mend)
        assert ("store", "lost", 1) in found(outcome)
        assert not outcome.mendable
        assert any("Restore commits.log from a backup" in d.message for d in outcome.differences)
    assert some(store, KR.commits)


def test_a_damaged_commit_is_named_and_nothing_is_touched(store: Path) -> None:
    log = store / "commits.log"
    log.write_bytes(log.read_bytes().replace(b'"calm"', b'"balm"'))
    before = log.read_bytes()
    for mend in (False, True):
        outcome = verified(store, mend=mend)
        assert found(outcome) == [("log", "damaged", 1), ("log", "damaged", 1)]
        messages = [each.message for each in outcome.differences]
        assert [each.split(" is ")[0] for each in messages] == ["Commit 2", "Commit 3"]
    assert log.read_bytes() == before


def test_a_log_that_cannot_be_read_through(store: Path) -> None:
    log = store / "commits.log"
    log.write_bytes(log.read_bytes().replace(b'"number":2', b'"number":7'))
    with pytest.raises(StoreFormatError, match="is damaged at byte"):
        verified(store)
    log.unlink()
    with pytest.raises(StoreUnavailableError, match="cannot be opened"):
        verified(store)
    assert not log.exists()


def test_a_torn_tail_is_said_and_left(store: Path) -> None:
    with (store / "commits.log").open("ab") as log:
        log.write(b'{"format":1,"nu')
    outcome = verified(store)
    assert found(outcome) == [("log", "torn", 1)]
    assert "The last 15 bytes" in outcome.differences[0].message
    assert (store / "commits.log").read_bytes().endswith(b'"nu')
    assert verified(store, mend=True).sound
    assert (store / "commits.torn").read_bytes() == b'{"format":1,"nu'


def test_another_bundle_is_said_once(store: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(TOY, tmp_path / "bundle"))
    file = other / "ontology" / "apiary.ttl"
    file.write_text(file.read_text(encoding="utf-8") + "\n# another one", encoding="utf-8")
    outcome = verified(store, bundle=other)
    assert found(outcome) == [("store", "other-bundle", 1), ("catalogue", "behind", 1)]
    assert verified(store, bundle=other, mend=True).sound
    assert not verified(store).sound


def test_a_store_that_is_held_or_not_there(store: Path, tmp_path: Path) -> None:
    with orthogramic.open(store, bundle=[TOY]) as repository:
        repository.announce("http://127.0.0.1:9")
        for mend in (False, True):
            with pytest.raises(StoreInUseError, match=r"http://127\.0\.0\.1:9"):
                verified(store, mend=mend)
    with pytest.raises(StoreUnavailableError, match="no store"):
        verified(tmp_path / "none")
    with pytest.raises(StoreUnavailableError, match="is a file"):
        verified(store / "commits.log")


def test_no_room_for_temporary_files(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(store / "none"))
    with pytest.raises(StoreNotWritableError, match="Set TMPDIR"):
        verified(store)


HIVES = st.sets(st.integers(0, 4))


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.tuples(HIVES, HIVES, st.booleans()), max_size=5))
def test_after_any_edits_store_and_log_agree(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[set[int], set[int], bool]]
) -> None:
    """Live, each change was applied as it came; here the log is gone through from its beginning."""
    path = tmp_path_factory.mktemp("edited") / "store"
    swarm, hive = NamedNode(BEE + "Hive"), "https://bees.example/id/Hive/"
    forages, meadow = NamedNode(BEE + "foragesAt"), NamedNode("https://bees.example/id/Meadow/x")

    def quads(numbers: set[int], graph: NamedNode) -> list[Quad]:
        names = [NamedNode(f"{hive}{each}") for each in sorted(numbers)]
        kinds = [Quad(each, RDF.type, swarm, graph) for each in names]
        return kinds + [Quad(each, forages, meadow, graph) for each in names]

    with orthogramic.open(path, bundle=[TOY]) as repository:
        for added, removed, elsewhere in edits:
            graph = G if elsewhere else YEAR
            repository._knowledge.commit(quads(added, graph), quads(removed, YEAR), gate=False)
    outcome = verified(path)
    assert outcome.sound, outcome


# -- validation results, tokens, layout, replicas ----------------------------------------------


@pytest.fixture
def judged(store: Path) -> Path:
    """Return a store that keeps the results of its last commit, some of which are warnings."""
    with orthogramic.open(store, bundle=[TOY]) as repository:
        assert repository.results().total == 1
        repository.load_bytes(hives(7, 2).encode(), syntax="turtle")
    return store


def results_sql(statement: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        connection = sqlite3.connect(path / "results.db")
        with connection:
            connection.execute(statement)
        connection.close()

    return run


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (results_sql("DELETE FROM result WHERE id = (SELECT min(id) FROM result)"), "missing"),
        (
            results_sql(
                "INSERT INTO result SELECT id + 9999, root_shape, root_node, severity, focus, "
                "path, finding FROM result LIMIT 1"
            ),
            "surplus",
        ),
        (results_sql("DROP TABLE result"), "unreadable"),
        (results_sql("UPDATE result SET finding = '{}'"), "unreadable"),
        (results_sql("UPDATE result SET finding = 'x'"), "unreadable"),
        (lambda path: (path / "results.db").write_bytes(b"no database"), "unreadable"),
    ],
)
def test_results_that_are_not_those_of_a_validation(
    judged: Path, damage: Callable[[Path], object], expected: str
) -> None:
    assert (verified(judged).sound, verified(judged).notes) == (True, ())
    damage(judged)
    assert found(verified(judged)) == [("results", expected, 1)]
    assert verified(judged, mend=True).sound


def test_results_that_are_behind_are_noted_and_no_fault(judged: Path) -> None:
    with orthogramic.open(judged, bundle=[TOY]) as repository:
        repository.load_bytes(hives(20, 1).encode(), syntax="turtle", gate=False)
    outcome = verified(judged)
    assert outcome.sound
    assert len(outcome.notes) == 1
    assert "worked out anew when somebody asks" in outcome.notes[0]
    with orthogramic.open(judged, bundle=[TOY]) as repository:
        assert repository.results().total == 1
    assert verified(judged).notes == ()
    (judged / "results.db").unlink()
    assert (verified(judged).sound, verified(judged).notes) == (True, ())


def test_tokens_that_cannot_be_read_are_said(store: Path) -> None:
    (store / "tokens.json").write_text("{", encoding="utf-8")
    for mend in (False, True):
        outcome = verified(store, mend=mend)
        assert found(outcome) == [("tokens", "unreadable", 1)]
        assert "no token lets anybody in" in outcome.differences[0].message


def test_replicas_that_lie_around_do_not_matter(store: Path) -> None:
    for content in (store / "quads", None):
        shutil.rmtree(store / "replicas", ignore_errors=True)
        if content:
            shutil.copytree(content, store / "replicas" / "1")
        else:
            (store / "replicas").write_bytes(b"no folder")
        assert verified(store).sound
        assert (store / "replicas").exists()


#: Is killed in the midst of a change of a derived file, of which a part is on the disk already.
BROKEN_OFF = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("CREATE TABLE much AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                   "SELECT i + 1 FROM n WHERE i < 5000) SELECT i, hex(randomblob(200)) FROM n")
connection.execute("UPDATE state SET snapshot = 77")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("name", "differences", "notes"),
    [("catalogue.db", [("catalogue", "behind", 1)], 0), ("results.db", [], 1)],
)
def test_a_derived_file_whose_change_was_broken_off_is_behind(
    judged: Path, name: str, differences: list[tuple[str, str, int]], notes: int
) -> None:
    """The next who opens it for writing undoes what was broken off, so nothing is damaged."""
    subprocess.run([sys.executable, "-c", BROKEN_OFF, judged / name], check=False, timeout=60)
    assert (judged / f"{name}-journal").exists()
    outcome = verified(judged)
    assert (found(outcome), len(outcome.notes)) == (differences, notes)
    with orthogramic.open(judged, bundle=[TOY]) as repository:
        assert repository.results().total == 1
    assert (verified(judged).sound, verified(judged).notes) == (True, ())
