"""How one comes to a repository: opened, kept in memory, restored of a backup, verified."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from orthogramic.exchange.formats import notations
from orthogramic.facade import Repository, StrPath
from orthogramic.metamodel import Metamodel
from orthogramic.repository.backup_file import Backup
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.catalogue import catalogued_bundle
from orthogramic.repository.differences import Verification
from orthogramic.repository.directory import CATALOGUE
from orthogramic.repository.knowledge_base import KnowledgeBase, open_directory
from orthogramic.repository.restoring import restore as restore_directory
from orthogramic.repository.verification import repair
from orthogramic.repository.verification import verify as verify_directory
from orthogramic.validation import Progress


def store_path(path: StrPath | None = None) -> Path:
    """Return the directory that is meant; ``$ORTHOGRAMIC_STORE`` or ``.orthogramic`` by default."""
    return Path(path or os.environ.get("ORTHOGRAMIC_STORE") or ".orthogramic")


def open_repository(
    path: StrPath | None = None,
    *,
    bundle: StrPath | Sequence[StrPath] = (),
    base_iri: str | None = None,
    create: bool = True,
    notify: Callable[[str], None] | None = None,
) -> Repository:
    """Open the repository in a directory.

    :param path: the directory; by default ``$ORTHOGRAMIC_STORE``, else ``./.orthogramic``.
    :param bundle: bundle folders, read together; ``"default"`` is the shipped one, and all there
        is by default.
    :param base_iri: base of entity IRIs, for a new directory.
    :param create: whether to make the directory if it is not there.
    :param notify: takes sentences about an upgrade of a store of an earlier version.
    :returns: the repository; close it, or use it in a ``with`` statement.
    :raises BundleError: with every fault of the bundle.
    :raises StoreUnavailableError: if the directory is held, damaged or cannot be written.
    """
    where = store_path(path)
    metamodel = _metamodel(bundle, catalogued_bundle(where / CATALOGUE))
    return Repository(
        open_directory(where, metamodel, base_iri=base_iri, create=create, notify=notify)
    )


def open_memory(
    *, bundle: StrPath | Sequence[StrPath] = (), base_iri: str | None = None
) -> Repository:
    """Open an empty repository that keeps everything in memory.

    :raises BundleError: with every fault of the bundle.
    """
    metamodel = _metamodel(bundle)
    return Repository(KnowledgeBase(metamodel, base_iri=base_iri))


def restore(
    backup: StrPath, path: StrPath | None = None, *, progress: Progress | None = None
) -> Backup:
    """Make a store of a backup; see :func:`orthogramic.repository.restoring.restore`.

    :param path: a new or empty directory; by default as in :func:`open_repository`.
    """
    return restore_directory(Path(backup), store_path(path), progress)


def verify(
    path: StrPath | None = None,
    *,
    bundle: StrPath | Sequence[StrPath] = (),
    mend: bool = False,
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
) -> Verification:
    """Look whether a store is what its log says; nobody may have it open meanwhile.

    :param path: the directory; by default as in :func:`open_repository`.
    :param bundle: as in :func:`open_repository`.
    :param mend: whether to make store and catalogue anew of the log if they differ from it, and
        look again. Where the log itself is damaged or has lost commits, nothing is touched.
    :param notify: takes sentences about an upgrade of a store of an earlier version.
    :raises StoreUnavailableError: if there is no store, another process holds it, or its log
        cannot be read through.
    """
    root, metamodel = store_path(path), _metamodel(bundle)
    found = verify_directory(root, metamodel, progress)
    if mend and not found.sound and found.mendable:
        repair(root, metamodel, notify)
        return verify_directory(root, metamodel, progress)
    return found


def _metamodel(bundle: StrPath | Sequence[StrPath], sound: str = "") -> Metamodel:
    paths = (bundle,) if isinstance(bundle, str | os.PathLike) else bundle
    return read_bundle([str(each) for each in paths], notations, sound)
