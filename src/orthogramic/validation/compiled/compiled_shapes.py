"""Compiled shapes: made once from a shapes graph, then put to any number of graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Triple

from orthogramic.validation.compiled.affected import Affected
from orthogramic.validation.compiled.arrays import distinct
from orthogramic.validation.compiled.compiler import Compiler, is_deactivated, read_targets
from orthogramic.validation.compiled.data_graph import DataGraph
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.compiled.harvest import harvested
from orthogramic.validation.compiled.plan import Shape, ShapeNode
from orthogramic.validation.compiled.reasons import CannotEvaluateError, NotCompiledError
from orthogramic.validation.compiled.shape_finding import find_shapes
from orthogramic.validation.compiled.source import ShapesSource
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.safety import refuse_unsafe_shapes
from orthogramic.vocabulary import RDFS


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What compiled shapes found.

    :param findings: in the order of the shapes; the order among those of one shape is fixed too.
    :param remaining: shapes that could not be evaluated for this data, with the reason.
    """

    findings: tuple[Finding, ...]
    remaining: Mapping[ShapeNode, str]


@dataclass(frozen=True, slots=True)
class CompiledShapes:
    """The shapes of one graph, ready to be evaluated.

    :param triples: the shapes graph.
    :param ontology: the triples laid beside it, for their labels.
    :param shapes: the compiled shapes that have targets.
    :param remaining: the other shapes that have targets, with the reason; pySHACL evaluates them.
    :param reason: why the whole graph is left to pySHACL, if it is.
    :param count: how many shapes there are in all.
    """

    triples: tuple[Triple, ...] = field(repr=False)
    ontology: tuple[Triple, ...] = field(repr=False)
    shapes: tuple[Shape, ...] = field(default=(), repr=False)
    remaining: Mapping[ShapeNode, str] = field(default_factory=dict)
    reason: str | None = None
    count: int = 0

    @property
    def subclass_statements(self) -> tuple[Triple, ...]:
        """The statements of the ontology that are laid beside the data."""
        return tuple(each for each in self.ontology if each.predicate == RDFS.subClassOf)

    def validate(
        self,
        graph: DataGraph,
        focus: Iterable[Node] | None = None,
        advance: Callable[[], None] = lambda: None,
    ) -> Evaluation:
        """Evaluate the compiled shapes.

        :param graph: the data, with what follows from it and the subclass statements.
        :param focus: validate these only, as far as they are targets; everything by default.
        :param advance: is called after each shape that was evaluated.
        :returns: what they find; nothing is said about :attr:`remaining` ones.
        """
        chosen = None if focus is None else distinct(graph.terms.column(list(focus)))
        return self.judge(graph, dict.fromkeys(self.shapes, chosen), advance)

    def judge(
        self,
        graph: DataGraph,
        affected: Affected,
        advance: Callable[[], None] = lambda: None,
    ) -> Evaluation:
        """Evaluate some of the compiled shapes, each for nodes of its own.

        :param graph: as in :meth:`validate`.
        :param affected: the nodes to validate, as far as they are targets; ``None`` for all.
        :param advance: is called after each shape that was evaluated.
        """
        run = Run(graph)
        findings: list[Finding] = []
        remaining: dict[ShapeNode, str] = {}
        for shape, chosen in affected.items():
            if chosen is None:
                nodes = run.targets(shape.targets)
            else:
                nodes = run.targeted(shape.targets, chosen)
            try:
                batches = run.evaluate(shape, nodes)
            except CannotEvaluateError as reason:
                remaining[shape.node] = str(reason)
            else:
                findings += harvested(batches, graph.terms, shape.node, nodes)
                advance()
        return Evaluation(tuple(findings), remaining)


def compile_shapes(
    shapes_graph: Iterable[Triple], ontology: Iterable[Triple] = ()
) -> CompiledShapes:
    """Compile a shapes graph.

    :param shapes_graph: the shapes; faulty ones are left to pySHACL, which refuses them.
    :param ontology: classes and properties: for their labels and their subclass statements.
    :returns: the compiled shapes, and what is left to pySHACL.
    :raises QueryRefusedError: if a SPARQL constraint reaches beyond the data (SERVICE, FROM).
    :raises UnreadableInputError: if the shapes graph has triple terms.
    """
    triples, beside = tuple(shapes_graph), tuple(ontology)
    refuse_unsafe_shapes(triples)
    source = ShapesSource(triples)
    try:
        paths = find_shapes(source)
    except NotCompiledError as error:
        return CompiledShapes(triples, beside, reason=str(error))
    compiler = Compiler(source, paths)
    compiled: list[Shape] = []
    remaining: dict[ShapeNode, str] = {}
    for node in sorted(paths, key=str):
        try:
            if is_deactivated(source, node) or read_targets(source, node).is_empty:
                continue
            compiled.append(compiler.compile(node))
        except NotCompiledError as error:
            remaining[node] = str(error)
    return CompiledShapes(triples, beside, tuple(compiled), remaining, count=len(paths))
