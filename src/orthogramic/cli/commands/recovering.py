"""Commands for the day when something is lost: back up, restore, verify."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from orthogramic.cli.opening import backup_source
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import ProgressBar, say, show_json, show_text
from orthogramic.opening import restore as restore_store
from orthogramic.opening import verify as verify_store
from orthogramic.repository.backup import write_backup


@click.command(short_help="Copy every commit into one file, also while a service runs.")
@click.argument("path", type=click.Path(path_type=Path))
@store_options
def backup(context: Context, path: Path) -> None:
    """Copy every commit into the new file PATH, which carries its own checksum.

    The store may be in use: if a service holds it, the backup goes through the service, and holds
    what was acknowledged when it began. The file is there whole, or not at all.
    """
    with closing(ProgressBar()) as progress, backup_source(context.store, context.token) as source:
        made = write_backup(source, path, progress)
    if context.json:
        show_json(made.to_dict())
    else:
        say(f"{_commits(made.commits)} backed up to {path} ({made.size} bytes).")


@click.command(short_help="Make a store of a backup, in a new or empty directory.")
@click.argument("backup", type=click.Path(path_type=Path))
@store_options
def restore(context: Context, backup: Path) -> None:
    """Make a store of BACKUP in the directory of --store, which must be new or empty.

    The backup is checked first, to the last byte. The first command that opens the store makes
    all that follows from the commits; that takes as long as loading them without the gate.
    """
    directory = context.directory()
    with closing(ProgressBar()) as progress:
        made = restore_store(backup, directory, progress=progress)
    if context.json:
        show_json(made.to_dict())
    else:
        say(f"{_commits(made.commits)} restored into {directory}.")


@click.command(short_help="Look whether store and catalogue are what the log says.")
@click.option("--repair", is_flag=True, help="Make store and catalogue anew where they differ.")
@store_options
def verify(context: Context, *, repair: bool) -> int:
    """Look whether the store is what its commit log says: seals, statements, catalogue, results.

    Needs the store itself, and room for a second one in the folder for temporary files. Leaves
    with 1 if anything differs. The log is never changed; where it is damaged, only a backup helps.
    """
    directory = context.directory()
    with closing(ProgressBar()) as progress:
        found = verify_store(
            directory, bundle=context.bundle, mend=repair, progress=progress, notify=say
        )
    if context.json:
        show_json(found.to_dict())
        return 0 if found.sound else 1
    for each in found.differences:
        show_text(f"{each.part}: {each.message}")
        for example in each.examples:
            show_text(f"  {example}")
    for note in found.notes:
        say(f"Note: {note}")
    if found.sound:
        statements = sum(found.graphs.values())
        show_text(
            f"{directory} is what its log says: {_commits(found.commits)}, {statements} statements "
            f"in {len(found.graphs)} graphs, {found.entities} entities."
        )
    return 0 if found.sound else 1


def _commits(count: int) -> str:
    return "1 commit" if count == 1 else f"{count} commits"


COMMANDS = (backup, restore, verify)
