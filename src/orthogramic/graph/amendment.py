"""What a graph must learn of a commit, and the next graph that knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph.assembly import assemble, distinct, places_in_order
from orthogramic.graph.columns import (
    Classifier,
    EdgeColumns,
    EntityColumns,
    Turning,
    read_edges,
)
from orthogramic.graph.edge_changes import Edge, edge_change, with_edges
from orthogramic.graph.expectations import by_class, concerned, lacked_by
from orthogramic.graph.late_order import with_late
from orthogramic.graph.model import (
    ABSENCE,
    STANDINGS,
    Classification,
    EntityGraph,
    EntityRecord,
    Relationship,
)
from orthogramic.graph.scratch import Scratch
from orthogramic.metamodel.metamodel import Metamodel

#: A graph is made anew, in memory, when more than this share of its rows moved.
_MOST_MOVED_SHARE = 16
_MOST_MOVED = 1 << 12


class LinkPlace(NamedTuple):
    """Where a link stands: IRIs of subject, primary property, object and named graph."""

    subject: str
    property: str
    object: str
    graph: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is the case now, wherever a change may have made a difference.

    :param entities: by IRI, what is an entity there; ``None`` if nothing is.
    :param places: where links may have come, gone or changed; those of symmetric properties from
        both ends. All places at an entity that appears.
    :param relationships: all that is said at these places now.
    """

    entities: Mapping[str, EntityRecord | None]
    places: frozenset[LinkPlace]
    relationships: tuple[Relationship, ...]


def amend(
    graph: EntityGraph, amendment: Amendment, metamodel: Metamodel, turning: Turning
) -> EntityGraph:
    """Return the graph of the next snapshot; the graph that is given stays what it is.

    The cost grows with the amendment, and with what touches the entities it speaks of. What does
    not change is shared; when too much has changed, everything is packed anew.

    :param turning: as :func:`orthogramic.graph.columns.turning_of` says it of this graph.
    """
    following = amended(graph, amendment, metamodel, turning)
    return packed(following) if _is_worn(following) else following


def amended(
    graph: EntityGraph, amendment: Amendment, metamodel: Metamodel, turning: Turning
) -> EntityGraph:
    """Return the graph as :func:`amend` does, but in any case with the numbers of the one given.

    Entities have the numbers that they have there; those that come get higher ones.
    """
    graph = _with_entities(graph, amendment.entities, metamodel)
    told = read_edges(amendment.relationships, partial(_present, graph), turning)
    graph, told = _with_graphs(graph, told)
    wanted = {
        edge: int(standing)
        for edge, standing in _edges(distinct(told, graph.connections, graph.order))
    }
    places = {*_numbered(graph, amendment.places, turning), *wanted}
    gone = [graph.find(iri) for iri, record in amendment.entities.items() if record is None]
    change = edge_change(graph, places, [each for each in gone if each is not None], wanted)
    graph = with_edges(graph, change)
    of_class = by_class(graph.expectations)
    touched = set(concerned(graph, change.touched(), of_class))
    touched.update(number for iri in amendment.entities if (number := graph.find(iri)) is not None)
    return _with_lacking(graph, sorted(touched), of_class)


def _present(graph: EntityGraph, iri: str) -> int | None:
    """Return the number of what is an entity."""
    number = graph.find(iri)
    if number is None or graph.classification_of(number).is_absence:
        return None
    return number


def _edges(edges: EdgeColumns) -> Iterator[tuple[Edge, int]]:
    columns = (edges.subject, edges.property, edges.object, edges.graph, edges.standing)
    for *edge, standing in zip(*(each.tolist() for each in columns), strict=True):
        yield Edge(*edge), standing


def _numbered(graph: EntityGraph, places: Iterable[LinkPlace], turning: Turning) -> Iterator[Edge]:
    """Yield the places at which the graph may have an edge."""
    graphs = {iri: number for number, iri in enumerate(graph.graphs)}
    for each in places:
        subject, target = graph.find(each.subject), graph.find(each.object)
        connection, source = turning.get(each.property), graphs.get(each.graph)
        if None not in (subject, target, connection, source):
            yield Edge(subject, connection[0], target, source)  # type: ignore[arg-type, index]


