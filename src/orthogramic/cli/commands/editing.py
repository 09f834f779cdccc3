"""Commands that write entities: create, edit and delete."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from orthogramic.cli.changes import tell_difference
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import say, show_json, show_text
from orthogramic.errors import InputNotFoundError, UsageError

Document = Mapping[str, Any]

_REMARKS = 5


def _write_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every write has."""
    options = (
        click.option("--dry-run", is_flag=True, help="Only tell what would happen."),
        click.option("--message", "-m", help="Why the change is made."),
        click.option("--author", help="Who makes the change; the user of the system by default."),
    )
    for option in reversed(options):
        command = option(command)
    return command


_if_match = click.option(
    "--if-match", metavar="TAG", help="Only if this is still the tag of the entity."
)


def _content_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the ways of saying what an entity is to be."""
    options = (
        click.option(
            "--set",
            "values",
            multiple=True,
            metavar="NAME=TEXT",
            help="The value of a member; NAME:=JSON for a number, true or an object. May be "
            "repeated, also for one member.",
        ),
        click.option(
            "--from", "source", metavar="FILE|-", help="Read the whole document from a file."
        ),
        click.option("--graph", metavar="IRI", help="Put new statements into this graph."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Create an entity of a class.")
@click.argument("class_name", metavar="CLASS")
@_content_options
@_write_options
@store_options
def create(
    context: Context,
    class_name: str,
    *,
    values: tuple[str, ...],
    source: str | None,
    graph: str | None,
    **options: Any,
) -> int:
    """Create an entity of CLASS from its members.

    A reference to another entity is its Class/key, title or IRI.
    """
    if bool(values) == bool(source):
        raise UsageError("Say what it is: --set NAME=TEXT for each member, or --from FILE.")
    content = _read(source) if source else _object(values, ())
    with context.backend() as backend:
        written = backend.create_entity(class_name, content, {**options, "graph": graph})
    return _tell(context, written, ("Created", "Would create"))


@click.command(short_help="Change an entity.")
@click.argument("name")
@_content_options
@click.option("--unset", multiple=True, metavar="NAME", help="Take a member away.")
@_write_options
@_if_match
@store_options
def edit(
    context: Context,
    name: str,
    *,
    values: tuple[str, ...],
    source: str | None,
    unset: tuple[str, ...],
    graph: str | None,
    **options: Any,
) -> int:
    """Change members of the entity called NAME, or with --from make it what a document says.

    What is set takes the place of all values that the member had.
    """
    if bool(values or unset) == bool(source):
        raise UsageError("Say what changes: --set and --unset, or the whole document with --from.")
    arguments = {**options, "graph": graph}
    with context.backend() as backend:
        if source:
            written = backend.replace_entity(name, _read(source), arguments)
        else:
            written = backend.patch_entity(name, _object(values, unset), arguments)
    return _tell(context, written, ("Changed", "Would change"))


@click.command(short_help="Delete an entity.")
@click.argument("name")
@click.option("--detach", is_flag=True, help="Take along what others say that refers to it.")
@_write_options
@_if_match
@store_options
def delete(context: Context, name: str, *, detach: bool, **options: Any) -> int:
    """Delete the entity called NAME, with its parts and its own links.

    If others refer to it, that is refused and they are named, unless --detach takes it along.
    """
    with context.backend() as backend:
        written = backend.delete_entity(name, {**options, "detach": detach})
    return _tell(context, written, ("Deleted", "Would delete"))


# -- what is sent --------------------------------------------------------------------------------


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise InputNotFoundError(f"{source} cannot be read: {error.strerror}.") from error


def _object(values: Sequence[str], unset: Sequence[str]) -> bytes:
    """Put members into a JSON object; numbers keep the digits that were typed."""
    said: dict[str, list[str]] = {}
    for each in values:
        name, equals, text = each.partition("=")
        raw = name.endswith(":")
        name = name.removesuffix(":")
        if not equals or not name:
            raise UsageError(f"'{each}' does not say what has which value; write NAME=TEXT.")
        said.setdefault(name, []).append(_json(text, each) if raw else json.dumps(text))
    for name in unset:
        if name in said:
            raise UsageError(f"'{name}' is both set and unset.")
        said[name] = ["null"]
    members = (f"{json.dumps(name)}: {_value(items)}" for name, items in said.items())
    return f"{{{', '.join(members)}}}".encode()


def _value(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"[{', '.join(items)}]"


def _json(text: str, whole: str) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(
            f"'{whole}': what stands behind := is no JSON; NAME=TEXT is for text."
        ) from None
    return text


# -- what is answered ----------------------------------------------------------------------------


def _tell(context: Context, written: Document, verbs: tuple[str, str]) -> int:
    """Tell what came of a write, and return the exit code."""
    done, would = verbs
    accepted = bool(written["accepted"])
    if context.json:
        show_json(written)
        return 0 if accepted else 1
    entity = written["entity"]
    called = f"{entity['class']} “{entity['label']}”"
    commit = written["commit"]
    if commit:
        show_text(f"{done} {called} in commit {commit['number']}.")
    elif not written["removed"] and not written["added"]:
        show_text(f"Nothing to do: {called} is so already.")
    else:
        show_text(f"{would} {called}:")
        tell_difference(written)
    for note in written["notes"]:
        say(note)
    _tell_remarks(written)
    return 0 if accepted else 1


def _tell_remarks(written: Document) -> None:
    """Tell what the shapes say about the entity that was written."""
    own = written["entity"]["iri"]
    remarks = [
        each
        for each in written["report"]["results"]
        if each["severity"] == "violation" or each["focus_node"] == own
    ]
    for each in remarks[:_REMARKS]:
        say(f"{each['severity'].capitalize()}: {each['focus_label']}: {each['message']}")
    if len(remarks) > _REMARKS:
        say(f"… and {len(remarks) - _REMARKS} more; see --json.")


COMMANDS = (create, edit, delete)
