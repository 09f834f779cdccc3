"""Looks whether a store is what its log says: the seals, every statement, entry and result.

What the log says is worked out anew, in a folder of its own, and compared; nothing of the store is
changed or brought up to date first. Mending is making anew what is derived, never touching the log.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from orthogramic.errors import StoreFormatError, StoreNotWritableError, StoreUnavailableError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.catalogue import Catalogue
from orthogramic.repository.cataloguing import Cataloguing
from orthogramic.repository.commit_log import CommitLog
from orthogramic.repository.comparing import catalogue_differences, store_differences
from orthogramic.repository.derived_database import was_broken_off
from orthogramic.repository.differences import Difference, Verification
from orthogramic.repository.directory import StoreDirectory
from orthogramic.repository.knowledge_base import APART, KnowledgeBase
from orthogramic.repository.materialisation import Materialisation, Standing
from orthogramic.repository.store_lock import looked_at
from orthogramic.repository.store_settings import LAYOUT, Settings
from orthogramic.repository.token_file import TokenFile
from orthogramic.store import EmbeddedStore
from orthogramic.validation import Progress

_LATER = "the next opening of the store does it by itself"


@dataclass(frozen=True, slots=True)
class _Said:
    """The log, and what it says under a bundle: a store and a catalogue made of it alone."""

    log: CommitLog
    metamodel: Metamodel
    base_iri: str
    store: EmbeddedStore
    catalogue: Catalogue


def verify(root: Path, metamodel: Metamodel, progress: Progress | None = None) -> Verification:
    """Compare a store that nobody holds with its log.

    :param metamodel: of the bundle under which the store is used.
    :raises StoreUnavailableError: if there is no store, or another process holds it.
    :raises StoreFormatError: if it is of a newer version, or its log cannot be read through.
    :raises StoreNotWritableError: if there is no room to work out what the log says.
    """
    with looked_at(root) as settings:
        log = CommitLog(root / "commits.log", writable=False)
        found = [*_of_the_layout(settings), *_of_the_log(log, progress), *_of_the_tokens(root)]
        notes: list[str] = []
        if any(each.kind == "damaged" for each in found):
            return Verification(log.last, {}, None, tuple(found))
        with _worked_out(log, metamodel, settings.base_iri, progress) as said:
            found += _of_the_store(root / "quads", said, progress)
            found += _of_the_catalogue(root / "catalogue.db", said)
            found += _of_the_results(root / "results.db", said, notes, progress)
            graphs = {each.value: said.store.size(each) for each in said.store.graphs()}
            entities = sum(said.catalogue.counts().values())
    return Verification(log.last, graphs, entities, tuple(found), tuple(notes))


def repair(root: Path, metamodel: Metamodel, notify: Callable[[str], None] | None = None) -> None:
    """Make store and catalogue anew of the log.

    :param notify: takes sentences about an upgrade of a store of an earlier version.
    :raises StoreUnavailableError: if there is no store, or another process holds it.
    :raises StoreNotWritableError: if the disk refuses; an opening does the rest.
    """
    directory = StoreDirectory(root, create=False, notify=notify)
    try:
        for each in (directory.quads, directory.catalogue, directory.results):
            if each.is_dir():
                shutil.rmtree(each)
            each.unlink(missing_ok=True)
        KnowledgeBase(metamodel, directory).close()
    except OSError as error:
        raise StoreNotWritableError(
            f"{root} cannot be written: {error.strerror}; the log is as it was."
        ) from error
    finally:
        directory.close()


@contextmanager
def _worked_out(
    log: CommitLog, metamodel: Metamodel, base_iri: str, progress: Progress | None
) -> Iterator[_Said]:
    if progress:
        progress.stage("working out what the log says", None)
    with ExitStack() as stack:
        try:
            name = stack.enter_context(tempfile.TemporaryDirectory(prefix="orthogramic-"))
            store = EmbeddedStore(Path(name) / "quads", apart=APART)
            stack.enter_context(closing(store))
            catalogue = Catalogue(Path(name) / "catalogue.db")
            stack.enter_context(closing(catalogue))
            Materialisation(store, log, metamodel, base_iri).rebuild()
            Cataloguing(store, metamodel).rebuild(catalogue, log.last, progress)
        except (OSError, StoreUnavailableError) as error:
            raise StoreNotWritableError(
                f"There is no room to work out what the log says ({str(error).rstrip('.')}). "
                "Set TMPDIR to a folder that has room for a second store."
            ) from error
        yield _Said(log, metamodel, base_iri, store, catalogue)


def _of_the_layout(settings: Settings) -> Iterator[Difference]:
    if settings.outdated:
        sentence = (
            f"The store is in layout {settings.layout}; the next opening brings it to layout "
            f"{LAYOUT}, after a backup."
        )
        yield Difference("layout", "older", sentence)


def _of_the_tokens(root: Path) -> Iterator[Difference]:
    try:
        TokenFile(root).read()
    except StoreUnavailableError as error:
        yield Difference("tokens", "unreadable", error.detail)


def _of_the_log(log: CommitLog, progress: Progress | None) -> Iterator[Difference]:
    if progress:
        progress.stage("checking the seals", log.last)
    for number in range(1, log.last + 1):
        if not log.is_sealed(number):
            sentence = f"Commit {number} is not what was written; restore the store from a backup."
            yield Difference("log", "damaged", sentence)
        if progress:
            progress.advance(1)
    if log.torn_bytes:
        sentence = (
            f"The last {log.torn_bytes} bytes are no whole commit, and nobody was told of one; "
            "the next opening of the store puts them aside."
        )
        yield Difference("log", "torn", sentence)


def _of_the_store(path: Path, said: _Said, progress: Progress | None) -> Iterator[Difference]:
    if progress:
        progress.stage("comparing statements", None)
    try:
        with closing(EmbeddedStore(path, apart=APART, read_only=True)) as store:
            state = Materialisation(store, said.log, said.metamodel, said.base_iri).standing()
            yield from _of_the_standing(state)
            # Otherwise nearly every statement might differ, and none of them would say why.
            if not state.lost and state.same_bundle:
                yield from store_differences(said.store, store, progress)
    except (StoreUnavailableError, OSError, RuntimeError) as error:
        yield Difference("store", "unreadable", f"The folder quads cannot be read: {error}")


def _of_the_standing(state: Standing) -> Iterator[Difference]:
    if state.lost:
        yield Difference("store", "lost", state.lost)
    elif not state.up_to_date:
        sentence = f"Not every commit of the log is applied to its end; {_LATER}."
        yield Difference("store", "behind", sentence)
    if not state.same_bundle:
        sentence = (
            "The store was made under another bundle, or not to its end; the next opening makes "
            "it anew. Say --bundle to compare it under its own."
        )
        yield Difference("store", "other-bundle", sentence)


def _of_the_catalogue(path: Path, said: _Said) -> Iterator[Difference]:
    behind = f"The catalogue is not that of the last commit and bundle; {_LATER}."
    if was_broken_off(path):
        yield Difference("catalogue", "behind", behind)
        return
    try:
        with closing(Catalogue(path, read_only=True)) as catalogue:
            if catalogue.state() != (said.log.last, said.metamodel.digest):
                yield Difference("catalogue", "behind", behind)
                return
            fault = catalogue.fault()
            if fault:
                sentence = f"The file of the catalogue is damaged: {fault}."
                yield Difference("catalogue", "unreadable", sentence)
            yield from catalogue_differences(said.catalogue, catalogue)
    except StoreFormatError as error:
        yield Difference("catalogue", "unreadable", error.detail)


def _of_the_results(
    path: Path, said: _Said, notes: list[str], progress: Progress | None
) -> Iterator[Difference]:
    # Whoever only opens a store should not wait for what judges.
    from orthogramic.repository.comparing_results import result_differences  # noqa: PLC0415

    for each in result_differences(path, said.store, said.metamodel, said.log.last, progress):
        if isinstance(each, str):
            notes.append(each)
        else:
            yield each
