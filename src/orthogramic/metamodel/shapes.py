"""Property shapes, read from SHACL (W3C Recommendation, 20 July 2017, sections 2 to 4)."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.metamodel.documents import DocumentIndex, Object, Subject
from orthogramic.metamodel.model import ClassTerm, PropertyShape, PropertyTerm, Severity, Term
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, OWL, SH

_SEVERITIES = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


def read_shapes(
    index: DocumentIndex,
    classes: dict[NamedNode, ClassTerm],
    properties: dict[NamedNode, PropertyTerm],
) -> tuple[PropertyShape, ...]:
    """Read every property shape of every node shape that targets a class.

    :returns: the shapes, sorted by target class, order and IRI.
    """
    found: list[PropertyShape] = []
    for node_shape in index.instances(SH.NodeShape):
        for target in _targets(index, node_shape, classes):
            for each in index.objects(node_shape, SH.property):
                shape = _shape(index, node_shape, each, target, classes, properties)
                if shape is not None:
                    found.append(shape)
    found.sort(key=lambda each: (each.target_class.value, each.order, each.iri.value))
    return tuple(found)


def _targets(
    index: DocumentIndex, node_shape: Subject, classes: dict[NamedNode, ClassTerm]
) -> list[NamedNode]:
    targets = index.nodes(node_shape, SH.targetClass)
    if isinstance(node_shape, NamedNode) and index.is_a(node_shape, OWL.Class):
        targets.append(node_shape)
    for each in targets:
        if each not in classes:
            index.fault(node_shape, f"target class <{each.value}> is not declared", SH.targetClass)
    return targets


def _shape(
    index: DocumentIndex,
    node_shape: Subject,
    node: Object,
    target: NamedNode,
    classes: dict[NamedNode, ClassTerm],
    properties: dict[NamedNode, PropertyTerm],
) -> PropertyShape | None:
    if not isinstance(node, NamedNode):
        index.fault(node_shape, "a property shape without an IRI cannot be reported on")
        return None
    steps = _path(index, node)
    for each, _ in steps:
        if _is_missing(each, properties):
            index.fault(node, f"path <{each.value}> of {local_name(node)} is not declared", SH.path)
    path, inverse = steps[0] if len(steps) == 1 else (None, False)
    value_class = index.node(node, SH["class"])
    if value_class is not None and value_class not in classes:
        index.fault(node, f"class <{value_class.value}> is not declared", SH["class"])
    severity = index.node(node, SH.severity) or SH.Violation
    maximum = _integer(index, node, SH.maxCount)
    return PropertyShape(
        iri=node,
        target_class=target,
        path=path,
        inverse_path=inverse,
        steps=steps,
        name=index.text(node, SH.name) or local_name(node),
        description=index.text(node, SH.description) or "",
        order=_number(index, node, SH.order),
        severity=_SEVERITIES.get(severity, Severity.VIOLATION),
        message=index.text(node, SH.message) or "",
        min_count=_integer(index, node, SH.minCount) or 0,
        max_count=maximum,
        datatype=index.node(node, SH.datatype),
        value_class=value_class,
        allowed=_allowed(index, node),
        ordered=index.text(node, KR.ordered) in ("true", "1"),
        json_key=index.text(node, KR.jsonKey),
        reference_key=index.node(node, KR.referenceKey),
    )


def _path(index: DocumentIndex, node: NamedNode) -> tuple[tuple[NamedNode, bool], ...]:
    for each in index.objects(node, SH.path):
        return _steps(index, each)
    index.fault(node, f"{local_name(node)} has no sh:path")
    return ()


def _is_missing(path: NamedNode, properties: dict[NamedNode, PropertyTerm]) -> bool:
    """Tell whether a path is a term that the bundle ought to declare and does not.

    Terms of other vocabularies are declared elsewhere.
    """
    if path in properties:
        return False
    own = path.value.removesuffix(local_name(path))
    return any(each.value.startswith(own) for each in properties)


def _steps(index: DocumentIndex, path: Object) -> tuple[tuple[NamedNode, bool], ...]:
    """Return the ways of a path of one step (SHACL, section 2.3.1.1 to 2.3.1.4)."""
    if isinstance(path, NamedNode):
        return ((path, False),)
    if not isinstance(path, BlankNode):
        return ()
    inverse = index.node(path, SH.inversePath)
    if inverse is not None:
        return ((inverse, True),)
    ways: list[tuple[NamedNode, bool]] = []
    for head in index.objects(path, SH.alternativePath):
        for member in index.members(head):
            found = _steps(index, member)
            if not found:
                return ()
            ways += found
    return tuple(ways)


def _allowed(index: DocumentIndex, node: NamedNode) -> tuple[Term, ...]:
    for head in index.objects(node, SH["in"]):
        members = index.members(head)
        return tuple(each for each in members if isinstance(each, NamedNode | Literal))
    return ()


def _number(index: DocumentIndex, node: NamedNode, predicate: NamedNode) -> float:
    text = index.text(node, predicate)
    try:
        return float(text) if text is not None else 0.0
    except ValueError:
        index.fault(node, f"{local_name(predicate)} of {local_name(node)} is no number", predicate)
        return 0.0


def _integer(index: DocumentIndex, node: NamedNode, predicate: NamedNode) -> int | None:
    if index.text(node, predicate) is None:
        return None
    return int(_number(index, node, predicate))
