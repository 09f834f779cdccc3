"""Which links are missing: pairs of an entity and an expectation, as columns of numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from orthogramic.analysis.gaps.question import EXPECTED, GapQuestion
from orthogramic.graph import EntityGraph, Expectation
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.graph.expectations import expectations_of, lacking_in
from orthogramic.graph.model import STANDINGS
from orthogramic.metamodel import Metamodel


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """What is missing of what a question asks about.

    :param expectations: everything that is expected, asked about or not.
    :param asked: flags of those that the question is about.
    :param entities: flags of the entities that it is about, by number.
    :param holder: the entity of each gap, in the order of IRIs; ``wanting``: its expectation.
    """

    expectations: tuple[Expectation, ...]
    asked: Flags
    entities: Flags
    holder: Numbers
    wanting: Numbers

    def chosen(self, rows: Flags) -> Missing:
        """Return some of the gaps."""
        return Missing(
            self.expectations, self.asked, self.entities, self.holder[rows], self.wanting[rows]
        )


def missing_links(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: GapQuestion,
    members: Collection[str] | None = None,
) -> Missing:
    """Find what is missing.

    :param members: IRIs of the entities that the named graphs of the question describe;
        ``None`` for all.
    """
    expectations, holder, wanting = _lacking(graph, metamodel, question)
    asked = np.array([_is_asked(graph, question, each) for each in expectations], np.bool_)
    entities = _entities(graph, metamodel, question, members)
    found = Missing(expectations, asked, entities, holder, wanting)
    return found.chosen(asked[wanting] & entities[holder])


def _lacking(
    graph: EntityGraph, metamodel: Metamodel, question: GapQuestion
) -> tuple[tuple[Expectation, ...], Numbers, Numbers]:
    """Return what is expected, and who lacks what of it, in the order of IRIs and shapes.

    The graph knows what lacks of what its answers take into account; the rest is looked up.
    """
    present = graph.present()
    row, count = graph.lacking_table.rows.positions(present)
    holder = present.repeat(count)
    wanting = graph.lacking_table.columns.arrays[0].take(row)
    further = frozenset(question.severities).difference(EXPECTED)
    if not further:
        return graph.expectations, holder, wanting
    others = expectations_of(metamodel, graph.connections, further)
    other_holder, other_wanting = lacking_in(graph, others)
    holder = np.concatenate([holder, other_holder])
    wanting = np.concatenate([wanting, other_wanting + len(graph.expectations)])
    order = np.lexsort((wanting, graph.order.keys(holder)))
    return (*graph.expectations, *others), holder[order], wanting[order]


def _is_asked(graph: EntityGraph, question: GapQuestion, expectation: Expectation) -> bool:
    if expectation.shape.severity not in question.severities:
        return False
    if not question.via:
        return True
    kinds = graph.kinds_of(frozenset(question.via))
    return any(kinds[connection * STANDINGS] for connection, _ in expectation.routes)


def _entities(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: GapQuestion,
    members: Collection[str] | None,
) -> Flags:
    of_class = np.array([not each.is_absence for each in graph.classifications], np.bool_)
    if question.classes:
        of_class &= graph.instances(frozenset(question.classes))
    if question.domains:
        of_class &= np.array(
            [module_of(graph, metamodel, code) in question.domains for code in range(len(of_class))]
        )
    found: Flags = of_class[graph.classification]
    if members is not None:
        numbers = [number for each in members if (number := graph.find(each)) is not None]
        described = np.zeros(graph.size, np.bool_)
        described[numbers] = True
        found &= described
    return found


def module_of(graph: EntityGraph, metamodel: Metamodel, code: int) -> object:
    """Return the module of the most specific class of a combination of classes, if any."""
    iri = metamodel.most_specific(graph.classifications[code].classes)
    return metamodel.classes[iri].module if iri is not None else None
