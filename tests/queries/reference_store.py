"""A store of shipped data that owes nothing to the engine, to check saved queries against.

It reads the same files, derives what the ontology entails with a few lines of its own, and asks
pyoxigraph directly. Where the engine and this store disagree, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple, Variable

from tests.data.datasets import (
    ENTITIES,
    METAMODEL,
    SYSTEM,
    bundle_triples,
    datasets,
    entail,
    files,
    triples,
)

#: The dataset in which most answers can be followed by eye.
WORKED_EXAMPLE = ("wealth-management",)
INFERRED, ONTOLOGY, SHAPES = (
    NamedNode(SYSTEM + name) for name in ("inferred", "ontology", "shapes")
)
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_EXTRA = NamedNode("https://data.orthogramic.com/graph/planted")

Value = NamedNode | Literal


def everything() -> tuple[str, ...]:
    """Return the names of all datasets."""
    return tuple(each.name for each in datasets())


class ReferenceStore:
    """Data with ontology and shapes, queried as the design says."""

    def __init__(
        self,
        data: Sequence[str] = WORKED_EXAMPLE,
        extra: Iterable[Triple] = (),
        *,
        restate: Callable[[set[Triple]], set[Triple]] = set,
        twice: bool = False,
    ) -> None:
        """Load everything.

        :param data: names of datasets (``bank``) or of single graphs (``bank/enterprise``).
        :param extra: further triples, in a graph of their own.
        :param restate: what becomes of the content of each graph before it is loaded.
        :param twice: whether the default graph holds every statement once more, in a second graph,
            which ``GRAPH`` does not see.
        """
        self._store = Store()
        ontology = bundle_triples("ontology")
        asserted = {graph: restate(set(triples(path))) for graph, path in files(data).items()}
        asserted[_EXTRA] = set(extra)
        self._graphs = list(asserted)
        self._copies = [NamedNode(f"{graph.value}/copy") for graph in asserted if twice]
        for copy, content in zip(self._copies, asserted.values(), strict=False):
            self._fill(copy, content)
        self._fill(ONTOLOGY, ontology)
        self._fill(SHAPES, bundle_triples("shapes"))
        for graph, content in asserted.items():
            self._fill(graph, content)
        self._fill(INFERRED, entail(ontology, set().union(*asserted.values())))

    def _fill(self, graph: NamedNode, content: Iterable[Triple]) -> None:
        self._store.bulk_extend(
            Quad(each.subject, each.predicate, each.object, graph) for each in content
        )

    def select(
        self, text: str, parameters: Mapping[str, Value]
    ) -> tuple[list[str], list[dict[str, Value | None]]]:
        """Answer a SELECT query over the data and what follows from it.

        :returns: the column names, and one mapping of column to term per row.
        """
        answer = self._store.query(
            text,
            default_graph=[*self._graphs, *self._copies, INFERRED],
            named_graphs=[*self._graphs, INFERRED, ONTOLOGY, SHAPES],
            substitutions={Variable(name): term for name, term in parameters.items()} or None,
        )
        assert isinstance(answer, QuerySolutions)
        columns = [each.value for each in answer.variables]
        rows = [{name: solution[name] for name in columns} for solution in answer]
        return columns, rows

    def label(self, subject: NamedNode) -> str | None:
        """Return the label of an entity of the data or of a term of the metamodel, if any."""
        found = {
            quad.object.value
            for graph in (*self._graphs, INFERRED, ONTOLOGY)
            for quad in self._store.quads_for_pattern(subject, _LABEL, None, graph)
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
