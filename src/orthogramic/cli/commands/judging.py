"""The commands that show what the shapes say of everything that is kept, and mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from orthogramic.cli.changes import tell_change
from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import paging_note, say, show_json, show_table, show_text
from orthogramic.errors import UsageError
from orthogramic.metamodel import Severity

#: Of more results than these a reader wants to know first what kinds there are.
_MANY = 20


@click.command(short_help="List what the shapes say of the data that is kept.")
@click.option(
    "--severity", type=click.Choice([each.value for each in Severity]), help="Only these results."
)
@click.option("--entity", metavar="NAME", help="Only results about this entity and its parts.")
@click.option("--class", "class_name", metavar="CLASS", help="Only about entities of this class.")
@page_options(50)
@store_options
def results(context: Context, class_name: str | None, **question: Any) -> None:
    """List the validation results that stand, gravest first.

    Every commit keeps them up to date, so nothing is judged now. Warnings and infos are gaps;
    violations come from loads without the gate. Of many results, what is said of several things
    comes first.
    """
    question = _said({**question, "class": class_name})
    with context.backend() as backend:
        document = backend.results(question)
    if context.json:
        show_json(document)
        return
    counts = ", ".join(_counted(name, count) for name, count in document["counts"].items())
    show_text(f"after commit {document['snapshot']}: {counts}")
    if document["total"] > _MANY:
        _tell_kinds(document["kinds"])
    rows = [(each["severity"], each["focus_label"], each["message"]) for each in document["items"]]
    show_table(("severity", "about", "message"), rows)
    paging_note(document, len(rows))


@click.command(short_help="List or make mends that need no decision.")
@click.argument("identifiers", nargs=-1, metavar="[ID]...")
@click.option(
    "--severity",
    type=click.Choice([each.value for each in Severity]),
    help="Only mends of such results.",
)
@click.option("--entity", metavar="NAME", help="Only mends of this entity and its parts.")
@click.option("--limit", default=100, show_default=True, help="Offer at most so many.")
@click.option("--apply", is_flag=True, help="Make the mends of these IDs, or with --all all.")
@click.option("--all", "everything", is_flag=True, help="Make all mends that are offered.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option("--message", "-m", help="Why the change is made.")
@click.option("--author", help="Who makes the change; the user of the system by default.")
@store_options
def mends(
    context: Context,
    identifiers: tuple[str, ...],
    *,
    severity: str | None,
    entity: str | None,
    limit: int,
    apply: bool,
    everything: bool,
    **options: Any,
) -> int:
    """List mends of the data that is kept, or make those of some IDs in one commit.

    Each mend was tried: it settles a validation result and causes none. Nothing is made unless
    --apply asks for it. A mend that was made already, or whose ground has changed, is left out;
    the exit code is then 1.
    """
    if apply != bool(identifiers or everything) or (identifiers and everything):
        raise UsageError("Say what to make: --apply with the IDs of mends, or --apply --all.")
    if not apply and any(options.values()):
        raise UsageError("--dry-run, --message and --author go with --apply.")
    question = _said({"severity": severity, "entity": entity, "limit": limit})
    with context.backend() as backend:
        if not apply:
            return _tell_mends(context, backend.mends(question))
        if everything:
            identifiers = tuple(each["id"] for each in backend.mends(question)["items"])
            if not identifiers:
                return _tell_mends(context, backend.mends(question))
        written = backend.apply_mends(identifiers, options)
    told = tell_change(context, written, _summary(written))
    return 1 if written["left_out"] else told


def _said(question: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in question.items() if value is not None}


def _counted(name: str, count: int) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _tell_kinds(kinds: Sequence[Mapping[str, Any]]) -> None:
    if kinds:
        show_text("What is said of several things:")
    rows = [(str(each["things"]), each["severity"], each["message"]) for each in kinds]
    if rows:
        show_table(("things", "severity", "message"), rows, right=(0,))


def _tell_mends(context: Context, document: Mapping[str, Any]) -> int:
    if context.json:
        show_json(document)
        return 0
    rows = [
        (each["id"], ", ".join(filter(None, (each["about"], each["path_label"]))), each["sentence"])
        for each in document["items"]
    ]
    if rows:
        show_table(("id", "about", "mend"), rows)
        say("Each was tried and causes no new fault. Make them with --apply and their ids.")
    else:
        say("No fault can be mended without a decision of yours.")
    if not document["complete"]:
        say("There may be more: make these, or ask for more with --limit.")
    return 0


def _summary(written: Mapping[str, Any]) -> str:
    count = len(written["mends"])
    mended = "1 mend" if count == 1 else f"{count} mends"
    if written["commit"]:
        return f"Commit {written['commit']['number']}: {mended} made."
    return f"Would make {mended}." if count else "Nothing was changed."


COMMANDS = (results, mends)
