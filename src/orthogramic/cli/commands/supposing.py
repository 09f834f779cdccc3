"""The command that asks what would be if something changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import click

from orthogramic.cli.changes import tell_change
from orthogramic.cli.commands.asking import PROFILE
from orthogramic.cli.differences import show_difference
from orthogramic.cli.options import Context, store_options
from orthogramic.cli.rendering import say, show_json
from orthogramic.errors import InputNotFoundError, InvalidScenarioError, UsageError

#: Options that each say changes of one kind, in the order in which they are shown.
_CHANGES = (
    ("retire", "NAME", "An entity goes, with its parts and all links."),
    ("replace", "OLD=NEW", "An entity goes, and another takes over its links."),
    ("add", "LINK", "A link comes; with = 1 to 5 behind it, one of that strength."),
    ("remove", "LINK", "A link goes."),
    ("reweight", "LINK=STRENGTH", "A link gets another strength, 1 to 5."),
    ("move", "LINK->NEW", "A link leads to another entity."),
    ("set", "NAME->MEMBER=VALUE", "A member of an entity gets another value."),
)


def _change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the ways of saying what changes."""
    for name, form, text in reversed(_CHANGES):
        option = click.option(
            f"--{name}", f"change_{name}", multiple=True, metavar=form, help=f"{text} Repeatable."
        )
        command = option(command)
    return click.argument("file", required=False, metavar="[FILE|-]")(command)


def _narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what narrows the difference in reach."""
    for option in (
        click.option("--offset", default=0, show_default=True, help="Skip so many differences."),
        click.option("--limit", default=100, show_default=True, help="Show at most so many."),
        click.option(
            "--query",
            "queries",
            multiple=True,
            metavar="NAME[?P=V&...]",
            help="Compare the rows of this saved query; may be repeated.",
        ),
        click.option("--min-score", type=float, metavar="SCORE", help="Leave out lower scores."),
        click.option("--max-hops", type=int, metavar="N", help="Only paths of at most N steps."),
        click.option("--profile", metavar="NAME", help=PROFILE),
        click.option(
            "--via",
            multiple=True,
            metavar="RELATIONSHIP",
            help="Follow only this relationship; may be repeated.",
        ),
        click.option(
            "--to",
            multiple=True,
            metavar="CLASS",
            help="Only reach of this class or a subclass; may be repeated.",
        ),
        click.option(
            "--direction",
            type=click.Choice(("both", "dependencies", "impact")),
            default="both",
            show_default=True,
            help="What sources need, or who feels a change of them.",
        ),
        click.option(
            "--fail",
            multiple=True,
            metavar="NAME",
            help="Tell who falls if this fails; by default what the scenario retires. Repeatable.",
        ),
        click.option(
            "--target",
            "targets",
            multiple=True,
            metavar="NAME",
            help="Only reach of this entity; may be repeated.",
        ),
        click.option(
            "--source",
            "sources",
            multiple=True,
            metavar="NAME",
            help="Reach of this entity; by default of all that the changes touch.",
        ),
        click.option(
            "--against", metavar="FILE", help="Compare with the scenario of this file instead."
        ),
    ):
        command = option(command)
    return command


def _applying(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what it takes to carry a scenario out."""
    for option in (
        click.option("--author", help="Who makes the change; the user of the system by default."),
        click.option("--message", "-m", help="Why the change is made."),
        click.option("--apply", is_flag=True, help="Carry the scenario out, as one write."),
        click.option(
            "--save",
            type=click.Path(path_type=Path),
            help="Write the scenario into this file, as JSON.",
        ),
        click.option("--title", metavar="TEXT", help="What to call the scenario."),
    ):
        command = option(command)
    return command


@click.command("what-if", short_help="Tell what would be different if something changed.")
@_change_options
@_narrowing
@_applying
@store_options
def what_if(  # noqa: PLR0913 - one option each
    context: Context,
    file: str | None,
    *,
    against: str | None,
    queries: tuple[str, ...],
    title: str | None,
    save: Path | None,
    apply: bool,
    message: str | None,
    author: str | None,
    **said: Any,
) -> int:
    """Tell what would be different under a scenario; nothing is changed.

    The scenario is read from FILE (JSON, Turtle, or text of one change on a line), put together
    from options, or both. A LINK is written 'SOURCE -> relationship -> TARGET'.
    """
    scenario = _scenario(file, said, title)
    if save is not None:
        _write(save, scenario)
    if apply:
        options = {"message": message, "author": author}
        with context.backend() as backend:
            written = backend.apply_scenario(scenario, options)
        commit = written["commit"]
        done = f"Done in commit {commit['number']}." if commit else "Nothing to do."
        return tell_change(context, written, done)
    question = {
        **{name: value for name, value in said.items() if value not in (None, ())},
        "scenario": scenario,
        "queries": [_query(each) for each in queries],
    }
    if against is not None:
        question["against"] = _read(against)
    with context.backend() as backend:
        answer = backend.what_if(question)
    if context.json:
        show_json(answer)
    else:
        show_difference(answer)
    return 0


def _scenario(file: str | None, said: dict[str, Any], title: str | None) -> dict[str, Any]:
    """Put a scenario together, and take what says it out of the options."""
    changes = [{name: each} for name, _, _ in _CHANGES for each in said.pop(f"change_{name}", ())]
    if file is None and not changes:
        raise UsageError("Say what changes: a FILE, or --retire, --add, --replace and so on.")
    scenario = _read(file) if file else {}
    if changes:
        scenario["changes"] = [*scenario.get("changes", ()), *changes]
    if title is not None:
        scenario["title"] = title
    return scenario


def _read(file: str) -> dict[str, Any]:
    """Read the file of a scenario, by the ending of its name."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputNotFoundError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise InvalidScenarioError(f"{file} is not UTF-8.") from None
    ending = Path(file).suffix.lower()
    if ending in (".ttl", ".turtle"):
        return {"turtle": text}
    if ending == ".json" or (file == "-" and text.lstrip().startswith("{")):
        return _json(file, data)
    return {"changes": _lines(text)}


def _json(file: str, data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidScenarioError(f"{file} is no JSON: {error}.") from None
    if not isinstance(document, dict):
        raise InvalidScenarioError(f"{file} is no scenario: it holds no object.")
    return document


def _lines(text: str) -> list[str]:
    lines = (each.strip() for each in text.splitlines())
    return [each for each in lines if each and not each.startswith("#")]


def _query(text: str) -> Mapping[str, Any]:
    """Read a saved query with its parameters, written as in an address."""
    name, _, parameters = text.partition("?")
    pairs: Sequence[tuple[str, str]] = parse_qsl(parameters, keep_blank_values=True)
    return {"name": name, "parameters": dict(pairs)}


def _write(target: Path, scenario: Mapping[str, Any]) -> None:
    text = json.dumps(scenario, ensure_ascii=False, indent=2)
    try:
        target.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error
    say(f"The scenario is in {target}.")


COMMANDS = (what_if,)
