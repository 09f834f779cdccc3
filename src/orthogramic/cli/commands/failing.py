"""The command that lets entities fail: what is lost, what is degraded, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import bound_note, paging_note, say, show_json, show_table

#: Classes that are told of one by one.
_MOST_CLASSES = 12


@click.command(short_help="Tell what is lost and what is degraded if something fails, and why.")
@click.argument("remove", nargs=-1, metavar="[NAME]...")
@click.option(
    "--degrade",
    multiple=True,
    metavar="NAME",
    help="This one is not gone, but works less well; may be repeated.",
)
@click.option(
    "--to",
    multiple=True,
    metavar="CLASS",
    help="Only dependents of this class or a subclass; may be repeated.",
)
@click.option(
    "--domain", multiple=True, metavar="DOMAIN", help="Only dependents of this domain's classes."
)
@click.option(
    "--state",
    type=click.Choice(("lost", "degraded", "untouched")),
    help="Only what is in this state; by default what is lost or degraded.",
)
@click.option("--certain", is_flag=True, help="Leave out what may be degraded, or be spared.")
@click.option("--profile", metavar="NAME", help=PROFILE)
@click.option("--limit", default=100, show_default=True, help="Show at most so many dependents.")
@click.option("--offset", default=0, show_default=True, help="Skip so many dependents.")
@store_options
def failure(context: Context, **question: Any) -> None:
    """Tell what is lost and what is degraded if NAME is removed, and why.

    NAME is a title, Class/key, CURIE or IRI; several fail together. Something is lost if too few
    of its supports are left, as the impact profile has it; degraded if some are gone, or work less
    well; otherwise untouched.
    """
    with context.backend() as backend:
        answer = backend.failure(question)
    if context.json:
        show_json(answer)
        return
    _show_hits(answer)
    _tell_counts(answer)
    bound_note(answer["bound"])


def _show_hits(answer: Mapping[str, Any]) -> None:
    hits = answer["hits"]
    if not hits:
        say("There is nothing of that kind.")
        return
    rows = [
        (
            str(rank),
            "perhaps degraded" if hit["modality"] == "possible" else hit["state"],
            "" if hit["score"] is None else f"{hit['score']:.3f}",
            hit["entity"]["label"],
            hit["entity"]["class"],
            hit["sentence"],
        )
        for rank, hit in enumerate(hits, answer["offset"] + 1)
    ]
    columns = ("#", "state", "score", "entity", "class", "because")
    show_table(columns, rows, right=(0, 2))
    paging_note(answer, len(hits))


def _tell_counts(answer: Mapping[str, Any]) -> None:
    counts = answer["counts"]
    say(
        f"{_states(counts)}. Whoever looks at what is reached and at no support groups would "
        f"colour {counts['reached']}."
    )
    touched = [each for each in answer["by_class"] if each["reached"]]
    for each in touched[:_MOST_CLASSES]:
        say(f"  {each['class']}: {_states(each)}")
    if len(touched) > _MOST_CLASSES:
        say(f"  and {len(touched) - _MOST_CLASSES} more classes")
    circles = answer["circles"]["total"]
    if circles:
        what = "1 circle is" if circles == 1 else f"{circles} circles are"
        say(f"{what} held up by nothing outside any more.")


def _states(counts: Mapping[str, int]) -> str:
    sure = counts["degraded"] - counts["possible"]
    return (
        f"{counts['lost']} lost, {sure} degraded, {counts['possible']} perhaps degraded, "
        f"{counts['untouched']} untouched"
    )


COMMANDS = (failure,)
