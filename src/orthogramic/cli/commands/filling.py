"""The command that fills a matrix: how each of some things needs or affects each of others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.matrix_tables import show_matrix
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import bound_note, show_json
from orthogramic.cli.results import deliver, output_option
from orthogramic.errors import UsageError

_FORMATS = ("table", "json", "csv", "svg")
#: Formats that say how many rows and columns there are; the others would be cut without a word.
_WITH_TOTALS = ("table", "json")
#: Rows and columns of a page, and those of the whole, where nothing else is asked for.
_PAGE, _WHOLE = 100, 10_000
_DEFAULT_PAGE = "100 without a number, all in a CSV or SVG"


def _sides(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what stands on the two sides."""
    for option in (
        click.option(
            "--column-level", type=int, metavar="N", help="As --row-level, for the columns."
        ),
        click.option(
            "--column-parents",
            multiple=True,
            metavar="RELATIONSHIP",
            help="As --row-parents, for the columns.",
        ),
        click.option(
            "--row-level",
            type=int,
            metavar="N",
            help="Gather the rows under their parents of this level, 1 for those on top.",
        ),
        click.option(
            "--row-parents",
            multiple=True,
            metavar="RELATIONSHIP",
            help="Gather the rows by this relationship to a parent; by default by all, "
            "if there is a level.",
        ),
        click.option(
            "--column", multiple=True, metavar="NAME", help="Only this column; may be repeated."
        ),
        click.option(
            "--row", multiple=True, metavar="NAME", help="Only this row; may be repeated."
        ),
        click.option("--columns", metavar="CLASS", help="The same as COLUMNS."),
        click.option("--rows", metavar="CLASS", help="The same as ROWS."),
        click.argument("columns_class", required=False, metavar="[COLUMNS]"),
        click.argument("rows_class", required=False, metavar="[ROWS]"),
    ):
        command = option(command)
    return command


def _narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what a cell holds."""
    for option in (
        click.option(
            "--via",
            multiple=True,
            metavar="RELATIONSHIP",
            help="Follow only this relationship; may be repeated.",
        ),
        click.option("--profile", metavar="NAME", help=PROFILE),
        click.option(
            "--min-score", type=float, metavar="SCORE", help="Only cells of this score or more."
        ),
        click.option(
            "--max-hops",
            type=int,
            metavar="N",
            help="Only paths of at most N steps; 4 where paths are counted.",
        ),
        click.option(
            "--cell",
            default="score",
            show_default=True,
            metavar="KIND",
            help="What a cell holds: score of the best path, number of paths, or a measure's name.",
        ),
        click.option(
            "--direction",
            type=click.Choice(("dependencies", "impact")),
            default="dependencies",
            show_default=True,
            help="What each row needs, or what feels a change of it.",
        ),
    ):
        command = option(command)
    return command


def _page(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command which part is wanted, and in which form."""
    for option in (
        output_option,
        click.option(
            "--format",
            "form",
            type=click.Choice(_FORMATS),
            default="table",
            show_default=True,
            help="How to print the matrix.",
        ),
        click.option("--column-offset", default=0, show_default=True, help="Skip so many columns."),
        click.option(
            "--column-limit",
            type=int,
            help=f"At most so many columns; {_DEFAULT_PAGE}.",
        ),
        click.option("--offset", default=0, show_default=True, help="Skip so many rows."),
        click.option("--limit", type=int, help=f"At most so many rows; {_DEFAULT_PAGE}."),
        click.option(
            "--sort",
            type=click.Choice(("label", "total")),
            default="label",
            show_default=True,
            help="By label, or the greatest total first.",
        ),
        click.option(
            "--hide-empty", is_flag=True, help="Leave out rows and columns without a filled cell."
        ),
    ):
        command = option(command)
    return command


@click.command(short_help="Show how each of some things needs or affects each of others.")
@_sides
@_narrowing
@_page
@store_options
def matrix(
    context: Context,
    rows_class: str | None,
    columns_class: str | None,
    form: str,
    output: Path | None,
    **question: Any,
) -> None:
    """Show how much each entity of the class ROWS needs each of the class COLUMNS.

    ROWS and COLUMNS may be saved sets: query:NAME?parameter=value#column stands for the entities
    that a saved query finds. Classes count with their subclasses. Totals are those of the whole
    matrix, whatever part is shown; an empty cell means that no path leads there.
    """
    question["rows"] = _one("ROWS", rows_class, question["rows"])
    question["columns"] = _one("COLUMNS", columns_class, question["columns"])
    chosen = "json" if context.json else form
    if output is not None and chosen == "table":
        raise UsageError("A file needs --format json, csv or svg.")
    for side in ("limit", "column_limit"):
        if question[side] is None:
            question[side] = _PAGE if chosen in _WITH_TOTALS else _WHOLE
    with context.backend() as backend:
        data = backend.matrix(question, "json" if chosen == "table" else chosen)
    if chosen == "table":
        answer = json.loads(data)
        show_matrix(answer)
        bound_note(answer["bound"])
    elif chosen == "json" and output is None:
        show_json(json.loads(data))
    else:
        deliver([data], output)


def _one(what: str, positional: str | None, option: str | None) -> str | None:
    if positional and option:
        raise UsageError(f"Give {what} or --{what.lower()}, not both.")
    return positional or option


COMMANDS = (matrix,)
