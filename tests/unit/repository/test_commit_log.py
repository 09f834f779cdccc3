"""The commit log gives back what was put in, and tells a torn tail from damage."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from unittest.mock import Mock

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.errors import StoreFormatError, StoreNotWritableError, UnknownCommitError
from orthogramic.repository.commit_log import CommitLog, CommitRecord
from orthogramic.repository.spool import Spool
from orthogramic.vocabulary import RDF

G = NamedNode("https://graphs.example/g")
P = NamedNode("https://things.example/p")


def quad(text: str) -> Quad:
    return Quad(P, P, Literal(text), G)


def append(
    log: CommitLog, added: Iterable[Quad] = (), removed: Iterable[Quad] = (), message: str = ""
) -> CommitRecord:
    with closing(Spool()) as spool:
        for each in removed:
            spool.remove(each)
        for each in added:
            spool.add(each)
        record = CommitRecord(
            number=log.last + 1,
            at=datetime(2026, 3, 1, 12, tzinfo=UTC),
            author="Zoë",
            message=message,
            added=spool.added,
            removed=spool.removed,
            bundle="0" * 8,
        )
        log.append(record, spool)
    return record


def held(log: CommitLog) -> list[tuple[list[Quad], list[Quad]]]:
    numbers = range(1, log.last + 1)
    return [(list(log.removals(each)), list(log.additions(each))) for each in numbers]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a log of three commits."""
    path = tmp_path / "commits.log"
    log = CommitLog(path)
    append(log, [quad("one"), quad("line\nbreak")], message="first")
    append(log, [quad("two")], [quad("one")], message='{"format":9}\n')
    append(log, [quad("three"), quad("vier")], message="third")
    return path


def records_of(path: Path) -> list[int]:
    """Return where each record begins, and the size of the file."""
    data = path.read_bytes()
    starts = [at for at in range(len(data)) if data.startswith(b'{"format":1,"number"', at)]
    return [*starts, len(data)]


def test_an_empty_log(tmp_path: Path) -> None:
    log = CommitLog(tmp_path / "commits.log")
    assert (log.last, list(log.records())) == (0, [])
    assert CommitLog(tmp_path / "commits.log").last == 0


@pytest.mark.parametrize("on_disk", [True, False])
def test_records_and_quads_come_back(tmp_path: Path, on_disk: bool) -> None:
    log = CommitLog(tmp_path / "log" if on_disk else None)
    first = append(log, [quad("one")], message="Gründe\u2028\n")
    second = append(log, [quad("two")], [quad("one")])
    assert list(log.records()) == [second, first]
    assert (log.record(1), log.record(2)) == (first, second)
    assert held(log) == [([], [quad("one")]), ([quad("one")], [quad("two")])]
    if on_disk:
        again = CommitLog(tmp_path / "log")
        assert list(again.records()) == [second, first]
        assert held(again) == held(log)


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_commit_that_is_not_there(path: Path, number: int) -> None:
    log = CommitLog(path)
    with pytest.raises(UnknownCommitError):
        log.record(number)
    with pytest.raises(UnknownCommitError):
        list(log.additions(number))
    with pytest.raises(UnknownCommitError):
        log.removals(number)


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_large_payload_is_packed_and_comes_back(tmp_path: Path, on_disk: bool) -> None:
    log = CommitLog(tmp_path / "log" if on_disk else None)
    added = [quad(f"a rather long text number {each}") for each in range(20_000)]
    removed = [quad(f"gone {each}") for each in range(7)]
    append(log, added, removed)
    append(log, [quad("after")])
    if on_disk:
        assert (tmp_path / "log").stat().st_size < 500_000
        assert b'"encoding":"gzip"' in (tmp_path / "log").read_bytes()[:500]
        log = CommitLog(tmp_path / "log")
    assert held(log) == [(removed, added), ([], [quad("after")])]


