"""An engine that a disk refused a write goes on reading, and writes again when there is room."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.errors import StoreNotWritableError
from orthogramic.store import EmbeddedStore
from tests.unit.repository.small_disk import fill, small_disk

G = NamedNode("https://things.example/g")
MANY = 50


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "12m") as mounted:
        yield mounted


def quads(number: int) -> list[Quad]:
    name, said = NamedNode("https://things.example/p"), Literal("x" * 300)
    subjects = (NamedNode(f"https://things.example/{number}/{each}") for each in range(MANY))
    return [Quad(each, name, said, G) for each in subjects]


def refused(store: EmbeddedStore, number: int) -> str:
    with pytest.raises(StoreNotWritableError) as caught:
        store.apply([], quads(number))
    assert store.size(G) == MANY
    return caught.value.detail


def test_it_goes_on_reading_and_writes_again(disk: Path) -> None:
    store = EmbeddedStore(disk / "quads")
    store.apply([], quads(0))
    fill(disk)
    assert "No space left" in refused(store, 1)
    for _ in range(3):
        assert "No space left" in refused(store, 1)
    (disk / "ballast").unlink()
    for number in (1, 2):
        store.apply([], quads(number))
        assert store.size(G) == MANY * (1 + number)
    store.close()
    again = EmbeddedStore(disk / "quads")
    assert sorted(map(str, again.quads())) == sorted(str(q) for n in range(3) for q in quads(n))
    again.close()


def test_whoever_reads_meanwhile_is_not_disturbed(disk: Path) -> None:
    store = EmbeddedStore(disk / "quads")
    store.apply([], quads(0))
    fill(disk)
    refused(store, 1)
    held = store.quads(None, None, None, G)
    next(held)
    assert "while somebody reads" in refused(store, 1)
    assert len(list(held)) == MANY - 1
    del held
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                found = len(list(store.quads(None, None, None, G)))
                if found % MANY or not found:
                    wrong.append(found)
            except Exception as error:  # whatever it is, it is wrong
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for each in readers:
        each.start()
    refused(store, 1)
    (disk / "ballast").unlink()
    store.apply([], quads(1))
    stop.set()
    for each in readers:
        each.join()
    assert wrong == []
    assert store.size(G) == 2 * MANY
    store.close()
