"""Commands about who is let in by a service that asks: make, list and revoke tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import say, show_json, show_table, show_text
from orthogramic.errors import InvalidParameterError, UsageError
from orthogramic.repository.tokens import Role, Token, TokenKeeper

_ROLES = click.Choice([each.value for each in Role])
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@click.group(short_help="Say who is let in by a service that asks (create, list, revoke).")
@store_options
def token(context: Context) -> None:
    """Make, list and revoke the tokens of a store, also while a service holds it.

    A service started with --auth lets in whoever sends one. Run these where the store is.
    """
    click.get_current_context().obj = context


@token.command(short_help="Make a token, and show it this once.")
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="What its holder may do.")
@click.option(
    "--expires",
    metavar="TIME",
    help="How long it counts (12h, 30d, 8w), or its last day (2030-12-31, UTC); by default for "
    "ever.",
)
@store_options
def create(context: Context, name: str, role: str, expires: str | None) -> None:
    """Make a token for NAME, whom the log will name as author of what is changed with it.

    The token goes to standard output. It is not kept and cannot be shown again.
    """
    until = _moment(expires, datetime.now(UTC)) if expires is not None else None
    made, text = _keeper(context).create(name, Role(role), until)
    if context.json:
        show_json({**made.to_dict(), "token": str(text)})
        return
    say(f"Token {made.id} of {made.name} ({made.role}). Keep it well; it is not shown again:")
    show_text(str(text))


@token.command("list", short_help="List the tokens, without what is secret.")
@store_options
def list_tokens(context: Context) -> None:
    """List the tokens that were made, those that count no more too."""
    now = datetime.now(UTC)
    documents = _documents(_keeper(context).tokens(), now)
    if context.json:
        show_json({"items": documents, "total": len(documents)})
    elif documents:
        columns = ("id", "name", "role", "created", "expires", "state")
        show_table(columns, [tuple(_cell(each, name) for name in columns) for each in documents])
    else:
        say("There are no tokens; 'orthogramic token create NAME --role ROLE' makes one.")


@token.command(short_help="Let a token count no more, at once.")
@click.argument("wanted", metavar="ID|NAME")
@store_options
def revoke(context: Context, wanted: str) -> None:
    """Revoke the token with this identifier, or all tokens of this name.

    A running service refuses them from its next request on.
    """
    revoked = _keeper(context).revoke(wanted)
    if context.json:
        documents = _documents(revoked, datetime.now(UTC))
        show_json({"items": documents, "total": len(documents)})
        return
    for each in revoked:
        say(f"Token {each.id} of {each.name} ({each.role}) is revoked.")


def _keeper(context: Context) -> TokenKeeper:
    if context.store and "://" in context.store:
        raise UsageError(
            f"Tokens are made and revoked where the store is, not through {context.store}: run "
            "this on that machine, with --store and the directory."
        )
    return TokenKeeper(context.directory(), notify=say)


def _moment(text: str, now: datetime) -> datetime:
    """Return when a token ends: so long from now, or at the end of a day.

    :raises InvalidParameterError: if it is neither.
    """
    span = re.fullmatch(r"([0-9]{1,6})([hdw])", text)
    try:
        if span:
            return (now + int(span[1]) * _UNITS[span[2]]).replace(microsecond=0)
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise InvalidParameterError(
            f"'{text}' is no time that --expires takes: 12h, 30d, 8w, or a day such as 2030-12-31.",
            parameter="expires",
        ) from None


def _documents(tokens: Sequence[Token], now: datetime) -> list[dict[str, Any]]:
    return [{**each.to_dict(), "state": each.state(now)} for each in tokens]


def _cell(document: Mapping[str, Any], name: str) -> str:
    value = document[name]
    if value is None:
        return "never"
    return str(value)[:16].replace("T", " ") if name in {"created", "expires"} else str(value)


COMMANDS = (token,)
