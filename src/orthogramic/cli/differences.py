"""What a scenario would change, in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orthogramic.cli.rendering import bound_note, paging_note, say, show_table, show_text

_SHOWN = 20
_SIDES = ("before", "after")


def show_difference(answer: Mapping[str, Any]) -> None:
    """Print a difference part by part; what is the same is not mentioned."""
    for each in answer["scenario"]["changes"]:
        show_text(f"- {each['sentence']}")
    if answer["against"] is not None:
        show_text("against")
        for each in answer["against"]["changes"]:
            show_text(f"- {each['sentence']}")
    for note in answer["scenario"]["notes"]:
        say(note)
    _show_reach(answer["reach"])
    _show_failure(answer["failure"])
    _show_findings("Violations", answer["violations"])
    _show_findings("Gaps", answer["gaps"])
    for each in answer["queries"]:
        _show_query(each)
    if not answer["accepted"]:
        say("A write of this scenario would be refused: it violates the shapes.")
    bound_note(answer["bound"])


def _show_reach(reach: Mapping[str, Any]) -> None:
    counts = ", ".join(f"{count} {kind}" for kind, count in reach["counts"].items() if count)
    show_text(f"\nReach: {counts or 'no difference'}.")
    asked = len(reach["sources"])
    if asked < reach["sources_total"]:
        say(f"Of {reach['sources_total']} entities touched, {asked} were asked; see --source.")
    items: Sequence[Mapping[str, Any]] = reach["items"]
    if not items:
        return
    rows = [
        (
            each["kind"],
            _score(each["before"]),
            _score(each["after"]),
            "needs" if each["direction"] == "dependencies" else "is felt by",
            each["source"]["label"],
            each["entity"]["label"],
            each["entity"]["class"],
            "\n".join(_reasons(each)),
        )
        for each in items
    ]
    columns = ("difference", "before", "after", "", "source", "entity", "class", "because")
    show_table(columns, rows, right=(1, 2))
    paging_note(reach, len(items))


def _show_failure(failure: Mapping[str, Any]) -> None:
    if not failure["total"]:
        return
    counts = ", ".join(f"{count} {standing}" for standing, count in failure["counts"].items())
    failing = {each["label"] for side in _SIDES for each in failure[f"failing_{side}"]}
    show_text(f"\nIf {' and '.join(sorted(failing))} fails: {counts}.")
    rows = [
        (
            each["before"],
            each["after"],
            each["entity"]["label"],
            each["entity"]["class"],
            each["reason_after"] or each["reason_before"],
        )
        for each in failure["items"]
    ]
    show_table(("before", "after", "entity", "class", "because"), rows)
    paging_note(failure, len(rows))


def _score(standing: Mapping[str, Any] | None) -> str:
    return f"{standing['score']:.3f}" if standing else "-"


def _reasons(shift: Mapping[str, Any]) -> list[str]:
    """Return the best path of each side, or of both if it is the same."""
    sides = (("before", "was"), ("after", "now"))
    found = [(word, shift[side]["path"]["sentence"]) for side, word in sides if shift[side]]
    if len({sentence for _, sentence in found}) == 1:
        return [found[0][1]]
    return [f"{word}: {sentence}" for word, sentence in found]


def _show_findings(name: str, findings: Mapping[str, Any]) -> None:
    if not findings["new_total"] and not findings["mended_total"]:
        return
    show_text(f"\n{name}: {findings['new_total']} new, {findings['mended_total']} closed.")
    for sign, side in (("+", "new"), ("-", "mended")):
        shown = findings[side][:_SHOWN]
        for each in shown:
            show_text(f"  {sign} {each['focus_label']}: {each['message']}")
        rest = findings[f"{side}_total"] - len(shown)
        if rest:
            show_text(f"  {sign} … and {rest} more")


def _show_query(difference: Mapping[str, Any]) -> None:
    gone, came = difference["gone_total"], difference["came_total"]
    show_text(
        f"\n{difference['name']}: {gone} rows gone, {came} come, "
        f"{difference['unchanged']} as before."
    )
    variables = [
        each for each in difference["variables"] if f"{each}Label" not in difference["variables"]
    ]
    rows = [
        (sign, *(row.get(each, {}).get("value", "") for each in variables))
        for sign, side in (("-", "gone"), ("+", "came"))
        for row in difference[side][:_SHOWN]
    ]
    if rows:
        show_table(("", *variables), rows)
