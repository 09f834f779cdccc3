"""Reach and scores of the reference data, by SPARQL property paths and by NetworkX.

Built from the exported quads and the Turtle of the bundle; nothing here is asked of the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

import networkx as nx
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse

ROOT = Path(__file__).parents[2]
KR = "https://orthogramic.com/repository#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SYSTEM = frozenset(f"{KR}{each}" for each in ("inferred", "ontology", "shapes", "commits"))


@dataclass(frozen=True, slots=True)
class Rule:
    """Which way a change passes along a property, and how much of it."""

    flow: str
    weight: float


def bundle() -> Store:
    """Return the ontology with its profiles, in one graph."""
    store = Store()
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        store.extend(parse(path=path, rename_blank_nodes=True))
    return store


def rows(store: Store, text: str) -> list[list[str]]:
    """Return the rows of a query as plain strings, empty where a cell is unbound."""
    prefixed = f"PREFIX kr: <{KR}> PREFIX rdfs: <{RDFS}> {text}"
    found = store.query(prefixed, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    width = range(len(found.variables))
    return [[cell.value if (cell := row[at]) is not None else "" for at in width] for row in found]


def rules(ontology: Store) -> dict[str, Rule]:
    """Return the rule of each property; the nearest superproperty with a rule gives its own."""
    stated = {
        on: Rule(flow.removeprefix(KR), float(weight))
        for on, flow, weight in rows(
            ontology,
            "SELECT ?p ?f ?w { ?profile kr:isDefault true ; kr:rule ?r ."
            " ?r kr:onProperty ?p ; kr:flow ?f ; kr:weight ?w }",
        )
    }
    parents = rows(ontology, "SELECT ?sub ?super { ?sub rdfs:subPropertyOf+ ?super }")
    inherited = {sub: stated[above] for sub, above in parents if above in stated}
    return {**inherited, **stated}


def data(exported: bytes) -> Store:
    """Return the asserted quads of an export."""
    store = Store()
    store.extend(q for q in parse(exported, RdfFormat.N_QUADS) if q.graph_name.value not in SYSTEM)
    return store


def _needs(known: Mapping[str, Rule]) -> str:
    """Return the property path of one step from something to what it needs."""
    ways = (("", "ObjectToSubject"), ("^", "SubjectToObject"))
    return "|".join(
        f"{way}<{iri}>"
        for way, flow in ways
        for iri, rule in known.items()
        if rule.flow in (flow, "Both")
    )


def reached(store: Store, known: Mapping[str, Rule], source: str, *, impact: bool) -> set[str]:
    """Return all that a source needs, or that needs it, however far away."""
    path = _needs(known)
    pattern = f"?x ({path})+ <{source}>" if impact else f"<{source}> ({path})+ ?x"
    return {row[0] for row in rows(store, f"SELECT DISTINCT ?x {{ {pattern} }}")} - {source}


def network(store: Store, known: Mapping[str, Rule]) -> nx.MultiDiGraph[str]:
    """Return a graph with an edge from each dependent to what it needs, as long as it is weak."""
    strengths = {
        (graph, source, on, target): float(strength or "3") / 5
        for graph, source, on, target, strength in rows(
            store,
            "SELECT ?g ?s ?p ?o ?n { GRAPH ?g { ?q kr:source ?s ; kr:property ?p ; kr:target ?o ."
            " OPTIONAL { ?q kr:strength ?n } } }",
        )
    }
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, rule in known.items():
        for quad in store.quads_for_pattern(None, NamedNode(iri), None, None):
            s, o, g = (each.value for each in (quad.subject, quad.object, quad.graph_name))  # type: ignore[union-attr]
            length = -log(rule.weight * strengths.get((g, s, iri, o), 1.0))
            if rule.flow in ("ObjectToSubject", "Both"):
                graph.add_edge(s, o, length=length)
            if rule.flow in ("SubjectToObject", "Both"):
                graph.add_edge(o, s, length=length)
    return graph


def scores(graph: nx.MultiDiGraph[str], sources: Iterable[str]) -> dict[str, float]:
    """Return the greatest product of weights to each thing reached (Dijkstra on -log)."""
    lengths = nx.multi_source_dijkstra_path_length(graph, set(sources), weight="length")
    return {node: exp(-length) for node, length in lengths.items() if node not in set(sources)}
