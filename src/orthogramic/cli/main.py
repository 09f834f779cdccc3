"""The command ``orthogramic``: its groups of commands, and how an error becomes an exit code."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence

import click

from orthogramic.__about__ import __version__
from orthogramic.cli.commands import (
    access,
    asking,
    editing,
    explaining,
    failing,
    filling,
    judging,
    keeping,
    loading,
    looking,
    missing,
    ordering,
    reaching,
    recovering,
    serving,
    supposing,
    updating,
    validating,
    weakening,
)
from orthogramic.cli.options import Context
from orthogramic.cli.rendering import show_error
from orthogramic.errors import InterruptedWorkError, OrthogramicError

#: So many new objects call for a look at which are garbage. By default it is 700, and reading a
#: bundle, which makes many and drops hardly any, would be looked through again and again.
_GARBAGE_THRESHOLD = 100_000

_USAGE = 2
_BROKEN_PIPE = 141
_INTERNAL = 70


class _InOrder(click.Group):
    """Lists commands in the order in which people meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=False,
)
@click.version_option(__version__, prog_name="orthogramic")
@click.option("--store", metavar="PATH|URL", help="The store directory, or a service's address.")
@click.option("--bundle", multiple=True, metavar="PATH", help="A bundle folder; may be repeated.")
@click.option("--token", metavar="TOKEN", help="Who asks; better given in $ORTHOGRAMIC_TOKEN.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
def cli(
    context: click.Context,
    store: str | None,
    bundle: tuple[str, ...],
    token: str | None,
    as_json: bool,
) -> None:
    """Ask, load, check and share knowledge of a business architecture.

    Results go to standard output; progress and messages go to standard error.

    Exit codes: 0 done; 1 the data does not conform, or a write was refused; 2 wrong usage;
    3 unknown or ambiguous name; 4 unreadable input; 5 the store cannot be used; 130 interrupted.
    """
    context.obj = Context(store=store, bundle=bundle, token=token, json=as_json)


for command in (
    *reaching.COMMANDS,
    *asking.COMMANDS,
    *explaining.COMMANDS,
    *filling.COMMANDS,
    *missing.COMMANDS,
    *failing.COMMANDS,
    *ordering.COMMANDS,
    *supposing.COMMANDS,
    *weakening.COMMANDS,
    *looking.COMMANDS,
    *editing.COMMANDS,
    *updating.COMMANDS,
    *loading.COMMANDS,
    *keeping.COMMANDS,
    *validating.COMMANDS,
    *judging.COMMANDS,
    *recovering.COMMANDS,
    *serving.COMMANDS,
    *access.COMMANDS,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with the exit code of the contract."""
    gc.set_threshold(_GARBAGE_THRESHOLD)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    :param arguments: as typed, without the program's name; by default those of the process.
    :returns: the exit code.
    """
    try:
        result = _invoke(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return _USAGE
    except (KeyboardInterrupt, click.Abort):
        show_error(InterruptedWorkError("Stopped; nothing was changed."))
        return InterruptedWorkError.exit_code
    except OrthogramicError as error:
        show_error(error)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has left; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except Exception:
        # A fault of ours must not look like one of the exit codes that mean something.
        traceback.print_exc()
        return _INTERNAL


def _invoke(arguments: list[str]) -> object:
    """Run a command; what it raises comes through, which click's own main would not let it."""
    with cli.make_context("orthogramic", arguments) as context:
        return cli.invoke(context)
