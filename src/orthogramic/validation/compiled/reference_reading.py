"""From parameters that refer to other shapes or to queries to constraints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from orthogramic.validation.compiled.parameters import literal, only, optional_count, text, truth
from orthogramic.validation.compiled.plan import Constraint
from orthogramic.validation.compiled.queries import read_query
from orthogramic.validation.compiled.reading import Reader, Reading
from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.validation.compiled.shape_constraints import CountedShapes, Property, Qualified
from orthogramic.validation.compiled.shape_constraints import Node as NodeConstraint
from orthogramic.validation.compiled.sparql_constraint import SparqlJoin
from orthogramic.validation.graph_index import Node


def _not(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for each in values:
        yield CountedShapes("Not", (reading.shape(each),), 0, 0)


def _and(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for members in _lists(reading, values):
        shapes = tuple(reading.shape(each) for each in dict.fromkeys(members))
        yield CountedShapes("And", shapes, len(shapes), len(shapes))


def _or(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for members in _lists(reading, values):
        shapes = tuple(reading.shape(each) for each in dict.fromkeys(members))
        yield CountedShapes("Or", shapes, 1, len(shapes))


def _xone(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for members in _lists(reading, values):
        # A shape that is listed twice counts twice.
        yield CountedShapes("Xone", tuple(reading.shape(each) for each in members), 1, 1)


def _lists(reading: Reading, values: list[Node]) -> Iterator[list[Node]]:
    return (reading.source.members(each) for each in values)


def _node(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for each in values:
        shape = reading.shape(each)
        if shape.path is not None:
            raise NotCompiledError("sh:node refers to a property shape")
        yield NodeConstraint(shape)


def _property(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for each in values:
        shape = reading.shape(each)
        if shape.path is None:
            raise NotCompiledError("sh:property refers to a node shape")
        yield Property(shape)


def _qualified(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    if not reading.is_property:
        return
    stated = reading.stated
    least, most = (optional_count(stated, f"qualified{end}Count") for end in ("Min", "Max"))
    if least is None and most is None:
        raise NotCompiledError("a qualified value shape has no count")
    stated_disjoint = [truth(each) for each in stated.get("qualifiedValueShapesDisjoint", [])]
    is_disjoint = True in stated_disjoint
    for each in values:
        siblings = _siblings(reading, each) if is_disjoint else ()
        shapes = tuple(reading.shape(sibling) for sibling in siblings)
        yield Qualified(reading.shape(each), shapes, least, most)


def _siblings(reading: Reading, qualified: Node) -> tuple[Node, ...]:
    """Return the qualified value shapes beside one (SHACL, section 4.7.3)."""
    source = reading.source
    parents = [each for each, value in source.statements("property") if value == reading.node]
    beside = [
        sibling
        for parent in parents
        for property_shape in source.of(parent).get("property", [])
        for sibling in source.of(property_shape).get("qualifiedValueShape", [])
        if sibling != qualified
    ]
    return tuple(dict.fromkeys(beside))


def _qualified_count(reading: Reading, _values: list[Node]) -> Iterator[Constraint]:
    if reading.is_property and "qualifiedValueShape" not in reading.stated:
        raise NotCompiledError("a qualified count has no shape")
    return iter(())


def _sparql(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    if reading.is_property:
        raise NotCompiledError("a SPARQL constraint stands on a property shape")
    own = [literal(each) for each in reading.stated.get("message", [])]
    for each in values:
        stated = reading.source.of(each)
        if "prefixes" in stated:
            raise NotCompiledError("a SPARQL constraint has prefixes")
        query = text(only(stated.get("select", [])))
        messages = [literal(message) for message in stated.get("message", [])]
        for message in messages:
            text(message)
        if "deactivated" in stated and truth(only(stated["deactivated"])):
            continue
        yield SparqlJoin(each, read_query(query), tuple(dict.fromkeys((*messages, *own))))


#: How each of these parameters is read, by its local name.
REFERENCE_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "not": _not,
        "and": _and,
        "or": _or,
        "xone": _xone,
        "node": _node,
        "property": _property,
        "qualifiedValueShape": _qualified,
        "qualifiedMinCount": _qualified_count,
        "qualifiedMaxCount": _qualified_count,
        "qualifiedValueShapesDisjoint": _qualified_count,
        "sparql": _sparql,
    }
)
