"""Finding the shapes of a shapes graph, and faults that make the whole graph unfit."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.parameters import only, truth
from orthogramic.validation.compiled.plan import ShapeNode
from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.validation.compiled.source import ShapesSource
from orthogramic.validation.graph_index import Node
from orthogramic.vocabulary import SH

_PROPERTY_SHAPE = NamedNode(f"{SH.base}PropertyShape")
_REFERRING = ("property", "node", "not", "qualifiedValueShape")
_LISTING = ("and", "or", "xone")
_TARGETING = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")


def find_shapes(source: ShapesSource) -> dict[ShapeNode, Node | None]:
    """Find every shape (SHACL, section 2.1), with the value of its ``sh:path``.

    :raises NotCompiledError: if any is not well formed; then the whole graph is left to pySHACL,
        which refuses such a graph whatever the data is.
    """
    _refuse_components(source)
    nodes = frozenset(source.instances(SH.NodeShape))
    properties = frozenset(source.instances(_PROPERTY_SHAPE))
    shapes: dict[ShapeNode, Node | None] = {}
    for each in _mentioned(source):
        if isinstance(each, Literal):
            raise NotCompiledError("a literal stands for a shape")
        paths = source.of(each).get("path", [])
        if len(paths) > 1 or each in (nodes if paths else properties):
            raise NotCompiledError("a shape has too many paths, or none")
        if "deactivated" in source.of(each):
            truth(only(source.of(each)["deactivated"]))
        shapes[each] = paths[0] if paths else None
    return shapes


def _mentioned(source: ShapesSource) -> dict[Node, None]:
    """Return whatever is a shape by its type, by what it says or by what refers to it."""
    found = dict.fromkeys((*source.instances(SH.NodeShape), *source.instances(_PROPERTY_SHAPE)))
    for name in (*_TARGETING, "property", "node"):
        found.update(dict.fromkeys(subject for subject, _ in source.statements(name)))
    for name in _REFERRING:
        found.update(dict.fromkeys(value for _, value in source.statements(name)))
    for name in _LISTING:
        for _, head in source.statements(name):
            members = source.members(head)
            if not members:
                raise NotCompiledError("a list of shapes is empty")
            found.update(dict.fromkeys(members))
    return found


def _refuse_components(source: ShapesSource) -> None:
    """Leave graphs that declare constraint components of their own to pySHACL."""
    base = NamedNode(f"{SH.base}ConstraintComponent")
    kinds = [base, *(each for each in source.subclasses(base) if isinstance(each, NamedNode))]
    for kind in kinds:
        if any(not _is_of_shacl(each) for each in source.instances(kind)):
            raise NotCompiledError("the graph declares constraint components")


def _is_of_shacl(node: Node) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(SH.base)
