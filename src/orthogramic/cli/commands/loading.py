"""The command that loads files and datasets, into a store or through the service that holds it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from orthogramic.cli.backend import Backend
from orthogramic.cli.changes import tell_change
from orthogramic.cli.local_backend import LocalBackend
from orthogramic.cli.opening import serving_backend
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import ProgressBar, say, show_json
from orthogramic.cli.sending import files_of
from orthogramic.errors import StoreInUseError, UsageError
from orthogramic.facade import Repository
from orthogramic.syntax import RdfSyntax

if TYPE_CHECKING:
    from orthogramic.cli.service_backend import ServiceBackend

_SYNTAXES = click.Choice([each.key for each in RdfSyntax])
_UNCHANGED = "Everything was there already; nothing was changed."


@click.command(short_help="Load RDF files or dataset folders in one commit.")
@click.argument("inputs", nargs=-1, metavar="[FILE|FOLDER|-]...")
@click.option("--reference", is_flag=True, help="Load the reference data that ships along.")
@click.option("--graph", metavar="IRI", help="Put triples that name no graph into this one.")
@click.option(
    "--format", "syntax", type=_SYNTAXES, help="The RDF syntax, where no file name tells it."
)
@click.option("--author", help="Who makes the change; the user of the system by default.")
@click.option("--message", "-m", help="Why the change is made.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option("--no-gate", is_flag=True, help="Do not validate; for large data known to be sound.")
@store_options
def load(
    context: Context,
    *,
    inputs: tuple[str, ...],
    no_gate: bool,
    dry_run: bool,
    **said: Any,
) -> int:
    """Load RDF files, dataset folders, or standard input (-), in one commit.

    Data that violates the shapes is refused as a whole, and the store is as it was. If a service
    holds the store, the files go to it; without the gate it takes them from admins only.
    """
    said = {**said, "inputs": inputs}
    _check(said, dry_run and no_gate)
    options = {name: said[name] for name in ("author", "message")}
    if dry_run:
        options["dry_run"] = True
    if no_gate:
        options["gate"] = False
    with closing(_opened(context, create=not dry_run)) as target:
        if isinstance(target, Repository) and not dry_run:
            _load(context, target, said, gate=not no_gate)
            return 0
        backend = LocalBackend(target) if isinstance(target, Repository) else target
        return _send(context, backend, said, options)


def _check(said: Mapping[str, Any], blind: bool) -> None:
    if bool(said["inputs"]) == said["reference"]:
        raise UsageError("Say what to load: files or folders, or --reference.")
    if said["inputs"] == ("-",) and said["syntax"] is None:
        raise UsageError("Say --format: standard input has no name that tells its syntax.")
    if blind:
        raise UsageError("Without the gate there is nothing to tell: leave --dry-run or --no-gate.")


def _opened(context: Context, *, create: bool) -> Repository | ServiceBackend:
    """Open the store, or find the service that holds it."""
    service = serving_backend(context.store, context.token)
    if service is not None:
        return service
    try:
        return context.repository(create=create)
    except StoreInUseError as error:
        # The service may have come up between the two looks.
        service = serving_backend(error.extra.get("service"), context.token)
        if service is None:
            raise
        return service


def _send(
    context: Context, backend: Backend, said: Mapping[str, Any], options: Mapping[str, Any]
) -> int:
    """Hand the content of the files over as it is."""
    files = files_of(said["inputs"], said["syntax"], reference=said["reference"])
    if not options["message"]:
        options = {**options, "message": _message(said)}
    written = backend.load(files, said["graph"], options)
    if written["dry_run"]:
        return tell_change(context, written, f"Would add {written['added']} triples.")
    commit = written["commit"]
    if context.json:
        show_json(commit)
    else:
        done = f"Commit {commit['number']}: {commit['added']} triples added" if commit else ""
        say(f"{done} through the service." if done else _UNCHANGED)
    return 0


def _message(said: Mapping[str, Any]) -> str | None:
    return "Load the reference data" if said["reference"] else None


def _load(context: Context, repository: Repository, said: Mapping[str, Any], *, gate: bool) -> None:
    """Let the store read the files itself."""
    options = {name: said[name] for name in ("author", "message")}
    placing = {name: said[name] for name in ("graph", "syntax")}
    with closing(ProgressBar()) as progress:
        if said["reference"]:
            record = repository.load_reference(progress, **options)
        elif said["inputs"] == ("-",):
            record = repository.load_bytes(
                sys.stdin.buffer.read(),
                source="standard input",
                gate=gate,
                progress=progress,
                **placing,
                **options,
            )
        else:
            record = repository.load(
                said["inputs"], gate=gate, progress=progress, **placing, **options
            )
    if context.json:
        show_json(record.to_dict() if record else None)
    elif record is None:
        say(_UNCHANGED)
    else:
        say(f"Commit {record.number}: {record.added} triples added to {repository.location}.")


COMMANDS = (load,)
