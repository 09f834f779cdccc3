"""Where a result goes: to standard output, or to a file, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from orthogramic.cli.rendering import say, show_bytes
from orthogramic.errors import InputNotFoundError


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the choice of a file."""
    return click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path),
        help="Write to this file, whole or not at all.",
    )(command)


def deliver(chunks: Iterable[bytes], output: Path | None) -> None:
    """Print a result, or put it into a file.

    A file that was there before stays as it was until the new content is complete.

    :param chunks: the parts of the result, taken one by one.
    :param output: the file, or ``None`` for standard output.
    :raises InputNotFoundError: if the file cannot be written.
    """
    if output is None:
        for chunk in chunks:
            show_bytes(chunk)
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
        part.replace(output)
    except OSError as error:
        raise InputNotFoundError(f"{output} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    say(f"Written to {output}.")
