"""A store of the reference data that owes nothing to the engine, to check saved queries against.

It reads the same files, derives what the ontology entails with a few lines of its own, and asks
pyoxigraph directly. Where the engine and this store disagree, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    Store,
    Triple,
    Variable,
    parse,
)

ROOT = Path(__file__).parents[2]
DATASET = ROOT / "data" / "wealth-management"
GRAPHS = {
    name: NamedNode(f"https://data.orthogramic.com/graph/wealth-management/{name}")
    for name in ("tables", "illustrative")
}
ENTITIES = "https://data.orthogramic.com/id/"
METAMODEL = "https://orthogramic.com/metamodel#"
SYSTEM = "https://orthogramic.com/repository#"
INFERRED, ONTOLOGY, SHAPES = (
    NamedNode(SYSTEM + name) for name in ("inferred", "ontology", "shapes")
)

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SUB_CLASS = NamedNode(f"{_RDFS}subClassOf")
_SUB_PROPERTY = NamedNode(f"{_RDFS}subPropertyOf")
_INVERSE = NamedNode(f"{_OWL}inverseOf")
_SYMMETRIC = NamedNode(f"{_OWL}SymmetricProperty")

Value = NamedNode | Literal
Term = NamedNode | BlankNode | Literal | Triple


def turtle(folder: str) -> list[Triple]:
    """Return the triples of all Turtle files under a folder of the bundle.

    Shapes in ``meta`` are about the bundle itself, not about data.
    """
    return [
        quad.triple
        for path in sorted((ROOT / folder).rglob("*.ttl"))
        if path.parent.name != "meta"
        for quad in parse(path=path, rename_blank_nodes=True)
    ]


def data_triples(name: str) -> list[Triple]:
    """Return the triples of one graph of the reference dataset."""
    return [quad.triple for quad in parse(path=DATASET / f"{name}.ttl")]


def entail(ontology: Iterable[Triple], asserted: Iterable[Triple]) -> set[Triple]:
    """Derive superclasses, superproperties, inverses and symmetric links, to the fixpoint."""
    schema = list(ontology)
    supers = [(t.subject, t.object) for t in schema if t.predicate == _SUB_CLASS]
    wider = [(t.subject, t.object) for t in schema if t.predicate == _SUB_PROPERTY]
    inverse: list[tuple[Term, Term]] = [
        (t.subject, t.object) for t in schema if t.predicate == _INVERSE
    ]
    inverse += [(second, first) for first, second in inverse]
    inverse += [(t.subject, t.subject) for t in schema if t.object == _SYMMETRIC]
    known = set(asserted)
    fresh = set(known)
    while fresh:
        derived: set[Triple] = set()
        for each in fresh:
            if each.predicate == RDF_TYPE:
                derived |= {
                    Triple(each.subject, RDF_TYPE, upper)
                    for lower, upper in supers
                    if lower == each.object and isinstance(upper, NamedNode)
                }
            derived |= {
                Triple(each.subject, upper, each.object)
                for lower, upper in wider
                if lower == each.predicate and isinstance(upper, NamedNode)
            }
            if isinstance(each.object, NamedNode):
                derived |= {
                    Triple(each.object, other, each.subject)
                    for one, other in inverse
                    if one == each.predicate and isinstance(other, NamedNode)
                }
        fresh = derived - known
        known |= fresh
    return known - set(asserted)


class ReferenceStore:
    """The reference data with ontology and shapes, queried as the design says."""

    def __init__(self, extra: Iterable[Triple] = ()) -> None:
        """Load everything.

        :param extra: further triples for the illustrative graph.
        """
        self._store = Store()
        ontology = turtle("ontology")
        asserted = {name: set(data_triples(name)) for name in GRAPHS}
        asserted["illustrative"] |= set(extra)
        self._fill(ONTOLOGY, ontology)
        self._fill(SHAPES, turtle("shapes"))
        for name, triples in asserted.items():
            self._fill(GRAPHS[name], triples)
        self._fill(INFERRED, entail(ontology, set().union(*asserted.values())))

    def _fill(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        self._store.bulk_extend(
            Quad(each.subject, each.predicate, each.object, graph) for each in triples
        )

    def select(
        self, text: str, parameters: Mapping[str, Value]
    ) -> tuple[list[str], list[dict[str, Value | None]]]:
        """Answer a SELECT query over the data and what follows from it.

        :returns: the column names, and one mapping of column to term per row.
        """
        answer = self._store.query(
            text,
            default_graph=[*GRAPHS.values(), INFERRED],
            substitutions={Variable(name): term for name, term in parameters.items()} or None,
        )
        assert isinstance(answer, QuerySolutions)
        columns = [each.value for each in answer.variables]
        rows = [{name: solution[name] for name in columns} for solution in answer]
        return columns, rows

    def label(self, subject: NamedNode) -> str | None:
        """Return the label of an entity of the data or of a term of the metamodel, if any."""
        label = NamedNode(f"{_RDFS}label")
        found = {
            quad.object.value
            for graph in (*GRAPHS.values(), INFERRED, ONTOLOGY)
            for quad in self._store.quads_for_pattern(subject, label, None, graph)
            if isinstance(quad.object, Literal)
        }
        return min(found, default=None)


def compact(term: Value | None) -> str | None:
    """Spell a term as golden answers do: key of an entity, local name of a term, plain literal."""
    if term is None:
        return None
    if isinstance(term, NamedNode) and term.value.startswith(ENTITIES):
        return term.value.removeprefix(ENTITIES).split("/", 1)[1]
    return term.value.removeprefix(METAMODEL)
