"""Commands that keep knowledge in order: load and export."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import ProgressBar, say, show_json
from orthogramic.cli.results import deliver, output_option
from orthogramic.errors import StoreInUseError, UsageError
from orthogramic.exchange.exported import Exported
from orthogramic.exchange.formats import formats
from orthogramic.facade import Repository
from orthogramic.opening import store_path
from orthogramic.repository.commit_log import CommitRecord
from orthogramic.repository.directory import announced_service
from orthogramic.syntax import RdfSyntax

_SYNTAXES = click.Choice([each.key for each in RdfSyntax])
_FORMATS = click.Choice([each.name for each in formats() if each.write is not None])


@click.command(short_help="Load RDF files or dataset folders in one commit.")
@click.argument("inputs", nargs=-1, metavar="[FILE|FOLDER|-]...")
@click.option("--reference", is_flag=True, help="Load the reference data that ships along.")
@click.option("--graph", metavar="IRI", help="Put triples that name no graph into this one.")
@click.option(
    "--format", "syntax", type=_SYNTAXES, help="The RDF syntax, where no file name tells it."
)
@click.option("--author", help="Who makes the change; the user of the system by default.")
@click.option("--message", "-m", help="Why the change is made.")
@click.option("--no-gate", is_flag=True, help="Do not validate; for large data known to be sound.")
@store_options
def load(
    context: Context,
    *,
    inputs: tuple[str, ...],
    reference: bool,
    graph: str | None,
    syntax: str | None,
    author: str | None,
    message: str | None,
    no_gate: bool,
) -> None:
    """Load RDF files, dataset folders, or standard input (-), in one commit.

    Data that violates the shapes is refused as a whole, and the store is as it was.
    """
    if bool(inputs) == reference:
        raise UsageError("Say what to load: files or folders, or --reference.")
    _refuse_held(context)
    with context.repository(create=True) as repository, closing(ProgressBar()) as progress:
        if reference:
            record = repository.load_reference(progress, author=author, message=message)
        elif inputs == ("-",):
            if syntax is None:
                raise UsageError("Say --format: standard input has no name that tells its syntax.")
            record = repository.load_bytes(
                sys.stdin.buffer.read(),
                syntax=syntax,
                source="standard input",
                graph=graph,
                author=author,
                message=message,
                gate=not no_gate,
                progress=progress,
            )
        else:
            record = repository.load(
                inputs,
                graph=graph,
                syntax=syntax,
                author=author,
                message=message,
                gate=not no_gate,
                progress=progress,
            )
    _report(context, record, repository)


def _refuse_held(context: Context) -> None:
    """Loading needs the store itself, which a running service keeps to itself."""
    path = store_path(context.store)
    url = announced_service(path)
    if url:
        raise StoreInUseError(
            f"The store {path} is held by the service at {url}; stop it to load.", service=url
        )


def _report(context: Context, record: CommitRecord | None, repository: Repository) -> None:
    if context.json:
        show_json(record.to_dict() if record else None)
    elif record is None:
        say("Everything was there already; nothing was changed.")
    else:
        say(f"Commit {record.number}: {record.added} triples added to {repository.location}.")


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


COMMANDS = (load, export)
