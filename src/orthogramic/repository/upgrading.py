"""Brings a store of an older layout to that of this version: a backup, then step by step.

Whoever calls this holds the store, and has read nothing of it but ``format.json``. That file is
replaced as the last act of each step, so a store is in the one layout or the other whatever stops
the process, and the next opening goes on. A step may be begun again, so it must bear that.

A new layout adds its step at the end of ``STEPS``, raises ``LAYOUT``, and a small store of the
layout before it to the tests. It also stands for the formats of what lies in the directory: a log
that is written in another way is a matter of a new layout.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from orthogramic.errors import InputNotFoundError, StoreFormatError, StoreNotWritableError
from orthogramic.repository.backup import LogSource, source_of, write_backup
from orthogramic.repository.backup_file import read_backup
from orthogramic.repository.commit_log import CommitLog
from orthogramic.repository.store_settings import LAYOUT, Settings
from orthogramic.repository.token_file import TokenFile
from orthogramic.repository.whole_files import sync_folder

#: Takes a sentence for the person who opened the store.
Notify = Callable[[str], None]

#: Makes a store that of the next layout, and returns what its ``format.json`` is to say.
Step = Callable[[Path, Settings], Settings]


def upgrade(root: Path, settings: Settings, notify: Notify | None = None) -> Settings:
    """Bring a store that is held to the layout of this version, after a backup.

    :param settings: what ``format.json`` says, of an older layout.
    :returns: what it says now.
    :raises StoreNotWritableError: if there is no room for the backup, or the disk is read-only.
    :raises StoreFormatError: if the log, or what a step reads, is damaged.
        In both cases the store is in the layout that it was in.
    """
    say = notify or _nobody
    say(f"The store {root} is of an earlier version, in layout {settings.layout}.")
    backup = _back_up(root, settings)
    if backup is not None:
        say(f"It was backed up to {backup}, which 'orthogramic restore' takes.")
    for step in STEPS[settings.layout - 1 :]:
        settings = step(root, settings)
        settings.write(root)
        say(f"It is in layout {settings.layout} now.")
    return settings


def _nobody(_sentence: str) -> None:
    """Say it to nobody."""


# -- the backup --------------------------------------------------------------------------------


def _back_up(root: Path, settings: Settings) -> Path | None:
    """Return a backup of the log; ``None`` if the store was made but never had a log."""
    path = root / "commits.log"
    if not path.exists():
        return None
    log = CommitLog(path, writable=False)
    source = replace(source_of(log, log.last, settings.base_iri), settings=settings)
    folder, begins = root / "backups", f"before-layout-{LAYOUT}-"
    try:
        folder.mkdir(exist_ok=True)
        sync_folder(root)
        for each in folder.glob(f"{begins}*.part"):
            each.unlink()
    except OSError as error:
        raise StoreNotWritableError(
            f"The store {root} must be brought to layout {LAYOUT} and cannot be backed up before: "
            f"{folder} cannot be written: {error.strerror}; nothing was changed."
        ) from error
    made = _made_before(folder, begins, source)
    if made is None:
        made = folder / f"{begins}{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.backup"
        write_backup(source, made)
    return made


def _made_before(folder: Path, begins: str, source: LogSource) -> Path | None:
    """Return the backup that an upgrade made which was broken off, if it is whole."""
    for each in sorted(folder.glob(f"{begins}*.backup")):
        with suppress(StoreFormatError, InputNotFoundError):
            found = read_backup(each)
            if (found.commits, found.length) == (source.commits, source.length):
                return each
    return None


# -- the steps ---------------------------------------------------------------------------------


def _identify(root: Path, settings: Settings) -> Settings:
    """Give a store an identifier; before, only the file of its tokens had one, if it had any.

    Tokens name twelve hexadecimal digits of it, which are the first of a UUID. So those that were
    made before stay those of this store.
    """
    before = TokenFile(root).read().store
    digits = uuid4().hex
    identifier = UUID((before or "") + digits[len(before or "") :])
    return Settings(2, settings.base_iri, identifier)


#: By their place: the first makes layout 2 of layout 1.
STEPS: tuple[Step, ...] = (_identify,)
