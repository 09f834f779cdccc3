"""Options that many commands share, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from orthogramic.cli.backend import Backend
from orthogramic.cli.opening import open_backend
from orthogramic.cli.rendering import say
from orthogramic.errors import UsageError
from orthogramic.facade import Repository
from orthogramic.opening import open_repository, store_path

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Context:
    """Which store and bundle a command works on, who asks, and whether it prints JSON."""

    store: str | None = None
    bundle: tuple[str, ...] = ()
    token: str | None = None
    json: bool = False

    def backend(self) -> closing[Backend]:
        """Open whatever answers questions: the store itself or the service that holds it."""
        return closing(open_backend(self.store, self.bundle, self.token))

    def repository(self, *, create: bool = False) -> Repository:
        """Open the store itself.

        :raises UsageError: if the store is given as the address of a service.
        """
        return open_repository(self.directory(), bundle=self.bundle, create=create, notify=say)

    def directory(self) -> Path:
        """Return the directory of the store.

        :raises UsageError: if the store is given as the address of a service.
        """
        if self.store and "://" in self.store:
            raise UsageError(f"This works on a store directory; {self.store} is an address.")
        return store_path(self.store)


def store_options(command: Command) -> Command:
    """Give a command the options that many share, before or after its name."""

    @click.option(
        "--store",
        metavar="PATH|URL",
        help="The store directory, or a service's address; by default $ORTHOGRAMIC_STORE, "
        "else .orthogramic.",
    )
    @click.option(
        "--bundle",
        multiple=True,
        metavar="PATH",
        help="A bundle folder instead of the shipped one (default); may be repeated.",
    )
    @click.option(
        "--token",
        metavar="TOKEN",
        help="Who asks, for a service that wants to know; better given in $ORTHOGRAMIC_TOKEN, "
        "because other users of the machine can read command lines.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
    @click.pass_obj
    @wraps(command)
    def wrapped(
        given: Context,
        /,
        *arguments: Any,
        store: str | None,
        bundle: tuple[str, ...],
        token: str | None,
        as_json: bool,
        **options: Any,
    ) -> Any:
        context = replace(
            given,
            store=store or given.store,
            bundle=bundle or given.bundle,
            token=token or given.token,
            json=as_json or given.json,
        )
        return command(context, *arguments, **options)

    return wrapped  # type: ignore[return-value]


def page_options(limit: int) -> Callable[[Command], Command]:
    """Give a command ``--limit`` and ``--offset``."""

    def decorate(command: Command) -> Command:
        with_offset = click.option("--offset", default=0, show_default=True, help="Skip so many.")(
            command
        )
        return click.option(
            "--limit", default=limit, show_default=True, help="Show at most so many."
        )(with_offset)

    return decorate
