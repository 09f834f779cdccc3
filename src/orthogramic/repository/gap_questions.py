"""Questions about gaps in a person's words, brought to the graph and answered."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from orthogramic.analysis.gaps import EXPECTED, GapAnswer, GapQuestion, find_gaps
from orthogramic.errors import InvalidParameterError, UnknownGraphError, UnknownTermError
from orthogramic.metamodel import Metamodel, Severity
from orthogramic.repository.asking import graph_name
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection
from orthogramic.vocabulary import RDF


class GapQuestions:
    """Answers which links are missing in one repository.

    :param projection: keeps the graphs that are asked.
    """

    def __init__(self, knowledge: KnowledgeBase, projection: Projection) -> None:
        self._knowledge = knowledge
        self._metamodel = knowledge.metamodel
        self._projection = projection

    def ask(  # noqa: PLR0913 - the parameters of the interface
        self,
        *,
        class_name: str | Sequence[str] = (),
        domain: str | Sequence[str] = (),
        graph: str | Sequence[str] = (),
        via: str | Sequence[str] = (),
        severity: str | Sequence[str] = (),
        cutting: bool = False,
        profile: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> GapAnswer:
        """Answer which links are missing that the shapes expect.

        :param class_name: only gaps of entities of these classes, subclasses included.
        :param domain: only of classes of these modules, by IRI or label.
        :param graph: only of entities that these named graphs describe.
        :param via: only missing links of these relationships.
        :param severity: of the shapes; by default violations and warnings.
        :param cutting: only gaps at which answers about impact or dependencies end.
        :param profile: name of the impact profile; by default the default one.
        :raises UnknownTermError: if there is no such class, domain or relationship.
        :raises UnknownGraphError: if no such graph holds data.
        :raises InvalidParameterError: if there is no such severity, or a value is out of range.
        """
        check_page(limit, offset)
        graphs = tuple(self._graph(each) for each in _several(graph))
        question = GapQuestion(
            classes=tuple(self._metamodel.class_named(each).iri for each in _several(class_name)),
            domains=tuple(domain_named(self._metamodel, each) for each in _several(domain)),
            graphs=graphs,
            via=tuple(self._metamodel.property_named(each).iri for each in _several(via)),
            severities=tuple(map(_severity, _several(severity))) or EXPECTED,
            cutting=cutting,
            limit=limit,
            offset=offset,
        )
        snapshot, projected = self._projection.under(self._metamodel.profile(profile))
        members = self._described_in(graphs) if graphs else None
        return find_gaps(projected, self._metamodel, question, members=members, snapshot=snapshot)

    def _graph(self, name: str) -> NamedNode:
        meant = graph_name(name)
        if meant not in self._knowledge.data_graphs():
            raise UnknownGraphError(f"No graph of data has the IRI <{meant.value}>.")
        return meant

    def _described_in(self, graphs: tuple[NamedNode, ...]) -> frozenset[str]:
        """Return what is told in some graphs to belong to a class."""
        return frozenset(
            quad.subject.value
            for graph in graphs
            for quad in self._knowledge.store.quads(None, RDF.type, None, graph)
            if isinstance(quad.subject, NamedNode)
        )


def domain_named(metamodel: Metamodel, name: str) -> NamedNode:
    """Return the module of a domain.

    :param name: its IRI or label.
    :raises UnknownTermError: if there is none.
    """
    for iri, module in sorted(metamodel.modules.items(), key=lambda each: each[0].value):
        if name in (iri.value, module.label):
            return iri
    raise UnknownTermError(f"No domain is called {name!r}.")


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _severity(name: str) -> Severity:
    try:
        return Severity(name)
    except ValueError:
        known = ", ".join(Severity)
        raise InvalidParameterError(
            f"There is no severity {name!r}; there are {known}.", parameter="severity"
        ) from None
