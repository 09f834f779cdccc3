"""Commands that look: one entity, lists, counts, history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import click

from orthogramic.cli.options import Context, page_options, store_options
from orthogramic.cli.rendering import paging_note, show_json, show_table, show_text


@click.command()
@click.argument("name")
@click.option(
    "--document", is_flag=True, help="Print the JSON document that edit --from takes back."
)
@store_options
def show(context: Context, name: str, *, document: bool) -> None:
    """Show everything about the entity called NAME."""
    with context.backend() as backend:
        if document:
            show_json(backend.entity_document(name))
            return
        entity = backend.entity(name)
    if context.json:
        show_json(entity)
        return
    show_text(f"{entity['label']}  ({entity['class']}/{entity['key']})")
    show_text(entity["iri"])
    attributes = list(_attribute_rows(entity))
    if attributes:
        show_table(("attribute", "value"), attributes)
    links = [*_link_rows(entity["outgoing"]), *_link_rows(entity["incoming"])]
    if links:
        show_table(("relationship", "entity", "class", "strength"), links, right=(3,))


def _attribute_rows(node: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for attribute in node["attributes"]:
        values = "\n".join(_value(each) for each in attribute["values"])
        yield f"{within}{attribute['label']}", values
    several = Counter(each["label"] for each in node["structures"])
    numbers: Counter[str] = Counter()
    for structure in node["structures"]:
        label = structure["label"]
        numbers[label] += 1
        number = f" {numbers[label]}" if several[label] > 1 else ""
        yield from _attribute_rows(structure, f"{within}{label}{number} / ")


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("iri") or value.get("value"))
    return str(value)


def _link_rows(links: list[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    for link in links:
        strength = link["strength"]
        yield (
            link["relationship"]["label"],
            link["entity"]["label"],
            link["entity"]["class"],
            str(strength) if strength is not None else "not assessed" if link["qualified"] else "",
        )


@click.command(name="list")
@click.argument("class_name", metavar="[CLASS]", required=False)
@click.option("--domain", metavar="NAME", help="Only entities of this domain: its label or IRI.")
@page_options(100)
@store_options
def list_entities(
    context: Context, class_name: str | None, domain: str | None, limit: int, offset: int
) -> None:
    """List entities, of one CLASS if given."""
    with context.backend() as backend:
        document = backend.entities(class_name, domain, limit, offset)
    if context.json:
        show_json(document)
        return
    items = document["items"]
    show_table(
        ("entity", "name"), [(each["label"], f"{each['class']}/{each['key']}") for each in items]
    )
    paging_note(document, len(items))


@click.command(short_help="Count what is in the store.")
@store_options
def stats(context: Context) -> None:
    """Count what is in the store, by domain, class, relationship and graph."""
    with context.backend() as backend:
        document = backend.stats()
    if context.json:
        show_json(document)
        return
    show_text(
        f"snapshot {document['snapshot']}: {document['entities']} entities, "
        f"{document['relationships']} relationships, {document['triples']} triples asserted, "
        f"{document['inferred']} inferred"
    )
    classes = [
        (domain["label"], each["class"], str(each["entities"]))
        for domain in document["domains"]
        for each in domain["classes"]
    ]
    show_table(("domain", "class", "entities"), classes, right=(2,))
    links = [(each["label"], str(each["links"])) for each in document["by_relationship"]]
    show_table(("relationship", "links"), links, right=(1,))
    graphs = [(each["label"], each["iri"], str(each["triples"])) for each in document["graphs"]]
    show_table(("source graph", "IRI", "triples"), graphs, right=(2,))


@click.command(short_help="List the commits, or show what one of them changed.")
@click.argument("number", type=click.IntRange(min=1), required=False)
@page_options(50)
@store_options
def history(context: Context, number: int | None, limit: int, offset: int) -> None:
    """List the commits, newest first: who changed how much, when and why.

    With NUMBER, show one commit with the exact statements that it removed (-) and added (+).
    """
    with context.backend() as backend:
        if number is None:
            document = backend.history(limit, offset)
        else:
            document = backend.commit(number, limit, offset)
    if context.json:
        show_json(document)
    elif number is None:
        _show_commits(document)
    else:
        _show_commit(document)


def _show_commits(document: Mapping[str, Any]) -> None:
    items = document["items"]
    rows = [
        (
            str(each["number"]),
            each["at"][:19].replace("T", " "),
            each["author"],
            f"+{each['added']}",
            f"-{each['removed']}",
            each["message"],
        )
        for each in items
    ]
    show_table(
        ("commit", "time (UTC)", "author", "added", "removed", "message"), rows, right=(0, 3, 4)
    )
    paging_note(document, len(items))


def _show_commit(commit: Mapping[str, Any]) -> None:
    show_text(f"commit {commit['number']}: +{commit['added']} -{commit['removed']}")
    show_text(f"time (UTC)  {commit['at'][:19].replace('T', ' ')}")
    for name in ("author", "message", "bundle"):
        show_text(f"{name:<10}  {commit[name]}")
    for sign, part in (("-", "removed"), ("+", "added")):
        shown = commit[f"{part}_quads"]
        for each in shown:
            show_text(f"{sign} {each}")
        if commit[part] > commit["offset"]:
            paging_note({"total": commit[part], "offset": commit["offset"]}, len(shown))


COMMANDS = (show, list_entities, stats, history)
