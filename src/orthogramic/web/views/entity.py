"""The page of one entity: what is recorded of it, and how it is linked both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from orthogramic.metamodel import Metamodel
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.views import AttributeValues, EntityView, Link, StructureView
from orthogramic.syntax import RdfSyntax
from orthogramic.vocabulary import DCTERMS
from orthogramic.web.links import Links
from orthogramic.web.views.classes import class_address, class_reference, entity_link
from orthogramic.web.views.completeness import open_points
from orthogramic.web.views.graphs import GraphName, GraphNames
from orthogramic.web.views.parts import Part, PartTable, Row, sections
from orthogramic.web.views.properties import Expectation
from orthogramic.web.views.terms import Cell, TermCells

#: Links of one verb that a page shows.
MOST_LINKS = 100

DOWNLOADS = (RdfSyntax.TURTLE, RdfSyntax.JSONLD, RdfSyntax.RDFXML, RdfSyntax.NTRIPLES)


@dataclass(frozen=True, slots=True)
class Download:
    """An address where the same thing is found in another form."""

    label: str
    href: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    """One relationship to another entity."""

    label: str
    kind: str
    href: str
    strength: int | None
    qualified: bool
    graph: str
    graph_label: str
    illustrative: bool
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The links of one verb; ``hidden`` counts those that are not shown."""

    verb: str
    total: int
    links: tuple[LinkView, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything on the page of an entity but its two question panels."""

    iri: str
    label: str
    key: str
    kind: str
    kind_definition: str
    kind_href: str
    list_href: str
    module: str
    module_href: str
    description: str
    illustrative: bool
    attributes: tuple[Row, ...]
    structures: tuple[Part | PartTable, ...]
    groups: tuple[LinkGroup, ...]
    open_points: tuple[Expectation, ...]
    graphs: tuple[GraphName, ...]
    permalink: str
    downloads: tuple[Download, ...]


class EntityPages:
    """Makes the pages of entities of one repository.

    :param cells: makes cells of terms.
    :param graphs: names the graphs.
    """

    def __init__(
        self, metamodel: Metamodel, links: Links, cells: TermCells, graphs: GraphNames
    ) -> None:
        self._metamodel = metamodel
        self._links = links
        self._cells = cells
        self._graphs = graphs

    def page(self, entity: EntityView) -> EntityPage:
        """Describe an entity."""
        summary = entity.summary
        iri = NamedNode(summary.class_iri)
        term = self._metamodel.classes.get(iri)
        module = self._metamodel.modules.get(term.module) if term and term.module else None
        graphs = tuple(self._graphs.name(each) for each in entity.graphs)
        described = [each for each in entity.attributes if self._is_description(each)]
        titles = self._metamodel.label_properties()
        shown = [
            each
            for each in entity.attributes
            if each not in described and NamedNode(each.property_iri) not in titles
        ]
        return EntityPage(
            iri=summary.iri,
            label=summary.label,
            key=summary.key,
            kind=self._metamodel.class_label(iri),
            kind_definition=term.definition if term else "",
            kind_href=class_address(self._metamodel, self._links, iri) if term else "",
            list_href=self._links.entities(
                class_reference(self._metamodel, term) if term else summary.class_name
            ),
            module=module.label if module else "",
            module_href=self._links.entities(domain=module.label) if module else "",
            description=_first_text(described),
            illustrative=bool(graphs) and all(each.illustrative for each in graphs),
            attributes=self._rows(shown),
            structures=sections(self._parts(entity.structures)),
            groups=self._groups((*entity.outgoing, *entity.incoming)),
            open_points=open_points(self._metamodel, entity),
            graphs=graphs,
            permalink=self._links.entity(summary.class_name, summary.key),
            downloads=self._downloads(summary),
        )

    def _is_description(self, attribute: AttributeValues) -> bool:
        """Tell whether an attribute is what Dublin Core calls a description."""
        term = self._metamodel.properties.get(NamedNode(attribute.property_iri))
        name = DCTERMS.description.value.rsplit("/", 1)[-1]
        return term is not None and (term.name == name or DCTERMS.description in term.ancestors)

    def _rows(self, attributes: Iterable[AttributeValues]) -> tuple[Row, ...]:
        return tuple(
            Row(
                label=_capitalised(each.label),
                description=each.description,
                cells=tuple(self._cells.cell(value) for value in each.values),
            )
            for each in attributes
        )

    def _parts(self, structures: Sequence[StructureView]) -> tuple[Part, ...]:
        counts: dict[str, int] = {}
        for each in structures:
            counts[each.property_iri] = counts.get(each.property_iri, 0) + 1
        numbers: dict[str, int] = {}
        parts = []
        for each in structures:
            numbers[each.property_iri] = numbers.get(each.property_iri, 0) + 1
            several = counts[each.property_iri] > 1
            number = numbers[each.property_iri] if several else 0
            parts.append(Part(_capitalised(each.class_label), number, self._inside(each)))
        return tuple(parts)

    def _inside(self, structure: StructureView) -> tuple[Row, ...]:
        links = tuple(
            Row(
                _capitalised(group.verb),
                "",
                tuple(Cell(link.label, link.href, link.kind) for link in group.links),
            )
            for group in self._groups(structure.links)
        )
        nested = self._parts(structure.structures)
        within = (Row("Parts", "", (), nested),) if nested else ()
        return (*self._rows(structure.attributes), *links, *within)

    def _groups(self, found: Iterable[Link]) -> tuple[LinkGroup, ...]:
        verbs: dict[str, list[Link]] = {}
        for link in found:
            verbs.setdefault(link.verb, []).append(link)
        return tuple(
            LinkGroup(
                verb=_capitalised(verb),
                total=len(members),
                links=tuple(self._link(each) for each in members[:MOST_LINKS]),
                hidden=max(0, len(members) - MOST_LINKS),
            )
            for verb, members in verbs.items()
        )

    def _link(self, link: Link) -> LinkView:
        target = entity_link(self._metamodel, self._links, link.entity)
        graph = self._graphs.name(link.graph)
        return LinkView(
            label=target.label,
            kind=target.kind,
            href=target.href,
            strength=link.strength,
            qualified=link.qualified,
            graph=graph.iri,
            graph_label="illustrative" if graph.illustrative else graph.label,
            illustrative=graph.illustrative,
            facts=tuple(
                (_capitalised(fact.label), ", ".join(value.value for value in fact.values))
                for fact in link.facts
            ),
        )

    def _downloads(self, entity: EntitySummary) -> tuple[Download, ...]:
        page = self._links.entity(entity.class_name, entity.key)
        described = tuple(
            Download(each.label, page + each.extensions[0], each.media_type) for each in DOWNLOADS
        )
        document = self._links.under("/api/v1/entities", (entity.class_name, entity.key))
        exchange = self._links.api("export", {"format": "archimate", "entity": entity.iri})
        return (
            *described,
            Download("JSON", document, "application/json"),
            Download("ArchiMate", exchange, "application/xml"),
        )


def _first_text(attributes: Sequence[AttributeValues]) -> str:
    texts = (
        value.value for each in attributes for value in each.values if isinstance(value, Literal)
    )
    return next(texts, "")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
