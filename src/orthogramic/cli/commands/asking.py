"""Commands that ask: impact, dependencies, paths, saved queries and SPARQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import (
    bound_note,
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


def _question(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that narrow a question."""
    for option in (
        click.option("--offset", default=0, show_default=True, help="Skip so many hits."),
        click.option("--limit", default=100, show_default=True, help="Show at most so many hits."),
        click.option(
            "--paths", default=1, show_default=True, help="Explain each hit by its k best paths."
        ),
        click.option(
            "--via",
            multiple=True,
            metavar="RELATIONSHIP",
            help="Follow only this relationship; may be repeated.",
        ),
        click.option("--profile", metavar="NAME", help=PROFILE),
        click.option(
            "--min-score",
            type=float,
            metavar="SCORE",
            help="Only hits of this score (0 to 1) or more.",
        ),
        click.option("--max-hops", type=int, metavar="N", help="Only paths of at most N steps."),
        click.option(
            "--to",
            multiple=True,
            metavar="CLASS",
            help="Only hits of this class or a subclass; may be repeated.",
        ),
        click.argument("source", nargs=-1, required=True),
    ):
        command = option(command)
    return command


@click.command(short_help="Tell who is affected if something changes, and why.")
@_question
@store_options
def impact(context: Context, **question: Any) -> None:
    """Tell who is affected if SOURCE changes, how strongly, and why.

    SOURCE is a title, Class/key, CURIE or IRI; several sources are asked about together.
    """
    _ask(context, "impact", question)


@click.command(short_help="Tell what something depends on, and why.")
@_question
@store_options
def dependencies(context: Context, **question: Any) -> None:
    """Tell what SOURCE depends on, how strongly, and why.

    SOURCE is a title, Class/key, CURIE or IRI; several sources are asked about together.
    """
    _ask(context, "dependencies", question)


def _ask(context: Context, direction: str, question: Mapping[str, Any]) -> None:
    with context.backend() as backend:
        answer = backend.ask(direction, question)
    if context.json:
        show_json(answer)
        return
    _show_hits(answer)
    bound_note(answer["bound"])


def _show_hits(answer: Mapping[str, Any]) -> None:
    hits: Sequence[Mapping[str, Any]] = answer["hits"]
    if not hits:
        say("Nothing is reached.")
        return
    rows = []
    for rank, hit in enumerate(hits, answer["offset"] + 1):
        sentences = [path["sentence"] for path in hit["paths"]]
        rows.append(
            (
                str(rank),
                f"{hit['score']:.3f}",
                hit["modality"],
                str(hit["hops"]),
                hit["entity"]["label"],
                hit["entity"]["class"],
                "\n".join(sentences),
            )
        )
    columns = ("#", "score", "modality", "hops", "entity", "class", "because")
    show_table(columns, rows, right=(0, 1, 3))
    paging_note(answer, len(hits))


@click.command(short_help="Tell in which ways one thing depends on another.")
@click.argument("source")
@click.argument("target")
@click.option(
    "--direction",
    type=click.Choice(("dependencies", "impact")),
    default="dependencies",
    show_default=True,
    help="Ways in which SOURCE needs TARGET, or affects it.",
)
@click.option("--paths", "-k", default=3, show_default=True, help="Show the k best paths.")
@click.option("--profile", metavar="NAME", help=PROFILE)
@click.option(
    "--via",
    multiple=True,
    metavar="RELATIONSHIP",
    help="Follow only this relationship; may be repeated.",
)
@click.option("--max-hops", type=int, metavar="N", help="Only paths of at most N steps.")
@store_options
def paths(context: Context, **question: Any) -> None:
    """Tell in which ways SOURCE depends on TARGET, or affects it."""
    with context.backend() as backend:
        answer = backend.paths(question)
    if context.json:
        show_json(answer)
        return
    _show_paths(answer["paths"])
    bound_note(answer["bound"])


def _show_paths(found: Sequence[Mapping[str, Any]]) -> None:
    if not found:
        say("No path leads there.")
        return
    rows = [
        (
            str(rank),
            f"{each['score']:.3f}",
            each["modality"],
            str(len(each["steps"])),
            each["sentence"],
        )
        for rank, each in enumerate(found, 1)
    ]
    show_table(("#", "score", "modality", "steps", "path"), rows, right=(0, 1, 3))


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


COMMANDS = (dependencies, impact, paths, query, search)
