"""Incremental validation: only what a change can affect is judged anew.

Which focus nodes that is follows from the shapes: from a changed triple back along the paths that
lead to it (see :mod:`orthogramic.validation.compiled.dependencies`).  A shape that is not
compiled, or that has a constraint in SPARQL that is no join, may depend on anything: it is judged
anew, for all its targets, at every change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeAlias

import numpy as np
from pyoxigraph import Triple

from orthogramic.validation.compiled import (
    Affected,
    CompiledShapes,
    DataGraph,
    DependencyIndex,
    LookedUpGraph,
    Lookup,
    TermTable,
    overlaid,
)
from orthogramic.validation.compiled.arrays import distinct
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.compiled.plan import Shape, ShapeNode
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.progress import Progress
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.report_maker import Naming, ReportedGraph, ReportMaker
from orthogramic.validation.results import Context, Locate
from orthogramic.validation.validator import findings_by_pyshacl, indexed, whole_findings
from orthogramic.vocabulary import RDF, RDFS

#: For shapes the nodes for which they were judged, ``None`` for all of their targets.
Reach: TypeAlias = Mapping[ShapeNode, frozenset[Node] | None]


@dataclass(frozen=True, slots=True)
class GraphChange:
    """A change of a graph, not made yet.

    :param came: triples that come, none of which is there.
    :param went: triples that go, all of which are there.
    :param everything: yields all triples that there would be; some may come more than once.
    """

    came: tuple[Triple, ...]
    went: tuple[Triple, ...]
    everything: Callable[[], Iterable[Triple]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What shapes say of the data as a change would leave it.

    :param findings: the results of all that was judged; those of pySHACL name no root node, and
        no root shape where it judged all shapes together.
    :param reach: what was judged; ``None`` if it was everything.
    :param graph: the data as it would be.
    """

    findings: tuple[Finding, ...]
    reach: Reach | None
    graph: ReportedGraph


class ChangeValidator:
    """Judges changes of one graph under some shapes.

    :param shapes: the shapes; what they hang on is worked out once.
    :param lookup: finds the triples that are there.
    """

    def __init__(self, shapes: CompiledShapes, lookup: Lookup) -> None:
        self.shapes = shapes
        self.report_maker = ReportMaker(shapes)
        self._lookup = overlaid(lookup, shapes.subclass_statements)
        self._classes: dict[Node, frozenset[Node]] = {}

    @cached_property
    def _dependencies(self) -> DependencyIndex:
        return DependencyIndex(self.shapes.shapes)

    def judge(
        self,
        change: GraphChange,
        progress: Progress | None = None,
        *,
        anew: Collection[ShapeNode] = (),
    ) -> Judgement:
        """Judge what a change can affect, at a cost that grows with the change.

        :param anew: shapes of which results without root nodes stand: they are judged for all
            their targets.
        :raises InvalidShapesError: if shapes that are not compiled cannot be evaluated.
        """
        if self.shapes.reason is not None:
            return self.judge_all(change.everything(), progress)
        terms = TermTable()
        both = LookedUpGraph(overlaid(self._lookup, change.came), terms)
        after = LookedUpGraph(overlaid(self._lookup, change.came, change.went), terms)
        affected = {
            **self._targeted(change, self._affected(change, both), both),
            **{each: None for each in self.shapes.shapes if each.node in anew},
        }
        evaluation = self.shapes.judge(after, affected)
        findings, reach = list(evaluation.findings), dict(_terms_of(affected, terms))
        uncompiled = (*self.shapes.remaining, *evaluation.remaining)
        if uncompiled:
            data = indexed(self.shapes, change.everything()).triples()
            index = self.report_maker.index
            findings += findings_by_pyshacl(self.shapes, data, uncompiled, index, progress)
            reach.update(dict.fromkeys(uncompiled))
        return Judgement(tuple(findings), reach, after)

    def _targeted(self, change: GraphChange, affected: Affected, graph: LookedUpGraph) -> Affected:
        """Leave out shapes for classes of which no affected node is an instance.

        Most shapes are, and asking each of them would be most of the work of a small change.
        """
        if any(each.predicate == RDFS.subClassOf for each in (*change.came, *change.went)):
            self.forget()
            return affected
        types = self._types_of(affected, graph)

        def may_be_targeted(shape: Shape) -> bool:
            targets = shape.targets
            others = targets.nodes or targets.subjects_of or targets.objects_of
            return bool(others) or any(
                not types.isdisjoint(self._class_and_below(each)) for each in targets.classes
            )

        return {
            shape: nodes
            for shape, nodes in affected.items()
            if nodes is None or may_be_targeted(shape)
        }

    def _types_of(self, affected: Affected, graph: LookedUpGraph) -> frozenset[Node]:
        """Return the classes of all affected nodes, before or after the change."""
        columns = {id(nodes): nodes for nodes in affected.values() if nodes is not None}
        if not columns:
            return frozenset()
        nodes = distinct(np.concatenate(list(columns.values())))
        _, types = graph.objects(graph.terms.number(RDF.type), nodes)
        return frozenset(graph.terms.terms(distinct(types)))

    def _class_and_below(self, class_: Node) -> frozenset[Node]:
        known = self._classes.get(class_)
        if known is None:
            graph = LookedUpGraph(self._lookup)
            known = frozenset(graph.terms.terms(Run(graph).subclasses(class_)))
            self._classes[class_] = known
        return known

    def forget(self) -> None:
        """Forget what is known of classes: a change was made that was not judged here."""
        self._classes.clear()

    def judge_all(self, data: Iterable[Triple], progress: Progress | None = None) -> Judgement:
        """Judge everything: less work than :meth:`judge` where a change is large.

        :param data: all triples; some may come more than once.
        :raises InvalidShapesError: if shapes that are not compiled cannot be evaluated.
        """
        # What has to be judged as a whole may have changed which class is below which.
        self.forget()
        graph = indexed(self.shapes, data, progress)
        findings = whole_findings(self.shapes, graph, self.report_maker.index, progress)
        return Judgement(tuple(findings), None, graph)

    def reach(self, change: GraphChange) -> Reach:
        """Return what a change can affect, for a change that is large."""
        data = chain(change.everything(), change.went)
        graph = indexed(self.shapes, data)
        uncompiled = dict.fromkeys(self.shapes.remaining)
        return {**dict(_terms_of(self._affected(change, graph), graph.terms)), **uncompiled}

    def report(
        self,
        findings: Iterable[Finding],
        graph: ReportedGraph | None = None,
        *,
        labels: Naming | None = None,
        locate: Locate | None = None,
    ) -> ValidationReport:
        """Put findings in words.

        :param graph: the data in which they were found; by default what is there now.
        """
        graph = graph or LookedUpGraph(self._lookup)
        return self.report_maker.report(findings, graph, labels=labels, locate=locate)

    def context(self) -> Context:
        """Return what is needed to speak of the data that is there now."""
        return self.report_maker.context(LookedUpGraph(self._lookup))

    def _affected(self, change: GraphChange, graph: DataGraph) -> Affected:
        return self._dependencies.affected((*change.came, *change.went), graph)


def _terms_of(
    affected: Affected, terms: TermTable
) -> Iterator[tuple[ShapeNode, frozenset[Node] | None]]:
    for shape, nodes in affected.items():
        yield shape.node, None if nodes is None else frozenset(terms.terms(nodes))
