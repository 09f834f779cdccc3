"""The command that serves a store over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from orthogramic.cli.options import Context, store_options
from orthogramic.cli.question_bounds import limits_of, question_options
from orthogramic.cli.rendering import ProgressBar, say
from orthogramic.errors import UsageError
from orthogramic.syntax.allowed_addresses import AllowedAddresses

if TYPE_CHECKING:
    from orthogramic.repository.tokens import TokenKeeper
    from orthogramic.service.settings import Settings


@click.command(short_help="Serve the store over HTTP, with pages for people.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--load-reference", is_flag=True, help="Load the reference data into an empty store.")
@click.option(
    "--scratch",
    is_flag=True,
    help="Serve an empty, writable store in memory, without bundle or gate.",
)
@click.option(
    "--public-url", metavar="URL", help="The address that clients see, if a proxy is between."
)
@click.option(
    "--insecure-listen-anywhere",
    "anywhere",
    is_flag=True,
    help="Allow a --host that other machines can reach, without --auth. Whoever reaches it can "
    "read and change everything.",
)
@click.option(
    "--auth", is_flag=True, help="Let in only those who have a token (see orthogramic token)."
)
@click.option(
    "--anonymous-read/--no-anonymous-read",
    default=None,
    help="With --auth, let everybody read; by default reading needs a token too.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A web origin whose scripts may read, and without --auth write; * is any, to read only. "
    "May be repeated.",
)
@click.option(
    "--allow-remote",
    "allowed",
    multiple=True,
    metavar="IRI-PREFIX",
    envvar="ORTHOGRAMIC_ALLOW_REMOTE",
    help="Addresses elsewhere that queries may ask by SERVICE and updates may LOAD, by how they "
    "begin; none by default. May be repeated.",
)
@question_options
@store_options
def serve(context: Context, *, load_reference: bool, scratch: bool, **said: Any) -> None:
    """Serve the store: pages, SPARQL, linked data and the interface for programs."""
    # The frameworks of the service are slow to import, and no other command needs them.
    from orthogramic.application import create_application  # noqa: PLC0415
    from orthogramic.service.app import create_scratch  # noqa: PLC0415
    from orthogramic.service.run import check_host, run  # noqa: PLC0415

    settings = _settings(said, scratch=scratch)
    check_host(settings)
    if scratch:
        if settings.authentication:
            raise UsageError("A scratch store has no tokens: --auth does not go with it.")
        if load_reference:
            raise UsageError("A scratch store begins empty: --load-reference does not go with it.")
        run(create_scratch, settings, announce=say)
        return
    with context.repository(create=True) as repository:
        if load_reference and repository.snapshot == 0:
            with closing(ProgressBar()) as progress:
                repository.load_reference(progress)
        if settings.authentication:
            _tell_of_tokens(repository.tokens(), settings)
        run(
            lambda final: create_application(repository, final),
            settings,
            announce=say,
        )


def _settings(said: Mapping[str, Any], *, scratch: bool) -> Settings:
    """Return what the options of the command come to.

    :raises UsageError: if they do not go together.
    :raises InvalidParameterError: if an origin, or an address that is allowed, is none.
    """
    from orthogramic.service.access.origins import check_origin  # noqa: PLC0415
    from orthogramic.service.settings import Settings  # noqa: PLC0415

    if said["anonymous_read"] is not None and not said["auth"]:
        raise UsageError("Everybody may read without --auth; --anonymous-read goes with it.")
    origins = tuple(check_origin(each) for each in said["origins"])
    return Settings(
        host=said["host"],
        port=said["port"],
        scratch=scratch,
        public_url=said["public_url"],
        listen_anywhere=said["anywhere"],
        authentication=said["auth"],
        anonymous_read=bool(said["anonymous_read"]),
        allowed_origins=origins or None,
        allowed=AllowedAddresses.of(said["allowed"]),
        limits=limits_of(said),
    )


def _tell_of_tokens(keeper: TokenKeeper, settings: Settings) -> None:
    """Say what whoever starts a service that asks for tokens would have to find out."""
    from orthogramic.service.run import is_loopback  # noqa: PLC0415

    if keeper.check() == 0:
        say("No token is in force: 'orthogramic token create NAME --role admin' makes one.")
    if not is_loopback(settings.host):
        say("Tokens cross the network as they are sent: let a proxy in front speak TLS.")


COMMANDS = (serve,)
