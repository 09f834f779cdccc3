"""Stores of generated models, made once and kept for other runs where a folder is given."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import orthogramic
from benchmarks.bundle import read_vocabulary
from benchmarks.generate import Generator


def generated_store(folder: Path, entities: int, seed: int) -> Path:
    """Return the store of a generated model, loaded without the gate unless it was there.

    :param folder: where stores are kept, each under its size and seed.
    """
    place = folder / f"{entities}-{seed}"
    store = place / "store"
    if (store / "format.json").exists():
        return store
    place.mkdir(parents=True, exist_ok=True)
    model = place / "model.nq"
    say(f"{entities} entities: generating and loading …")
    with model.open("w", encoding="utf-8") as output:
        output.writelines(Generator(read_vocabulary(), entities, seed).blocks())
    with orthogramic.open(store) as repository:
        repository.load([model], gate=False)
    model.unlink()
    return store


def leave_memory(folder: Path) -> None:
    """Ask the system to forget what it keeps in memory of the files in a folder."""
    if not hasattr(os, "posix_fadvise"):
        return
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def say(text: str) -> None:
    """Tell on standard error what takes time."""
    print(text, file=sys.stderr, flush=True)
