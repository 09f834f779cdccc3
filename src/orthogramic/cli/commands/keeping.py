"""The command that takes data out: export."""

from __future__ import annotations

from pathlib import Path

import click

from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import say
from orthogramic.cli.results import deliver, output_option
from orthogramic.exchange.exported import Exported
from orthogramic.exchange.formats import formats
from orthogramic.syntax import RdfSyntax

_FORMATS = click.Choice([each.name for each in formats() if each.write is not None])


@click.command(short_help="Export everything, a graph or an entity.")
@click.option(
    "--format",
    "syntax",
    type=_FORMATS,
    default=RdfSyntax.TURTLE.key,
    show_default=True,
    help="The format; TriG, N-Quads and JSON-LD keep graphs apart, archimate is for EA tools.",
)
@click.option("--graph", metavar="IRI", help="Only this graph.")
@click.option("--entity", metavar="NAME", help="Only this entity with its surroundings.")
@output_option
@store_options
def export(
    context: Context, syntax: str, graph: str | None, entity: str | None, output: Path | None
) -> None:
    """Export everything, one graph, or one entity with its surroundings.

    What the format cannot say as wished is counted on standard error.
    """
    with context.backend() as backend:
        chunks = backend.export(syntax, graph, entity)
        deliver(chunks, output)
        _say_summary(chunks)


def _say_summary(exported: Exported) -> None:
    if exported.summary:
        say(exported.summary)


COMMANDS = (export,)
