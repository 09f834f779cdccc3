"""Saved queries: their list, and a form made from the header of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from orthogramic.metamodel import ParameterType, QueryParameter, SavedQuery
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views.classes import Summary
from orthogramic.web.views.entity import Download
from orthogramic.web.views.question import Choice, entity_choices
from orthogramic.web.views.tables import heading

#: What the browser is told about the values of each type: kind of field, and step of numbers.
FIELD_KINDS = {
    ParameterType.ENTITY: ("text", ""),
    ParameterType.INTEGER: ("number", "1"),
    ParameterType.DECIMAL: ("number", "any"),
    ParameterType.STRING: ("text", ""),
    ParameterType.BOOLEAN: ("select", ""),
    ParameterType.DATE: ("date", ""),
    ParameterType.IRI: ("text", ""),
}

#: Finds the entities that a parameter may name.
Candidates = Callable[[QueryParameter], Iterable[Summary]]


@dataclass(frozen=True, slots=True)
class QueryItem:
    """A saved query in a list."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class QueryGroup:
    """The saved queries with one first tag."""

    heading: str
    items: tuple[QueryItem, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter as a field of a form."""

    name: str
    label: str
    description: str
    required: bool
    kind: str
    step: str
    value: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class QueryPage:
    """The page of one saved query, beside its answer."""

    name: str
    summary: str
    description: str
    text: str
    action: str
    fields: tuple[Field, ...]
    permalink: str
    workbench: str
    downloads: tuple[Download, ...]


def query_groups(queries: Iterable[SavedQuery], links: Links) -> tuple[QueryGroup, ...]:
    """Describe saved queries for a list, by their first tag, which says for whom they are."""
    found: dict[str, list[QueryItem]] = {}
    for each in queries:
        item = QueryItem(
            name=each.name,
            summary=each.summary,
            description=each.description,
            tags=each.tags[1:],
            href=links.saved_query(each.name),
        )
        found.setdefault(each.tags[0] if each.tags else "", []).append(item)
    return tuple(
        QueryGroup(tag[:1].upper() + tag[1:] if tag else "Others", tuple(items))
        for tag, items in sorted(found.items(), key=lambda each: (not each[0], each[0]))
    )


def query_page(
    query: SavedQuery, values: Mapping[str, str], links: Links, candidates: Candidates
) -> QueryPage:
    """Describe a saved query with its form.

    :param values: the values given, by parameter.
    :param candidates: finds the entities that a field offers.
    """
    given: dict[str, Parameter] = dict(values)
    path = f"queries/{query.name}"
    return QueryPage(
        name=query.name,
        summary=query.summary,
        description=query.description,
        text=query.text,
        action=links.saved_query(query.name),
        fields=tuple(_field(each, values, candidates) for each in query.parameters),
        permalink=links.saved_query(query.name, run="1", **given),
        workbench=links.to("/workbench", query=without_header(query.text)),
        downloads=tuple(
            Download(label, links.api(path, {**given, "format": name}))
            for label, name in (("CSV", "csv"), ("JSON", "json"))
        ),
    )


def _field(parameter: QueryParameter, values: Mapping[str, str], candidates: Candidates) -> Field:
    kind, step = FIELD_KINDS[parameter.type]
    value = values.get(parameter.name, parameter.default or "")
    return Field(
        name=parameter.name,
        label=heading(parameter.name),
        description=parameter.description,
        required=parameter.required,
        kind=kind,
        step=step,
        value=value,
        choices=_choices(parameter, value, candidates),
    )


def _choices(parameter: QueryParameter, value: str, candidates: Candidates) -> tuple[Choice, ...]:
    if parameter.type is ParameterType.ENTITY:
        return entity_choices(candidates(parameter), value)
    if parameter.type is ParameterType.BOOLEAN:
        answers = (("true", "yes"), ("false", "no"))
        offered = answers if parameter.required else (("", "either"), *answers)
        return tuple(Choice(name, label, name == value) for name, label in offered)
    return ()


def answerable(query: SavedQuery, values: Mapping[str, str]) -> bool:
    """Tell whether every parameter that must have a value has one."""
    return all(
        each.name in values or each.default is not None or not each.required
        for each in query.parameters
    )


def without_header(text: str) -> str:
    """Return the text of a saved query without the lines of its header."""
    lines = (line for line in text.splitlines() if not line.startswith("#+"))
    return "\n".join(lines).strip()
