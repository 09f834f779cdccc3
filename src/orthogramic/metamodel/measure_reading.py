"""Reads the measures of a bundle, with their faults."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.metamodel.documents import DocumentIndex, Object
from orthogramic.metamodel.measure import SCORE, Measure, Operand, Operation
from orthogramic.metamodel.model import ClassTerm, PropertyShape, PropertyTerm
from orthogramic.metamodel.property_paths import Link, PropertyPath, last_links, read_path
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR, RDFS

_OPERATIONS = {KR[each.name.capitalize()]: each for each in Operation}
#: Operations on what stands at the end of a path, on two operands, and on any number of them.
_OF_PATHS = frozenset((Operation.VALUE, Operation.RANK, Operation.COUNT))
_OF_TWO = frozenset((Operation.DIFFERENCE, Operation.QUOTIENT))
_OF_OPERANDS = frozenset((Operation.PRODUCT, *_OF_TWO))
_ROLL_UPS = frozenset((Operation.SUM, Operation.GREATEST))


def read_measures(
    index: DocumentIndex,
    classes: Mapping[NamedNode, ClassTerm],
    properties: Mapping[NamedNode, PropertyTerm],
    shapes: tuple[PropertyShape, ...],
) -> tuple[Measure, ...]:
    """Read every measure.

    :returns: the sound ones, sorted by name; what is wrong with the others is in the index.
    """
    reader = _Reader(index, classes, properties, shapes)
    iris = sorted(index.named_instances(KR.Measure), key=lambda each: each.value)
    found = [measure for measure in map(reader.measure, iris) if measure is not None]
    return tuple(sorted(found, key=lambda each: (each.name, each.iri.value)))


class _Reader:
    """Reads measures, those that others are made of first."""

    def __init__(
        self,
        index: DocumentIndex,
        classes: Mapping[NamedNode, ClassTerm],
        properties: Mapping[NamedNode, PropertyTerm],
        shapes: tuple[PropertyShape, ...],
    ) -> None:
        self._index = index
        self._classes = classes
        self._properties = properties
        self._shapes = shapes
        #: By IRI; ``None`` for what is not sound, or is being read.
        self._read: dict[NamedNode, Measure | None] = {}

    def measure(self, iri: NamedNode) -> Measure | None:
        """Read one measure; ``None`` if it has a fault."""
        if iri not in self._read:
            self._read[iri] = None
            self._read[iri] = self._measure(iri)
        return self._read[iri]

    def _measure(self, iri: NamedNode) -> Measure | None:
        index, faults = self._index, len(self._index.faults)
        operation = self._operation(iri, KR.operation)
        operands = self._operands(iri)
        along, unit_along = self._path(iri, KR.along), self._path(iri, KR.unitAlong)
        found = Measure(
            iri=iri,
            name=local_name(iri),
            label=index.text(iri, RDFS.label) or local_name(iri),
            description=index.text(iri, RDFS.comment) or "",
            classes=self._classes_of(iri),
            operation=operation or Operation.VALUE,
            along=along,
            operands=operands,
            at_least=self._number(iri, KR.atLeast),
            unit=index.text(iri, KR.unit) or "",
            unit_along=unit_along,
            roll_up=self._roll_up(iri),
            ranks=MappingProxyType(self._ranks(iri, along) if operation is Operation.RANK else {}),
        )
        if len(index.faults) == faults:
            self._check(found)
        return found if len(index.faults) == faults else None

    # -- what a measure says -----------------------------------------------------------------

    def _operation(self, iri: NamedNode, predicate: NamedNode) -> Operation | None:
        node = self._index.node(iri, predicate)
        if node in _OPERATIONS:
            return _OPERATIONS[node]
        allowed = ", ".join(f"kr:{local_name(each)}" for each in _OPERATIONS)
        self._fault(iri, predicate, f"must be one of {allowed}")
        return None

    def _roll_up(self, iri: NamedNode) -> Operation:
        if not self._index.objects(iri, KR.rollUp):
            return Operation.SUM
        found = _OPERATIONS.get(self._index.node(iri, KR.rollUp) or KR.rollUp)
        if found not in _ROLL_UPS:
            self._fault(iri, KR.rollUp, "must be kr:Sum or kr:Greatest")
            return Operation.SUM
        return found

    def _classes_of(self, iri: NamedNode) -> tuple[NamedNode, ...]:
        found = sorted(self._index.nodes(iri, KR.ofClass), key=lambda each: each.value)
        for each in found:
            if each not in self._classes:
                self._fault(iri, KR.ofClass, f"names <{each.value}>, which is no class")
        return tuple(found)

    def _path(self, iri: NamedNode, predicate: NamedNode) -> PropertyPath | None:
        for node in self._index.objects(iri, predicate):
            found = read_path(self._index, node, self._properties)
            if found is None:
                self._fault(iri, predicate, "is no path of declared properties")
            return found
        return None

    def _number(self, iri: NamedNode, predicate: NamedNode) -> Decimal | None:
        text = self._index.text(iri, predicate)
        found = _decimal(text) if text is not None else None
        if text is not None and found is None:
            self._fault(iri, predicate, f"{text!r} is no number")
        return found

    def _operands(self, iri: NamedNode) -> tuple[Operand, ...]:
        heads = self._index.objects(iri, KR.operand)
        found = (self._operand(iri, each) for head in heads for each in self._index.members(head))
        return tuple(each for each in found if each is not None)

    def _operand(self, iri: NamedNode, node: Object) -> Operand | None:
        if node == KR.Score:
            return SCORE
        if isinstance(node, Literal):
            number = _decimal(node.value)
            if number is None:
                self._fault(iri, KR.operand, f"{node.value!r} is no number")
            return number
        if isinstance(node, NamedNode) and self._index.is_a(node, KR.Measure):
            found = self.measure(node)
            if found is None:
                self._fault(
                    iri, KR.operand, f"names {local_name(node)}, which is faulty or made of this"
                )
            return found
        self._fault(iri, KR.operand, "names what is neither measure nor number")
        return None

    def _ranks(self, iri: NamedNode, along: PropertyPath | None) -> dict[str, int]:
        """Return the place of each value in the ordered lists of what the path ends with."""
        links = set(last_links(along)) if along else set()
        lists = [each for each in self._shapes if each.ordered and Link(_path(each)) in links]
        if isinstance(along, Link):
            lists = self._fitting(iri, lists)
        ranks: dict[str, int] = {}
        for shape in lists:
            for rank, term in enumerate(shape.allowed, start=1):
                if ranks.setdefault(term.value, rank) != rank:
                    self._fault(iri, KR.along, f"{term.value!r} has different places in two lists")
        if not ranks:
            self._fault(iri, KR.along, "must lead to an ordered closed list, to be ranked by")
        return ranks

    def _fitting(self, iri: NamedNode, lists: list[PropertyShape]) -> list[PropertyShape]:
        """Leave out the lists that other classes have for the same property."""
        family = {
            above
            for each in self._index.nodes(iri, KR.ofClass)
            if each in self._classes
            for above in (each, *self._classes[each].ancestors)
        }
        return [each for each in lists if each.target_class in family] or lists

    # -- what fits together ------------------------------------------------------------------

    def _check(self, measure: Measure) -> None:
        iri, operation, operands = measure.iri, measure.operation, measure.operands
        if (measure.along is None) == (not operands):
            self._fault(iri, KR.operation, "needs either kr:along or kr:operand")
        elif operands and operation in _OF_PATHS:
            self._fault(iri, KR.operation, f"kr:{operation.capitalize()} works along a path")
        elif not operands and operation in _OF_OPERANDS:
            self._fault(iri, KR.operation, f"kr:{operation.capitalize()} works on operands")
        elif operation in _OF_TWO and len(operands) != 2:  # noqa: PLR2004 - the two ends of it
            self._fault(iri, KR.operand, f"must be two for kr:{operation.capitalize()}")
        elif measure.along is not None and measure.of_pairs:
            self._fault(iri, KR.ofClass, "is missing: a path begins at an entity")
        elif not measure.of_pairs and any(_is_of_pairs(each) for each in operands):
            self._fault(iri, KR.operand, "of an entity cannot speak of pairs")
        elif measure.of_pairs and not any(isinstance(each, Measure) for each in operands):
            self._fault(iri, KR.operand, "needs a measure among them")

    def _fault(self, iri: NamedNode, predicate: NamedNode, message: str) -> None:
        text = f"kr:{local_name(predicate)} of {local_name(iri)} {message}"
        self._index.fault(iri, text, predicate)


def _is_of_pairs(operand: Operand) -> bool:
    return operand is SCORE or (isinstance(operand, Measure) and operand.of_pairs)


def _path(shape: PropertyShape) -> NamedNode:
    return shape.path if shape.path is not None and not shape.inverse_path else shape.iri


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
