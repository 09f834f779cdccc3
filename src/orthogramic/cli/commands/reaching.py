"""Commands that walk the graph: what depends on what, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click

from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import (
    bound_note,
    paging_note,
    say,
    show_json,
    show_table,
    show_text,
)

#: Hits with their ranks.
Ranked = Sequence[tuple[int, Mapping[str, Any]]]

GRAPH = click.option(
    "--graph",
    multiple=True,
    metavar="IRI",
    help="Follow only links that this named graph asserts; may be repeated.",
)


def _question(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that narrow a question."""
    for option in (
        click.option("--offset", default=0, show_default=True, help="Skip so many hits."),
        click.option("--limit", default=100, show_default=True, help="Show at most so many hits."),
        click.option(
            "--paths", default=1, show_default=True, help="Explain each hit by its k best paths."
        ),
        click.option(
            "--group-by",
            type=click.Choice(("class", "domain")),
            help="Show hits group by group, the one with the best score first.",
        ),
        GRAPH,
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
        click.option(
            "--domain",
            multiple=True,
            metavar="NAME",
            help="Only hits of classes of this domain, by label or IRI; may be repeated.",
        ),
        click.option(
            "--from-class",
            "source_class",
            multiple=True,
            metavar="CLASS",
            help="Ask from all instances of this class and its subclasses; may be repeated.",
        ),
        click.argument("source", nargs=-1),
    ):
        command = option(command)
    return command


@click.command(short_help="Tell who is affected if something changes, and why.")
@_question
@store_options
def impact(context: Context, **question: Any) -> None:
    """Tell who is affected if SOURCE changes, how strongly, and why.

    SOURCE is a title, Class/key, CURIE or IRI; several sources are asked about together.
    --from-class asks about all instances of a class.
    """
    _ask(context, "impact", question)


@click.command(short_help="Tell what something depends on, and why.")
@_question
@store_options
def dependencies(context: Context, **question: Any) -> None:
    """Tell what SOURCE depends on, how strongly, and why.

    SOURCE is a title, Class/key, CURIE or IRI; several sources are asked about together.
    --from-class asks about all instances of a class.
    """
    _ask(context, "dependencies", question)


def _ask(context: Context, direction: str, question: Mapping[str, Any]) -> None:
    with context.backend() as backend:
        answer = backend.ask(direction, question)
    if context.json:
        show_json(answer)
        return
    _show_hits(answer, question["group_by"])
    bound_note(answer["bound"])


def _show_hits(answer: Mapping[str, Any], group_by: str | None) -> None:
    hits: Sequence[Mapping[str, Any]] = answer["hits"]
    if not hits:
        say("Nothing is reached.")
        return
    ranked = list(enumerate(hits, answer["offset"] + 1))
    if group_by:
        for group, members in _grouped(answer, group_by, ranked):
            show_text(_counted(group))
            _show_rows(members)
    else:
        _show_rows(ranked)
        say(_by_class(answer["groups"]["classes"], answer["total"]))
    paging_note(answer, len(hits))


def _grouped(
    answer: Mapping[str, Any], group_by: str, ranked: Ranked
) -> Iterator[tuple[Mapping[str, Any], Ranked]]:
    """Divide hits that come group by group: a group ends where its count is used up."""
    end = 0
    for group in answer["groups"]["domains" if group_by == "domain" else "classes"]:
        begin, end = end, end + group["hits"]
        members = [each for each in ranked if begin < each[0] <= end]
        if members:
            yield group, members


def _counted(group: Mapping[str, Any]) -> str:
    hits = "1 hit" if group["hits"] == 1 else f"{group['hits']} hits"
    return f"{group['label'] or 'of no class'}: {hits}, {group['certain']} certain"


def _by_class(groups: Sequence[Mapping[str, Any]], total: int) -> str:
    """Count all hits in one line, the greatest class first."""
    greatest = sorted(groups, key=lambda each: (-each["hits"], each["label"]))
    counts = ", ".join(f"{each['label'] or 'of no class'} {each['hits']}" for each in greatest)
    return f"{total} in all: {counts}."


def _show_rows(ranked: Ranked) -> None:
    rows = []
    for rank, hit in ranked:
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
@GRAPH
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


COMMANDS = (dependencies, impact, paths)
