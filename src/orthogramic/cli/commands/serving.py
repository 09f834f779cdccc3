"""The command that serves a store over HTTP."""

from __future__ import annotations

from contextlib import closing

import click

from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import ProgressBar, say
from orthogramic.errors import UsageError


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
    help="Allow a --host that other machines can reach. Whoever reaches it can read everything.",
)
@store_options
def serve(
    context: Context,
    *,
    host: str,
    port: int,
    load_reference: bool,
    scratch: bool,
    public_url: str | None,
    anywhere: bool,
) -> None:
    """Serve the store: pages, SPARQL, linked data and the interface for programs."""
    # The frameworks of the service are slow to import, and no other command needs them.
    from orthogramic.application import create_application  # noqa: PLC0415
    from orthogramic.service.app import create_scratch  # noqa: PLC0415
    from orthogramic.service.run import check_host, run  # noqa: PLC0415
    from orthogramic.service.settings import Settings  # noqa: PLC0415

    settings = Settings(
        host=host,
        port=port,
        scratch=scratch,
        public_url=public_url,
        listen_anywhere=anywhere,
    )
    check_host(settings)
    if scratch:
        if load_reference:
            raise UsageError("A scratch store begins empty: --load-reference does not go with it.")
        run(create_scratch, settings, announce=say)
        return
    with context.repository(create=True) as repository:
        if load_reference and repository.snapshot == 0:
            with closing(ProgressBar()) as progress:
                repository.load_reference(progress)
        run(
            lambda final: create_application(repository, final),
            settings,
            announce=say,
        )


COMMANDS = (serve,)
