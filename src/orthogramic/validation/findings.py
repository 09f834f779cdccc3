"""What a validator found, as RDF terms: before anybody has put it in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.metamodel import Severity
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.paths import Path, read_path
from orthogramic.vocabulary import SH

_SEVERITIES = MappingProxyType(
    {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
)
DETAIL = NamedNode(f"{SH.base}detail")
SOURCE_CONSTRAINT = NamedNode(f"{SH.base}sourceConstraint")


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a validation (SHACL, section 3.6.2).

    :param focus: the focus node.
    :param path: the result path, if the result has one.
    :param value: the value, if it has one.
    :param component: the source constraint component.
    :param severity: an IRI, of SHACL or of the shape's author.
    :param source_shape: the source shape.
    :param messages: what people wrote; nothing that a validator made up.
    :param constraint: the node of a SPARQL-based constraint.
    :param details: the results behind it.
    :param root_shape: the shape whose target was validated, where that is known.
    :param root_node: that target: the result stands or falls with it.
    """

    focus: Node
    path: Path | None
    value: Node | None
    component: NamedNode
    severity: Node
    source_shape: NamedNode | BlankNode
    messages: tuple[Literal, ...] = ()
    constraint: Node | None = None
    details: tuple[Finding, ...] = ()
    root_shape: NamedNode | BlankNode | None = None
    root_node: Node | None = None


def severity_of(finding: Finding) -> Severity:
    """Return the severity of a finding; one of the shape's own making counts as a violation."""
    if not isinstance(finding.severity, NamedNode):
        return Severity.VIOLATION
    return _SEVERITIES.get(finding.severity, Severity.VIOLATION)


def read_findings(graph: Iterable[Triple], shapes: GraphIndex) -> Iterator[Finding]:
    """Read the results of a report graph.

    :param graph: the graph of one report.
    :param shapes: the shapes graph; it tells which messages people wrote.
    :returns: its top-level results, in no particular order.
    """
    triples = list(graph)
    index = GraphIndex(triples)
    for triple in triples:
        if triple.predicate == SH.result and isinstance(triple.object, NamedNode | BlankNode):
            yield _finding(index, triple.object, shapes)


def _finding(index: GraphIndex, node: NamedNode | BlankNode, shapes: GraphIndex) -> Finding:
    component = _required(index, node, SH.sourceConstraintComponent)
    shape = _required(index, node, SH.sourceShape)
    if not isinstance(component, NamedNode) or isinstance(shape, Literal):
        raise ValueError("a validation result names no constraint component or shape")
    head = index.object(node, SH.resultPath)
    return Finding(
        focus=_required(index, node, SH.focusNode),
        path=_path(index, head, shape, shapes) if head is not None else None,
        value=index.object(node, SH.value),
        component=component,
        severity=_required(index, node, SH.resultSeverity),
        source_shape=shape,
        messages=_authored(index, node, component, shape, shapes),
        constraint=index.object(node, SOURCE_CONSTRAINT),
        details=tuple(_finding(index, each, shapes) for each in index.nodes(node, DETAIL)),
    )


def _path(index: GraphIndex, head: Node, shape: Node, shapes: GraphIndex) -> Path | None:
    """Read a path where it is whole: pySHACL copies deep ones into its report only in part."""
    if isinstance(head, BlankNode):
        own = shapes.object(shape, SH.path)
        return read_path(shapes, own) if own is not None else None
    return read_path(index, head)


def _required(index: GraphIndex, node: Node, predicate: NamedNode) -> Node:
    found = index.object(node, predicate)
    if found is None:
        raise ValueError(f"a validation result has no {predicate}")
    return found


def _authored(
    index: GraphIndex, node: Node, component: NamedNode, shape: Node, shapes: GraphIndex
) -> tuple[Literal, ...]:
    """Return the messages if a person wrote them, not the validator."""
    is_core = component.value.startswith(SH.base) and component != SH.SPARQLConstraintComponent
    if is_core and not shapes.objects(shape, SH.message):
        return ()
    found = index.objects(node, SH.resultMessage)
    return tuple(each for each in found if isinstance(each, Literal))
