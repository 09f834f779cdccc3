"""How the outcome of a write looks in a terminal, whatever was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orthogramic.cli.options import Context
from orthogramic.cli.rendering import place, say, show_json, show_text

_AFFECTED = 5


def tell_change(context: Context, written: Mapping[str, Any], summary: str) -> int:
    """Tell what came of a write, and return the exit code.

    :param written: the outcome, as the interface gives it.
    :param summary: what happened, in a sentence.
    """
    accepted = bool(written["accepted"])
    if context.json:
        show_json(written)
        return 0 if accepted else 1
    say(summary)
    if written["dry_run"]:
        tell_difference(written)
    for note in written["notes"]:
        say(note)
    if not accepted:
        _tell_violations(written["report"])
    return 0 if accepted else 1


def tell_difference(written: Mapping[str, Any]) -> None:
    """Tell what a dry run would change, and who would feel it."""
    for sign, side in (("-", "removed"), ("+", "added")):
        for sentence in written["words"][side]:
            show_text(f"  {sign} {sentence}")
    if written["words"]["left_out"]:
        show_text(f"  … and {written['words']['left_out']} more")
    impact = written["impact"]
    if impact["total"]:
        named = [each["entity"]["label"] for each in impact["hits"][:_AFFECTED]]
        rest = impact["total"] - len(named)
        more = f" and {rest} more" if rest else ""
        show_text(f"Affected: {', '.join(named)}{more}.")


def _tell_violations(report: Mapping[str, Any]) -> None:
    say("It would be refused:")
    for each in report["results"]:
        if each["severity"] == "violation":
            say(f"  {place(each)}{each['focus_label']}: {each['message']}")
