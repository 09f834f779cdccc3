"""The command that puts entities in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import (
    bound_note,
    paging_note,
    say,
    show_json,
    show_table,
    show_text,
)
from orthogramic.errors import UsageError

_MOST_NAMED = 10


@click.command(short_help="Order entities as a ranking of the bundle says; list the rankings.")
@click.argument("name", required=False)
@click.option(
    "--entity",
    multiple=True,
    metavar="NAME",
    help="Rank only this entity, or those of a saved set (query:NAME); may be repeated.",
)
@click.option(
    "--dependent",
    multiple=True,
    metavar="NAME",
    help="Count only this one, or what stands for it, or a saved set; may be repeated.",
)
@click.option(
    "--dependent-class",
    multiple=True,
    metavar="CLASS",
    help="Count only dependents of this class; may be repeated.",
)
@click.option("--unit", metavar="UNIT", help="Add up only worth that is counted in this.")
@click.option("--profile", metavar="NAME", help=PROFILE)
@click.option(
    "--via",
    multiple=True,
    metavar="RELATIONSHIP",
    help="Depend only over this relationship; may be repeated.",
)
@click.option("--max-hops", type=int, metavar="N", help="Depend over at most N steps.")
@click.option("--min-score", type=float, metavar="SCORE", help="Leave out weaker dependence.")
@click.option("--terms", default=10, show_default=True, help="Tell so many terms of each row.")
@click.option("--explain", is_flag=True, help="Tell every term on a line of its own.")
@page_options(20)
@store_options
def ranking(context: Context, name: str | None, explain: bool, **question: Any) -> None:
    """Order entities as the ranking NAME says, with the arithmetic; without NAME, list rankings.

    What an entity comes to itself is multiplied by what depends on it: to what degree each does,
    times what it is worth, added up. What is not known is named, and adds nothing.
    """
    if name is None:
        _list_rankings(context)
        return
    if not name.strip():
        raise UsageError("Name a ranking, or leave the name out to list them.")
    with context.backend() as backend:
        answer = backend.ranking(name, question)
    if context.json:
        show_json(answer)
        return
    _show_rows(answer)
    if explain:
        for row in answer["items"]:
            _show_terms(row)
    paging_note(answer, len(answer["items"]))
    for note in answer["notes"]:
        say(note)
    _name("No place", answer["unranked"], answer["total_unranked"])
    _name("Adds nothing", answer["missing"], answer["total_missing"])
    bound_note(answer["bound"])


def _list_rankings(context: Context) -> None:
    with context.backend() as backend:
        document = backend.rankings()
    if context.json:
        show_json(document)
        return
    rows = [(each["name"], each["label"], each["description"]) for each in document["items"]]
    if rows:
        show_table(("ranking", "label", "meaning"), rows)
    else:
        say("The bundle has no rankings.")


def _show_rows(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            str(each["rank"]),
            figure(each["result"]),
            figure(each["own"]["value"]) if each["own"] else "",
            figure(each["weight"]),
            each["entity"]["label"],
            each["entity"]["class"],
            each["sentence"],
        )
        for each in answer["items"]
    ]
    if not rows:
        say("Nothing is ranked.")
        return
    result = f"result ({answer['unit']})" if answer["unit"] else "result"
    columns = ("#", result, "own", "weight", "entity", "class", "arithmetic")
    show_table(columns, rows, right=(0, 1, 2, 3))


def _show_terms(row: Mapping[str, Any]) -> None:
    own = f": {row['own']['sentence']}" if row["own"] else ""
    show_text(f"\n{row['rank']}. {row['entity']['label']}{own}")
    rows = [
        (
            f"{each['share']:g}",
            each["worth"]["sentence"] if each["worth"] else "1",
            figure(each["amount"]) if each["amount"] is not None else each["why"],
            each["holder"]["label"],
            each["through"]["label"] if each["through"] != each["holder"] else "",
        )
        for each in row["terms"]
    ]
    if rows:
        show_table(("share", "worth", "amount", "of", "through"), rows, right=(0,))
    if row["left_out"]:
        show_text(f"{figure(row['left_out'])} more of terms that are not told.")


def _name(what: str, things: Sequence[Mapping[str, Any]], total: int) -> None:
    for each in things[:_MOST_NAMED]:
        say(f"{what}: {each['entity']['label']} ({each['why']})")
    if total > len(things[:_MOST_NAMED]):
        say(f"{what}: {total - len(things[:_MOST_NAMED])} more.")


def figure(value: float) -> str:
    """Write a number for a table: whole as it is, else to three decimals."""
    return f"{value:,}" if value == int(value) else f"{value:,.3f}"


COMMANDS = (ranking,)
