"""The command that shows what the shapes say of everything that is kept."""

from __future__ import annotations

from typing import Any

import click

from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import paging_note, show_json, show_table
from orthogramic.metamodel import Severity


@click.command(short_help="List what the shapes say of the data that is kept.")
@click.option(
    "--severity", type=click.Choice([each.value for each in Severity]), help="Only these results."
)
@click.option("--entity", metavar="NAME", help="Only results about this entity and its parts.")
@page_options(50)
@store_options
def results(
    context: Context, severity: str | None, entity: str | None, limit: int, offset: int
) -> None:
    """List the validation results that stand, gravest first.

    Every commit keeps them up to date, so nothing is judged now. Warnings and infos are gaps;
    violations come from loads without the gate.
    """
    question: dict[str, Any] = {"limit": limit, "offset": offset}
    if severity:
        question["severity"] = severity
    if entity:
        question["entity"] = entity
    with context.backend() as backend:
        document = backend.results(question)
    if context.json:
        show_json(document)
        return
    counts = ", ".join(f"{count} {name}" for name, count in document["counts"].items())
    click.echo(f"after commit {document['snapshot']}: {counts}")
    rows = [(each["severity"], each["focus_label"], each["message"]) for each in document["items"]]
    show_table(("severity", "about", "message"), rows)
    paging_note(document, len(rows))


COMMANDS = (results,)
