"""The command that lists what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import paging_note, say, show_json, show_table
from orthogramic.metamodel import Severity

#: What gaps are counted by, and how many lines of each are told.
_COUNTED_BY = ("class", "domain", "shape", "relationship")
_MOST_GROUPS = 8


@click.command(short_help="List the links that are missing, the heaviest first.")
@click.option(
    "--class", multiple=True, metavar="CLASS", help="Only gaps of entities of this class."
)
@click.option("--domain", multiple=True, metavar="DOMAIN", help="Only of classes of this domain.")
@click.option(
    "--graph", multiple=True, metavar="IRI", help="Only of entities that this source describes."
)
@click.option(
    "--via", multiple=True, metavar="RELATIONSHIP", help="Only missing links of this relationship."
)
@click.option(
    "--severity",
    multiple=True,
    type=click.Choice([each.value for each in Severity]),
    help="Only what shapes of this severity expect; by default violations and warnings.",
)
@click.option(
    "--cutting", is_flag=True, help="Only gaps at which answers of impact or dependencies end."
)
@click.option("--profile", metavar="NAME", help=PROFILE)
@click.option("--by", type=click.Choice(_COUNTED_BY), help="Count the gaps by this, and no list.")
@page_options(50)
@store_options
def gaps(context: Context, by: str | None, **question: Any) -> None:
    """List the links that the shapes expect and nobody has stated.

    A gap at which answers end comes first: its weight adds up how strongly everything whose answer
    would have gone on there depends on it, or affects it.
    """
    with context.backend() as backend:
        answer = backend.gaps(question)
    if context.json:
        show_json(answer)
        return
    if by is not None:
        _show_coverage(answer, by, None)
        return
    if not answer["items"]:
        say("Nothing is missing." if not answer["total"] else "There are no more gaps.")
        return
    _show_coverage(answer, "class", _MOST_GROUPS)
    _show_gaps(answer)
    paging_note(answer, len(answer["items"]))
    for note in answer["notes"]:
        say(note)


def _show_gaps(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            f"{each['weight']:.2f}" if each["cuts"] else "",
            str(each["answers"]) if each["cuts"] else "",
            " and ".join(cut["direction"] for cut in each["cuts"]),
            each["severity"],
            each["entity"]["class"],
            each["sentence"],
            each["mend"],
        )
        for each in answer["items"]
    ]
    columns = ("weight", "answers", "of", "severity", "class", "what is missing", "mend")
    show_table(columns, rows, right=(0, 1))


def _show_coverage(answer: Mapping[str, Any], by: str, most: int | None) -> None:
    found = [each for each in answer["coverage"][by] if most is None or each["missing"]][:most]
    rows = [
        (
            each["label"] or each["iri"],
            str(each["missing"]),
            str(each["expected"]),
            f"{100 * each['coverage']:.1f} %",
        )
        for each in found
    ]
    show_table((by, "missing", "expected", "covered"), rows, right=(1, 2, 3))


COMMANDS = (gaps,)