def _is_worn(graph: EntityGraph) -> bool:
    """Tell whether so much has moved that packing pays."""
    tables = (graph.lacking_table, graph.silent, *(each.table for each in graph.arcs.values()))
    moved = max(len(each.rows.at) for each in tables)
    if max(moved, len(graph.added)) > max(graph.size // _MOST_MOVED_SHARE, _MOST_MOVED):
        return True
    columns = (graph.edges, *(each.columns for each in tables))
    return any(each.used > 2 * each.packed + _MOST_MOVED * _MOST_MOVED_SHARE for each in columns)


def packed(graph: EntityGraph) -> EntityGraph:
    """Return an equal graph without anything that is gone, its entities in the order of IRIs."""
    present = graph.present()
    place = np.zeros(graph.size, np.int32)
    place[present] = np.arange(len(present))
    edges = graph.all_edges()
    kind = graph.kind[edges]
    numbers = present.tolist()
    return assemble(
        EntityColumns(
            [graph.entities[each] for each in numbers],
            [graph.labels[each] for each in numbers],
            graph.classifications,
            graph.classification[present],
        ),
        EdgeColumns(
            place[graph.subject[edges]],
            kind // STANDINGS,
            place[graph.object[edges]],
            graph.graph[edges],
            kind % STANDINGS,
            graph.graphs,
        ),
        graph.connections,
        graph.expectations,
        graph.profile,
        graph.default_strength,
    )


def _with_entities(
    graph: EntityGraph, entities: Mapping[str, EntityRecord | None], metamodel: Metamodel
) -> EntityGraph:
    """Return the graph with what is known of some entities, its edges left as they are."""
    numbers = {iri: graph.find(iri) for iri in entities}
    fresh = sorted(iri for iri in entities if numbers[iri] is None and entities[iri] is not None)
    added = {iri: graph.size + place for place, iri in enumerate(fresh)}
    numbers.update(added)
    size = graph.size + len(fresh)
    codes, classifications = _codes(graph, entities, metamodel)
    classification = np.zeros(size, graph.classification.dtype)
    if len(classifications) > np.iinfo(classification.dtype).max:
        classification = classification.astype(np.int32)
    classification[: graph.size] = graph.classification
    labels: dict[int, str] = {}
    for iri, record in entities.items():
        number = numbers[iri]
        if number is not None:
            classification[number] = codes[iri]
            if record is not None and (iri in added or graph.labels[number] != record.label):
                labels[number] = record.label
    roomy = size <= graph.scratch.size
    return replace(
        graph,
        entities=graph.entities.changed({number: iri for iri, number in added.items()}),
        labels=graph.labels.changed(labels),
        added=MappingProxyType({**graph.added, **added}) if added else graph.added,
        order=with_late(graph.order, graph.entities, fresh) if fresh else graph.order,
        size=size,
        classifications=classifications,
        classification=classification,
        scratch=graph.scratch if roomy else Scratch(2 * size),
    )


def _codes(
    graph: EntityGraph, entities: Mapping[str, EntityRecord | None], metamodel: Metamodel
) -> tuple[dict[str, int], tuple[Classification, ...]]:
    """Return the classification of each entity, and all there are."""
    classifier = Classifier(metamodel, graph.classifications)
    codes = {
        iri: classifier.code(frozenset(record.classes))
        for iri, record in entities.items()
        if record is not None
    }
    classifications = classifier.classifications
    gone = [iri for iri, record in entities.items() if record is None]
    if gone and ABSENCE not in classifications:
        classifications = (*classifications, ABSENCE)
    if gone:
        codes.update(dict.fromkeys(gone, classifications.index(ABSENCE)))
    return codes, classifications


def _with_graphs(graph: EntityGraph, told: EdgeColumns) -> tuple[EntityGraph, EdgeColumns]:
    """Number named graphs as the graph does, those that are new to it behind the others."""
    known = {iri: number for number, iri in enumerate(graph.graphs)}
    numbers = [known.setdefault(iri, len(known)) for iri in told.graphs]
    graphs = tuple(known)
    renumbered = np.array(numbers, np.int64)[told.graph]
    if len(graphs) > len(graph.graphs):
        graph = replace(graph, graphs=graphs, graph_order=places_in_order(graphs))
    return graph, replace(told, graph=renumbered, graphs=graphs)


def _with_lacking(
    graph: EntityGraph, entities: Iterable[int], of_class: dict[NamedNode, list[int]]
) -> EntityGraph:
    """Look again at what some entities lack."""
    rows = {}
    for each in entities:
        lacked = lacked_by(graph, each, of_class)
        if not np.array_equal(lacked, graph.lacking_table.members(each)[0]):
            rows[each] = (lacked,)
    return replace(graph, lacking_table=graph.lacking_table.with_rows(rows)) if rows else graph
