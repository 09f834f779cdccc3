"""The home page: what is in here by domain, and how to ask, shown on the data itself."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.errors import OrthogramicError
from orthogramic.facade import Repository
from orthogramic.metamodel import Metamodel, SavedQuery, Severity
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.statistics import RelationshipCount, Statistics
from orthogramic.web.links import Links
from orthogramic.web.views.classes import class_address
from orthogramic.web.views.entity import Download
from orthogramic.web.views.question import DEPENDENCIES, IMPACT
from orthogramic.web.views.results import SEVERITY_COUNTED
from orthogramic.web.views.saved import answerable

#: How many classes, and entities of each, are looked at to find one worth asking about.
CLASSES_TRIED = 12
ENTITIES_TRIED = 1
#: How many saved queries are asked to find one that the data answers.
QUERIES_TRIED = 6
MOST_RELATIONSHIPS = 12
EXPORTS = (
    ("Turtle", "turtle"),
    ("TriG", "trig"),
    ("N-Quads", "nquads"),
    ("RDF/XML", "rdfxml"),
    ("JSON-LD", "jsonld"),
    ("ArchiMate", "archimate"),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Something with its number, and where it is listed."""

    label: str
    count: int
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DomainView:
    """A domain with its classes that have entities."""

    label: str
    count: int
    href: str
    classes: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question that has an answer here."""

    question: str
    explanation: str
    command: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page."""

    figures: tuple[Counted, ...]
    examples: tuple[Example, ...]
    checks: tuple[Counted, ...]
    domains: tuple[DomainView, ...]
    relationships: tuple[Counted, ...]
    downloads: tuple[Download, ...]


def home_page(
    metamodel: Metamodel,
    statistics: Statistics,
    examples: tuple[Example, ...],
    counts: Mapping[str, int],
    links: Links,
) -> HomePage:
    """Describe what the repository holds.

    :param counts: how many validation results stand, by severity; empty if nobody knows.
    """
    return HomePage(
        figures=(
            Counted("entities", statistics.entities),
            Counted("relationships", statistics.relationships),
            Counted("statements", statistics.triples),
            Counted("inferred", statistics.inferred),
            Counted("sources", len(statistics.graphs)),
        ),
        examples=examples,
        checks=tuple(
            Counted(SEVERITY_COUNTED[Severity(name)][count != 1], count, links.results(name))
            for name, count in counts.items()
        ),
        domains=tuple(
            DomainView(
                label=domain.label,
                count=domain.entities,
                href=links.entities(domain=domain.iri),
                classes=tuple(
                    Counted(each.label, each.entities, links.entities(each.name))
                    for each in domain.classes
                ),
            )
            for domain in statistics.domains
        ),
        relationships=tuple(
            _relationship(metamodel, links, each)
            for each in statistics.by_relationship[:MOST_RELATIONSHIPS]
        ),
        downloads=tuple(
            Download(label, links.api("export", {"format": name})) for label, name in EXPORTS
        ),
    )


def _relationship(metamodel: Metamodel, links: Links, counted: RelationshipCount) -> Counted:
    """Describe a relationship; where its verb is not enough, its classes tell it apart."""
    term = metamodel.properties[NamedNode(counted.iri)]
    domains = [each for each in term.domains if each in metamodel.classes]
    href = ""
    if len(domains) == 1:
        anchor = f"#property-{term.name}"
        href = class_address(metamodel, links, domains[0]) + anchor
    note = ", ".join(metamodel.class_label(each) for each in domains)
    return Counted(counted.label, counted.links, href, note)


def find_examples(
    repository: Repository, statistics: Statistics, links: Links
) -> tuple[Example, ...]:
    """Work three examples out of the data: dependencies, impact, a saved query.

    A few entities of each class are tried, and the one that depends on most is taken; looking at
    all of them would be no better and cost much more.
    """
    found: list[Example] = []
    tried = list(_tried(repository, statistics))
    if tried:
        best = max(tried, key=lambda each: _reach(repository, each))
        found += _questions(repository, best, links)
    return (*found, *_saved_example(repository, links))


def _tried(repository: Repository, statistics: Statistics) -> Iterator[EntitySummary]:
    classes = [each.name for domain in statistics.domains for each in domain.classes]
    for name in classes[:CLASSES_TRIED]:
        yield from repository.entities(class_name=name, limit=ENTITIES_TRIED).items


def _reach(repository: Repository, entity: EntitySummary) -> int:
    try:
        return repository.dependencies(entity.iri, limit=1, paths=0).total
    except OrthogramicError:
        return 0


def _questions(repository: Repository, entity: EntitySummary, links: Links) -> Iterator[Example]:
    try:
        hits = repository.dependencies(entity.iri, limit=100).hits
    except OrthogramicError:
        return
    if not hits:
        return
    classes = Counter(hit.entity.class_name for hit in hits)
    wanted = max(classes, key=lambda name: (classes[name], name))
    yield Example(
        question=f"What does {entity.label} depend on?",
        explanation=f"Ranked, with the reason for each; here only of class {wanted}.",
        command=_command("dependencies", entity.label, "--to", wanted),
        href=links.ask(direction=DEPENDENCIES, source=entity.label, to=wanted),
    )
    distant = max(hits, key=lambda hit: (hit.entity.class_name == wanted, hit.hops > 1)).entity
    yield Example(
        question=f"Who or what is affected if {distant.label} changes?",
        explanation=f"The same relationships walked the other way, back to {entity.label}.",
        command=_command("impact", distant.label),
        href=links.ask(direction=IMPACT, source=distant.label),
    )


def _saved_example(repository: Repository, links: Links) -> Iterator[Example]:
    queries = repository.queries()
    ready = [each for each in queries if answerable(each, {})]
    tried = ready[:QUERIES_TRIED]
    answered = next((each for each in tried if _has_rows(repository, each)), None)
    chosen = answered or next(iter((*ready, *queries)), None)
    if chosen is not None:
        run = {"run": "1"} if ready else {}
        yield Example(
            question=chosen.summary,
            explanation="A saved query: worked out once, asked again with a click.",
            command=_command("query", chosen.name),
            href=links.saved_query(chosen.name, **run),
        )


def _has_rows(repository: Repository, query: SavedQuery) -> bool:
    try:
        return bool(repository.saved_query(query.name, {}).rows)
    except OrthogramicError:
        return False


def _command(*words: str) -> tuple[str, ...]:
    """Return a command for a shell, word by word."""
    return tuple(shlex.quote(each) for each in ("orthogramic", *words))
