"""The command that validates, tells what can be mended without asking, and mends a copy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import ProgressBar, say, show_bytes, show_json, show_text
from orthogramic.cli.results import deliver, output_option
from orthogramic.errors import InputNotFoundError, UsageError
from orthogramic.facade import Repository
from orthogramic.syntax import RdfSyntax
from orthogramic.validation import ValidationReport


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command what to judge by and what to do about it."""
    for option in (
        output_option,
        click.option(
            "--apply-mends",
            is_flag=True,
            help="Print a copy of the file with such mends made; --output writes it.",
        ),
        click.option(
            "--mends",
            is_flag=True,
            help="Also tell which faults can be mended without a decision.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(("text", "json", "turtle")),
            default="text",
            show_default=True,
            help="How to print the report.",
        ),
        click.option(
            "--shapes",
            type=click.Path(path_type=Path),
            help="Judge by these SHACL shapes, not by those of the bundle.",
        ),
    ):
        command = option(command)
    return command


@click.command(short_help="Validate files, or the whole store.")
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@_options
@store_options
def validate(
    context: Context,
    *,
    inputs: tuple[Path, ...],
    shapes: Path | None,
    form: str,
    mends: bool,
    apply_mends: bool,
    output: Path | None,
) -> int:
    """Validate files by themselves, or without FILE the whole store.

    Leaves with 1 if there is a violation; warnings and infos do not count. A mend is offered
    where there is one answer, and only if it was tried and causes no new fault. Files are never
    changed: --apply-mends makes a copy.
    """
    chosen = "json" if context.json else form
    _check(inputs, chosen, mends=mends, apply_mends=apply_mends, output=output)
    if not inputs:
        with context.repository() as repository, closing(ProgressBar()) as progress:
            report = repository.validate(progress)
        _show(report, chosen)
        return 0 if report.accepted else 1
    from orthogramic.opening import open_memory  # noqa: PLC0415 - only for files

    with open_memory(bundle=context.bundle) as repository:
        if apply_mends:
            return _mended(repository, inputs[0], shapes, output)
        judge = _offered if mends else _judged
        results = [judge(repository, path, shapes, chosen) for path in inputs]
    return 0 if all(results) else 1


def _check(
    inputs: tuple[Path, ...], form: str, *, mends: bool, apply_mends: bool, output: Path | None
) -> None:
    """Refuse what cannot go together."""
    if (mends or apply_mends) and not inputs:
        raise UsageError("Mends are made in files: name one.")
    if mends and form == "turtle":
        raise UsageError("Mends are told in text or JSON, not in Turtle.")
    if apply_mends and len(inputs) > 1:
        raise UsageError("Mends are made in one file at a time: name one.")
    if output is not None and not apply_mends:
        raise UsageError("--output is for the copy that --apply-mends makes.")
    if output is not None and output.resolve() == inputs[0].resolve():
        raise UsageError("A file is never mended in place: name another one with --output.")


def _document(path: Path, shapes: Path | None) -> dict[str, Any]:
    """Return what is said of a file and of the shapes by which it is judged."""
    return {
        "shapes": _bytes(shapes) if shapes else None,
        "shapes_syntax": RdfSyntax.of_file_name(shapes.name).key if shapes else None,
        "source": str(path),
    }


def _judged(repository: Repository, path: Path, shapes: Path | None, form: str) -> bool:
    syntax = RdfSyntax.of_file_name(path.name).key
    with closing(ProgressBar()) as progress:
        report = repository.validate_bytes(
            _bytes(path), syntax, progress=progress, **_document(path, shapes)
        )
    _show(report, form)
    return report.accepted


def _offered(repository: Repository, path: Path, shapes: Path | None, form: str) -> bool:
    syntax = RdfSyntax.of_file_name(path.name).key
    with closing(ProgressBar()) as progress:
        mends = repository.mends_of_bytes(
            _bytes(path), syntax, progress=progress, **_document(path, shapes)
        )
    if form == "json":
        show_json(mends.to_dict())
    else:
        _show(mends.report, form)
        show_text(mends.to_text())
    return mends.report.accepted


def _mended(repository: Repository, path: Path, shapes: Path | None, output: Path | None) -> int:
    syntax = RdfSyntax.of_file_name(path.name).key
    with closing(ProgressBar()) as progress:
        mended = repository.mend_bytes(
            _bytes(path), syntax, progress=progress, **_document(path, shapes)
        )
    deliver([mended.content], output)
    for each in mended.applied:
        first = each.settles[0]
        about = ", ".join(filter(None, (first.focus_label, first.path_label)))
        say(f"{about}: {each.sentence}")
    left = mended.after.counts["violation"]
    made = len(mended.applied)
    say(f"{made} {'mend' if made == 1 else 'mends'} made; violations left: {left}.")
    return 0 if mended.after.accepted else 1


def _show(report: ValidationReport, form: str) -> None:
    if form == "json":
        show_json(report.to_dict())
    elif form == "turtle":
        show_bytes(report.to_turtle().encode())
    else:
        show_text(report.to_text())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputNotFoundError(f"{path} cannot be read: {error.strerror}.") from error


COMMANDS = (validate,)
