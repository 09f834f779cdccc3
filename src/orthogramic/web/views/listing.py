"""Lists of entities: by class and domain, and by a search for words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from orthogramic.metamodel import ClassTerm, Metamodel
from orthogramic.repository.catalogue import EntitySummary, SearchHit
from orthogramic.repository.paging import Page
from orthogramic.web.links import Links, Parameter
from orthogramic.web.views.classes import (
    EntityLink,
    class_reference,
    domain_choices,
    entity_class_choices,
    entity_link,
)
from orthogramic.web.views.paging import Pager

FOUND = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list of entities with its filter."""

    heading: str
    definition: str
    class_name: str
    classes: tuple[tuple[str, str], ...]
    domain: str
    domains: tuple[tuple[str, str], ...]
    summary: str
    items: tuple[EntityLink, ...]
    pager: Pager
    json: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results of a search. ``text`` is empty while nothing was searched for."""

    text: str
    class_name: str
    classes: tuple[tuple[str, str], ...]
    summary: str
    items: tuple[EntityLink, ...]
    pager: Pager


def list_page(
    metamodel: Metamodel,
    links: Links,
    page: Page[EntitySummary],
    chosen: ClassTerm | None,
    domain: str | None,
) -> ListPage:
    """Describe one page of a list.

    :param chosen: the class that the list is limited to.
    :param domain: label or IRI of the module that it is limited to.
    """
    class_name = class_reference(metamodel, chosen) if chosen else ""
    asked: Mapping[str, Parameter] = {"class": class_name, "domain": domain}
    domains = domain_choices(metamodel)
    chosen_domain = next((iri for iri, label in domains if domain in (iri, label)), "")
    domain_label = dict(domains).get(chosen_domain, "")
    return ListPage(
        heading=chosen.label if chosen else domain_label or "Everything",
        definition=chosen.definition if chosen else "",
        class_name=class_name,
        classes=entity_class_choices(metamodel),
        domain=chosen_domain,
        domains=domains,
        summary=_summary(page.total, len(page.items), page.offset),
        items=tuple(entity_link(metamodel, links, each) for each in page.items),
        pager=_pager(page, lambda offset: links.to("/entities", **_later(asked, offset))),
        json=links.api("entities", asked),
    )


def search_page(
    metamodel: Metamodel,
    links: Links,
    text: str,
    page: Page[SearchHit],
    chosen: ClassTerm | None,
) -> SearchPage:
    """Describe one page of search results."""
    class_name = class_reference(metamodel, chosen) if chosen else ""
    asked: Mapping[str, Parameter] = {"q": text, "class": class_name}
    return SearchPage(
        text=text,
        class_name=class_name,
        classes=entity_class_choices(metamodel),
        summary=_summary(page.total, len(page.items), page.offset),
        items=tuple(
            entity_link(metamodel, links, each.entity, _pieces(each.snippet)) for each in page.items
        ),
        pager=_pager(page, lambda offset: links.to("/search", **_later(asked, offset))),
    )


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    """Split a snippet at the words that stand in brackets because they were searched for."""
    pieces = FOUND.split(snippet)
    return tuple((text, place % 2 == 1) for place, text in enumerate(pieces) if text)


def _later(asked: Mapping[str, Parameter], offset: int) -> dict[str, Parameter]:
    return {**asked, "offset": offset or None}


def _pager(page: Page[EntitySummary] | Page[SearchHit], address: object) -> Pager:
    assert callable(address)
    return Pager.of(
        offset=page.offset,
        shown=len(page.items),
        total=page.total,
        limit=page.limit,
        address=address,
    )


def _summary(total: int, shown: int, offset: int) -> str:
    if not total:
        return "Nothing was found."
    if not shown:
        return f"There are {total}, and none after the first {offset}."
    found = "1 found" if total == 1 else f"{total} found"
    return found if shown == total else f"{found}, {offset + 1} to {offset + shown} shown."
