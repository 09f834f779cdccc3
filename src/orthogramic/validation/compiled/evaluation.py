"""One evaluation of compiled shapes over one graph: shape by shape, over sets of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from orthogramic.validation.compiled.arrays import (
    Flags,
    Numbers,
    among,
    distinct,
)
from orthogramic.validation.compiled.batches import Batch, ValueNodes, failing_rows
from orthogramic.validation.compiled.data_graph import DataGraph
from orthogramic.validation.compiled.literal_values import LiteralValues
from orthogramic.validation.compiled.path_values import path_values
from orthogramic.validation.graph_index import Node
from orthogramic.vocabulary import RDF, RDFS

if TYPE_CHECKING:
    from orthogramic.validation.compiled.plan import Shape, Targets


class Run:
    """One evaluation; keeps what it finds out about classes and literals.

    :param graph: the data.
    """

    def __init__(self, graph: DataGraph) -> None:
        self.graph = graph
        self.literals = LiteralValues()
        self._subclasses: dict[Node, Numbers] = {}

    def evaluate(self, shape: Shape, nodes: Numbers) -> list[Batch]:
        """Return what fails when nodes are validated against a shape.

        :param shape: the shape.
        :param nodes: the nodes, ascending, each once.
        :raises CannotEvaluateError: if only pySHACL can say what follows.
        """
        if shape.deactivated or not len(nodes):
            return []
        if shape.path is None:
            values = ValueNodes(nodes, np.arange(len(nodes)), nodes)
        else:
            values = ValueNodes(nodes, *path_values(self.graph, shape.path, nodes))
        return [
            batch
            for constraint in shape.constraints
            for batch in constraint.failures(self, shape, values)
            if len(batch.rows)
        ]

    def conforming(self, shape: Shape, nodes: Numbers) -> Flags:
        """Tell which nodes conform to a shape: those without any result, of whatever severity."""
        return ~failing_rows(self.evaluate(shape, nodes), len(nodes))

    # -- classes -------------------------------------------------------------------------------

    def subclasses(self, class_: Node) -> Numbers:
        """Return a class and all that are stated to be its subclasses, ascending."""
        known = self._subclasses.get(class_)
        if known is None:
            predicate = self.graph.terms.number(RDFS.subClassOf)
            known = frontier = self.graph.terms.column([class_])
            while len(frontier):
                found = distinct(self.graph.subjects(predicate, frontier)[1])
                frontier = found[~among(found, known)]
                known = distinct(np.concatenate([known, frontier]))
            self._subclasses[class_] = known
        return known

    def have_class(self, class_: Node, nodes: Numbers) -> Flags:
        """Tell which nodes are instances of a class or of one of its subclasses."""
        rows, types = self.graph.objects(self.graph.terms.number(RDF.type), nodes)
        found = np.zeros(len(nodes), np.bool_)
        found[rows[among(types, self.subclasses(class_))]] = True
        return found

    # -- targets -------------------------------------------------------------------------------

    def targets(self, targets: Targets) -> Numbers:
        """Return every node that is targeted, ascending."""
        graph = self.graph
        number = graph.terms.number
        found = [graph.terms.column(list(targets.nodes))]
        found += [
            graph.subjects(number(RDF.type), self.subclasses(each))[1] for each in targets.classes
        ]
        found += [graph.statements(number(each))[0] for each in targets.subjects_of]
        found += [graph.statements(number(each))[1] for each in targets.objects_of]
        return distinct(np.concatenate(found))

    def targeted(self, targets: Targets, nodes: Numbers) -> Numbers:
        """Return those among a few nodes that are targeted; no others are looked at."""
        graph = self.graph
        number = graph.terms.number
        chosen = among(nodes, distinct(graph.terms.column(list(targets.nodes))))
        for class_ in targets.classes:
            chosen |= self.have_class(class_, nodes)
        for each in targets.subjects_of:
            chosen[graph.objects(number(each), nodes)[0]] = True
        for each in targets.objects_of:
            chosen[graph.subjects(number(each), nodes)[0]] = True
        return nodes[chosen]