def test_a_tail_torn_anywhere_is_cut_off(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    *_, start, end = records_of(path)
    expected = held(CommitLog(path))[:2]
    torn = tmp_path / "torn.log"
    for size in range(start, end):
        torn.write_bytes(whole[:size])
        log = CommitLog(torn)
        assert held(log) == expected, f"torn at byte {size}"
        assert torn.read_bytes() == whole[:start]
    append(CommitLog(torn), [quad("again")])
    assert held(CommitLog(torn)) == [*expected, ([], [quad("again")])]


def test_a_tail_of_zeros_is_cut_off(path: Path) -> None:
    """A power failure can leave a file as long as it was to become, but not filled."""
    whole = path.read_bytes()
    *_, start, end = records_of(path)
    path.write_bytes(whole[:start] + bytes(end - start))
    assert CommitLog(path).last == 2
    path.write_bytes(whole[: end - 10] + bytes(10))
    assert CommitLog(path).last == 2


def test_damage_before_the_last_record_is_never_cut_off(path: Path, tmp_path: Path) -> None:
    """Whichever byte it strikes, no record that follows is lost, and nothing wrong is given."""
    whole = path.read_bytes()
    first, _, third, _ = records_of(path)
    expected = held(CommitLog(path))
    damaged = tmp_path / "damaged.log"
    random = Random(1)
    for at in random.sample(range(first, third - 1), 200):
        damaged.write_bytes(whole[:at] + bytes([whole[at] ^ 0x01]) + whole[at + 1 :])
        try:
            log = CommitLog(damaged)
        except StoreFormatError:
            pass
        else:
            assert log.last == 3
            with suppress(StoreFormatError):
                # Otherwise it struck the author, the message or the time.
                assert held(log) == expected
        assert damaged.stat().st_size == len(whole)


def test_a_length_that_became_too_long_is_damage(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"length":', b'"length":9', 1))
    with pytest.raises(StoreFormatError, match="damaged at byte 0"):
        CommitLog(path)


def test_a_damaged_payload_is_refused_when_it_is_read(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"one" <', b'"eno" <', 1))
    log = CommitLog(path)
    assert [each.number for each in log.records()] == [3, 2, 1]
    with pytest.raises(StoreFormatError, match="Commit 1"):
        list(log.additions(1))
    assert list(log.additions(3)) == [quad("three"), quad("vier")]


@pytest.mark.parametrize("header", [b"[]", b"5", b"null", b'{"format":1}', b'{"format":"new"}'])
def test_a_header_of_another_kind_is_a_torn_tail(path: Path, header: bytes) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + header + b"\n")
    assert CommitLog(path).last == 3
    assert path.read_bytes() == whole


def test_a_newer_format_is_refused_and_left_alone(path: Path) -> None:
    newer = path.read_bytes().replace(b'{"format":1,', b'{"format":2,', 1)
    path.write_bytes(newer)
    with pytest.raises(StoreFormatError, match="newer version"):
        CommitLog(path)
    assert path.read_bytes() == newer


def test_the_last_commit_can_be_taken_back(path: Path) -> None:
    log = CommitLog(path)
    kept = held(log)[:2]
    log.drop_last()
    assert held(log) == kept
    append(log, [quad("other")])
    assert held(CommitLog(path)) == [*kept, ([], [quad("other")])]


def test_the_only_commit_can_be_taken_back(tmp_path: Path) -> None:
    for log in (CommitLog(tmp_path / "log"), CommitLog(None)):
        append(log, [quad("one")])
        log.drop_last()
        assert log.last == 0
    assert (tmp_path / "log").read_bytes() == b""


def test_a_disk_that_refuses_leaves_the_log_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = CommitLog(path)
    before = path.read_bytes()

    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(StoreNotWritableError, match="No space left"):
            append(log, [quad("four")])
    assert (log.last, path.read_bytes()) == (3, before)
    append(log, [quad("four")])
    assert CommitLog(path).last == 4


def test_what_could_not_be_cut_off_never_gets_into_the_middle(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk refuses the write and the repair; later it works again."""
    log = CommitLog(path)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        patch.setattr(os, "truncate", Mock(side_effect=[None, OSError(30, "Read-only")]))
        with pytest.raises(StoreNotWritableError):
            append(log, [quad("never acknowledged")])
    append(log, [quad("four")])
    assert [added for _, added in held(CommitLog(path))][3] == [quad("four")]


def test_an_interrupt_leaves_the_log_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = CommitLog(path)
    before = path.read_bytes()

    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        append(log, [quad("four")])
    assert (log.last, path.read_bytes()) == (3, before)


def test_a_statement_that_no_reader_takes_is_a_damaged_log_not_a_trace(path: Path) -> None:
    log = CommitLog(path)
    unreadable = Quad(P, P, Literal("a", datatype=NamedNode(f"{RDF.base}langString")), G)
    append(log, [unreadable], removed=[quad("one")])
    assert list(log.removals(log.last)) == [quad("one")]
    with pytest.raises(StoreFormatError, match=f"Commit {log.last} holds a statement"):
        list(log.additions(log.last))
