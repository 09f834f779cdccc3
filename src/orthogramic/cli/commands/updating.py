"""The command that changes data by a SPARQL update."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from orthogramic.cli.changes import tell_change
from orthogramic.cli.options import Context, store_options
from orthogramic.errors import InputNotFoundError

_LONGEST_NAME = 4096


@click.command(short_help="Change data by a SPARQL update.")
@click.argument("update", metavar="TEXT|FILE|-")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option("--message", "-m", help="Why the change is made.")
@click.option("--author", help="Who makes the change; the user of the system by default.")
@click.option(
    "--using", multiple=True, metavar="IRI", help="Let patterns read this graph; may be repeated."
)
@store_options
def update(context: Context, *, update: str, using: tuple[str, ...], **options: Any) -> int:
    """Change data by the SPARQL update TEXT, or the one in FILE or standard input (-).

    The whole update is judged by the shapes, and made or refused. What names no graph goes into
    the graph kr:default; patterns read what queries read.
    """
    text = _text(update)
    with context.backend() as backend:
        written = backend.update(text, {**options, "using": list(using) or None})
    return tell_change(context, written, _summary(written))


def _summary(written: Mapping[str, Any]) -> str:
    commit = written["commit"]
    counts = f"{written['removed']} triples removed, {written['added']} added"
    if commit:
        return f"Commit {commit['number']}: {counts}."
    if not written["removed"] and not written["added"]:
        return "Everything is so already; nothing was changed."
    return f"Would be: {counts}."


def _text(said: str) -> str:
    """Return the text that is meant: itself, or what a file or standard input holds."""
    try:
        if said == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        if len(said) <= _LONGEST_NAME and "\n" not in said and Path(said).is_file():
            return Path(said).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputNotFoundError(f"{said} cannot be read as text.") from error
    return said


COMMANDS = (update,)
