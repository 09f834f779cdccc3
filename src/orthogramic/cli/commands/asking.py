"""Commands that ask: saved queries, SPARQL, and words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import (
    paging_note,
    say,
    show_bytes,
    show_json,
    show_table,
)
from orthogramic.cli.results import deliver, output_option
from orthogramic.errors import InputNotFoundError, UsageError
from orthogramic.syntax import RdfSyntax, ResultFormat

_FORMATS = ("table", *(each.key for each in ResultFormat))
PROFILE = "Judge by this impact profile; by default the one that the bundle names."


@click.command(short_help="Ask a saved query or SPARQL; list the saved queries.")
@click.argument("name", required=False)
@click.option(
    "--param",
    "-p",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the saved query; may be repeated.",
)
@click.option("--text", metavar="SPARQL", help="Ask this SPARQL query.")
@click.option("--file", type=click.Path(path_type=Path), help="Ask the SPARQL query in a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    help="How to print rows; a graph is always Turtle.",
)
@output_option
@store_options
def query(
    context: Context,
    *,
    name: str | None,
    pairs: tuple[str, ...],
    text: str | None,
    file: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Ask a saved query by NAME, or SPARQL by --text or --file; without these, list queries."""
    chosen = "json" if context.json else form
    asked = [each for each in (name, text, file) if each is not None]
    if len(asked) > 1:
        raise UsageError("Give one of NAME, --text and --file.")
    if not asked:
        _list_queries(context)
    elif name is not None:
        _ask_saved(context, name, _values(pairs), chosen, output)
    else:
        _ask_text(context, text if text is not None else _read(file), chosen, output)


def _values(pairs: Sequence[str]) -> dict[str, str]:
    values = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"A parameter is written NAME=VALUE, not {pair!r}.")
        values[key] = value
    return values


def _read(file: Path | None) -> str:
    assert file is not None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputNotFoundError(f"{file} cannot be read as text.") from error


def _list_queries(context: Context) -> None:
    with context.backend() as backend:
        document = backend.queries()
    if context.json:
        show_json(document)
        return
    rows = [
        (
            each["name"],
            each["summary"],
            " ".join(p["name"] if p["required"] else f"[{p['name']}]" for p in each["parameters"]),
        )
        for each in document["items"]
    ]
    show_table(("query", "question", "parameters"), rows)


def _ask_saved(
    context: Context, name: str, values: Mapping[str, str], form: str, output: Path | None
) -> None:
    media = ResultFormat.JSON if form == "table" else ResultFormat.of_name(form)
    with context.backend() as backend:
        data = backend.saved_query(name, values, media)
    _show_answer(data, form, output)


def _ask_text(context: Context, text: str, form: str, output: Path | None) -> None:
    media = ResultFormat.JSON if form == "table" else ResultFormat.of_name(form)
    with context.backend() as backend:
        is_graph, data = backend.sparql(text, media, RdfSyntax.TURTLE)
    if is_graph:
        deliver([data], output)
    else:
        _show_answer(data, form, output)


def _show_answer(data: bytes, form: str, output: Path | None) -> None:
    if output is not None and form == "table":
        raise UsageError("A file of rows needs --format json, csv, tsv or xml.")
    if form != "table":
        deliver([data if data.endswith(b"\n") else data + b"\n"], output)
        return
    document = json.loads(data)
    if "boolean" in document:
        show_bytes(b"yes\n" if document["boolean"] else b"no\n")
        return
    columns = _worth_showing(document["head"]["vars"])
    bindings = document["results"]["bindings"]
    rows = [[row.get(name, {}).get("value", "") for name in columns] for row in bindings]
    show_table(columns, rows)
    say("1 row" if len(rows) == 1 else f"{len(rows)} rows")


def _worth_showing(columns: Sequence[str]) -> list[str]:
    """Leave out a column of IRIs that has its labels in another one; --format csv has both."""
    return [each for each in columns if f"{each}Label" not in columns]


@click.command()
@click.argument("text")
@click.option(
    "--class", "class_name", metavar="CLASS", help="Only entities of this class or a subclass."
)
@page_options(20)
@store_options
def search(context: Context, text: str, class_name: str | None, limit: int, offset: int) -> None:
    """Find entities by the words of their title and text."""
    with context.backend() as backend:
        document = backend.search(text, class_name, limit, offset)
    if context.json:
        show_json(document)
        return
    items = document["items"]
    if not items:
        say("Nothing is found.")
        return
    rows = [(each["label"], f"{each['class']}/{each['key']}", each["snippet"]) for each in items]
    show_table(("entity", "name", "text"), rows)
    paging_note(document, len(items))


COMMANDS = (query, search)
