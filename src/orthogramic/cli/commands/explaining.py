"""The command that says why something is not reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.commands.reaching import GRAPH
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import bound_note, say, show_json, show_table, show_text


@click.command("why-not", short_help="Tell why one thing does not depend on another.")
@click.argument("source")
@click.argument("target")
@click.option(
    "--direction",
    type=click.Choice(("dependencies", "impact")),
    default="dependencies",
    show_default=True,
    help="Why SOURCE does not need TARGET, or does not affect it.",
)
@click.option("--profile", metavar="NAME", help=PROFILE)
@click.option(
    "--via",
    multiple=True,
    metavar="RELATIONSHIP",
    help="Follow only this relationship; may be repeated.",
)
@GRAPH
@click.option("--max-hops", type=int, metavar="N", help="Only paths of at most N steps.")
@click.option(
    "--min-score",
    type=float,
    metavar="SCORE",
    help="Only a score (0 to 1) of this or more counts as reached.",
)
@click.option(
    "--proposals",
    type=click.IntRange(1, 20),
    default=5,
    show_default=True,
    help="Offer at most so many sets of links.",
)
@click.option("--turtle", is_flag=True, help="Print the first proposal as Turtle, and no more.")
@store_options
def why_not(context: Context, turtle: bool, **question: Any) -> None:
    """Tell why SOURCE does not depend on TARGET, or does not affect it.

    Then the smallest sets of links are offered that shapes expect, that nobody has recorded, and
    that would connect the two; a direct link comes last.
    """
    with context.backend() as backend:
        answer = backend.why_not(question)
    if context.json:
        show_json(answer)
        return
    if turtle:
        for proposal in answer["proposals"][:1]:
            show_text(proposal["patch"]["turtle"].rstrip("\n"))
        if not answer["proposals"]:
            say("There is no proposal.")
        return
    show_text(answer["sentence"])
    if answer["reached"]:
        return
    for cause in answer["causes"][1:]:
        show_text(cause["sentence"])
    _show_frontier(answer)
    _show_proposals(answer)
    show_text(f"\n{answer['direct']['sentence']}")
    if not answer["search"]["complete"]:
        say(f"There are more sets of at most {answer['search']['most_links']} links.")
    bound_note(answer["bound"])


def _show_frontier(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            each["entity"]["label"],
            each["entity"]["class"],
            f"{each['score']:.3f}",
            str(each["hops"]),
            str(each["missing"]),
            each["sentence"],
        )
        for each in answer["frontier"]
    ]
    if rows:
        columns = ("where it stops", "class", "score", "hops", "links missing", "because")
        show_table(columns, rows, right=(2, 3, 4))


def _show_proposals(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            str(rank),
            str(each["size"]),
            f"{each['score']:.3f}",
            "\n".join(link["sentence"] for link in each["links"]),
            "\n".join(_new(entity) for entity in each["new_entities"]),
            each["path"]["sentence"],
        )
        for rank, each in enumerate(answer["proposals"], 1)
    ]
    if rows:
        columns = ("#", "links", "score", "record that", "new", "and then")
        show_table(columns, rows, right=(0, 1, 2))


def _new(entity: Mapping[str, Any]) -> str:
    needs = ", ".join(entity["required"])
    return f"{entity['label']}, which needs {needs}" if needs else str(entity["label"])


COMMANDS = (why_not,)
