"""The graph as NetworkX knows graphs: for notebooks and borrowed algorithms, never for answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orthogramic.graph.model import STANDINGS, EntityGraph
from orthogramic.metamodel.model import Modality

if TYPE_CHECKING:
    import networkx


def to_networkx(graph: EntityGraph) -> networkx.MultiDiGraph[str]:
    """Return the edges as asserted, from subject to object.

    :param graph: the graph.
    :returns: nodes are IRIs with ``label`` and ``classes`` (IRIs); edges are keyed by (property
        IRI, named graph IRI) with ``property``, ``graph``, ``flow``, ``weight`` (0 to 1),
        ``modality``, ``qualified`` and ``strength`` (1 to 5, or None where not stated). The
        flow says which way a change travels; an edge of flow ``none`` is there all the same.
    """
    import networkx  # noqa: PLC0415 - slow to import, and most answers never need it

    view: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(profile=graph.profile.value)
    for number in graph.present().tolist():
        classes = graph.classifications[graph.classification[number]].classes
        view.add_node(
            graph.entities[number],
            label=graph.labels[number],
            classes=tuple(each.value for each in classes),
        )
    edges = graph.all_edges()
    columns = tuple(each[edges] for each in (graph.subject, graph.object, graph.graph, graph.kind))
    for subject, target, source, kind in zip(*(each.tolist() for each in columns), strict=True):
        connection = graph.connections[kind // STANDINGS]
        standing = kind % STANDINGS
        view.add_edge(
            graph.entities[subject],
            graph.entities[target],
            key=(connection.iri.value, graph.graphs[source]),
            property=connection.iri.value,
            graph=graph.graphs[source],
            flow=str(connection.flow),
            weight=float(graph.kinds.weight[kind]),
            modality=str(Modality.CERTAIN if graph.kinds.certain[kind] else Modality.POSSIBLE),
            qualified=standing > 0,
            strength=standing - 1 if standing > 1 else None,
        )
    return view
