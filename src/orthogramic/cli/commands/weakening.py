"""The commands that find weak spots: single points of failure, least cuts, what is central."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import bound_note, paging_note, say, show_json, show_table

Show = Callable[[Mapping[str, Any]], None]
_END = "a title, Class/key, CURIE or IRI; class:NAME; or query:NAME; may be repeated."

_direction = click.option(
    "--direction",
    type=click.Choice(("dependencies", "impact")),
    default="dependencies",
    show_default=True,
    help="Which way paths are walked.",
)


def _scope(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what every question about weak spots may say."""
    for option in (
        page_options(50),
        click.option("--profile", metavar="NAME", help=PROFILE),
        click.option(
            "--class",
            "classes",
            multiple=True,
            metavar="CLASS",
            help="Look only for entities of this class or a subclass; may be repeated.",
        ),
        click.option("--certain", is_flag=True, help="Leave out steps that are only possible."),
        click.option(
            "--via",
            multiple=True,
            metavar="RELATIONSHIP",
            help="Follow only this relationship; may be repeated.",
        ),
    ):
        command = option(command)
    return store_options(command)


def _ends(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the two sets between which it looks."""
    for name, what in (("target", "end"), ("source", "begin")):
        command = click.option(
            f"--{name}",
            multiple=True,
            required=True,
            metavar="NAME",
            help=f"Where paths {what}: {_END}",
        )(command)
    return command


@click.group("weak-spots", short_help="Find single points of failure, least cuts, central things.")
@store_options
def weak_spots(context: Context) -> None:
    """Find where the graph is thin, under an impact profile.

    Each answer names its method, says how exact it is, and ends with its bound and its receipt.
    """
    click.get_current_context().obj = context


@weak_spots.command(short_help="Name what every path between two sets passes.")
@_ends
@_direction
@click.option("--target-offset", default=0, show_default=True, help="Skip so many targets.")
@click.option(
    "--target-limit", default=100, show_default=True, help="Tell of at most so many targets."
)
@_scope
def dominators(context: Context, **question: Any) -> None:
    """Name the single points that every path from the sources to a target passes.

    Listed by how many targets and sources hang on them. The targets one by one are in --json.
    """
    _ask(context, "dominators", question, _show_dominators)


@weak_spots.command(short_help="Find the fewest entities that part two sets.")
@_ends
@_direction
@_scope
def cut(context: Context, **question: Any) -> None:
    """Find the fewest entities without which nothing leads from the sources to the targets.

    With --class, only entities of that class are taken out.
    """
    _ask(context, "cut", question, _show_cut)


@weak_spots.command(short_help="Name what holds the graph together.")
@_scope
def articulation(context: Context, **question: Any) -> None:
    """Name the entities without which what hangs together falls apart."""
    _ask(context, "articulation", question, _show_articulation)


@weak_spots.command(short_help="List groups that lead back to themselves.")
@_direction
@_scope
def cycles(context: Context, **question: Any) -> None:
    """List the groups of entities that all lead to each other, each with a cycle."""
    _ask(context, "cycles", question, _show_cycles)


@weak_spots.command(short_help="Rank entities by how central they are.")
@click.option(
    "--measure",
    type=click.Choice(("betweenness", "pagerank")),
    default="betweenness",
    show_default=True,
    help="Which measure of centrality.",
)
@_direction
@click.option(
    "--samples",
    type=int,
    metavar="N",
    help="Estimate betweenness from N pairs; without it, exact where that is not too much work.",
)
@click.option("--seed", default=0, show_default=True, help="Decides which pairs are drawn.")
@click.option(
    "--confidence",
    default=0.95,
    show_default=True,
    help="How surely all bounds of an estimate hold.",
)
@click.option(
    "--damping",
    default=0.85,
    show_default=True,
    help="Of PageRank: how often a walker goes on by a step.",
)
@_scope
def centrality(context: Context, **question: Any) -> None:
    """Rank entities by betweenness or PageRank over all steps of the profile."""
    _ask(context, "centrality", question, _show_centrality)


def _ask(context: Context, kind: str, question: Mapping[str, Any], show: Show) -> None:
    with context.backend() as backend:
        answer = backend.weak_spots(kind, question)
    if context.json:
        show_json(answer)
        return
    show(answer)
    for note in answer["notes"]:
        say(note)
    if answer["items"]:
        paging_note(answer, len(answer["items"]))
    exactness = "exact" if answer["method"]["exact"] else "an estimate"
    say(f"Method: {answer['method']['name']}; {exactness}. After {answer['method']['source']}.")
    bound_note(answer["bound"])


def _show_dominators(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            each["entity"]["label"],
            each["entity"]["class"],
            str(each["targets"]["total"]),
            str(each["sources"]["total"]),
            "yes" if each["whole"] else "",
            _sentence(each),
        )
        for each in answer["items"]
    ]
    columns = ("every path passes", "class", "targets lost", "sources lost", "all", "for instance")
    _table(columns, rows, (2, 3), "There is no single point.")
    sources, targets = answer["sources"], answer["targets"]
    say(
        f"{sources['connected']} of {sources['total']} sources lead to {targets['connected']} of "
        f"{targets['total']} targets."
    )


def _show_cut(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            each["entity"]["label"],
            each["entity"]["class"],
            str(each["entering"]["total"]),
            str(each["leaving"]["total"]),
            _sentence(each),
        )
        for each in answer["items"]
    ]
    columns = ("taken out", "class", "links in", "links out", "for instance")
    if answer["size"] is not None:
        _table(columns, rows, (2, 3), "Nothing is to be taken out.")
        say(f"Size of the cut: {answer['size']}.")
    if answer["around"]:
        say(f"A way round: {answer['around']['sentence']}.")


def _show_articulation(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            each["entity"]["label"],
            each["entity"]["class"],
            str(each["pieces"]),
            str(each["separated"]),
        )
        for each in answer["items"]
    ]
    columns = ("without it", "class", "pieces", "separated")
    _table(columns, rows, (2, 3), "Nothing falls apart without a single entity.")


def _show_cycles(answer: Mapping[str, Any]) -> None:
    rows = [
        (
            str(each["members"]["total"]),
            ", ".join(member["label"] for member in each["members"]["items"]),
            "both ways" if each["mutual"] else "",
            each["cycle"]["sentence"],
        )
        for each in answer["items"]
    ]
    columns = ("entities", "the first of them", "one link", "a cycle")
    _table(columns, rows, (0,), "Nothing leads back to itself.")


def _show_centrality(answer: Mapping[str, Any]) -> None:
    exact = answer["method"]["exact"]
    rows = [
        (
            str(rank),
            each["entity"]["label"],
            each["entity"]["class"],
            f"{each['value']:.6f}",
            *(() if exact else (f"{each['low']:.6f} to {each['high']:.6f}",)),
        )
        for rank, each in enumerate(answer["items"], answer["offset"] + 1)
    ]
    columns = ("#", "entity", "class", answer["measure"], *(() if exact else ("bounds",)))
    _table(columns, rows, (0, 3), "There is nothing of that kind.")


def _table(
    columns: tuple[str, ...], rows: Sequence[Sequence[str]], right: tuple[int, ...], nothing: str
) -> None:
    if rows:
        show_table(columns, rows, right=right)
    else:
        say(nothing)


def _sentence(item: Mapping[str, Any]) -> str:
    return str(item["path"]["sentence"]) if item["path"] else ""


COMMANDS = (weak_spots,)
