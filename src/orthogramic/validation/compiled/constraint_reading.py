"""From the parameters of a shape to its constraints (SHACL, section 4)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from orthogramic.validation.compiled.parameters import (
    count,
    iri,
    literal,
    only,
    text,
    truth,
)
from orthogramic.validation.compiled.plan import Constraint
from orthogramic.validation.compiled.reading import Reader, Reading
from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.validation.compiled.reference_reading import REFERENCE_READERS
from orthogramic.validation.compiled.set_constraints import (
    Closed,
    Disjoint,
    Equals,
    HasValue,
    LessThan,
    MaxCount,
    MinCount,
    UniqueLanguage,
)
from orthogramic.validation.compiled.value_constraints import (
    NODE_KINDS,
    ClassTest,
    DatatypeTest,
    InTest,
    LanguageTest,
    LengthTest,
    NodeKindTest,
    PatternTest,
    RangeTest,
)
from orthogramic.validation.graph_index import Node
from orthogramic.vocabulary import SH

_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE}
_RANGES = MappingProxyType(
    {
        "minExclusive": ("MinExclusive", frozenset({1})),
        "minInclusive": ("MinInclusive", frozenset({0, 1})),
        "maxExclusive": ("MaxExclusive", frozenset({-1})),
        "maxInclusive": ("MaxInclusive", frozenset({0, -1})),
    }
)


def _class(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for each in values:
        yield ClassTest(each)


def _datatype(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    yield DatatypeTest(iri(only(values)))


def _node_kind(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    kind = iri(only(values)).value
    name = kind.removeprefix(SH.base) if kind.startswith(SH.base) else ""
    yield NodeKindTest(NODE_KINDS.get(name, frozenset()))


def _min_count(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    reading.demand_path()
    yield MinCount(count(only(values)))


def _max_count(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    reading.demand_path()
    yield MaxCount(count(only(values)))


def _range(parameter: str) -> Reader:
    name, outcomes = _RANGES[parameter]

    def read(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
        for each in values:
            yield RangeTest(name, literal(each), outcomes)

    return read


def _min_length(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    yield LengthTest("MinLength", count(only(values)), float("inf"))


def _max_length(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    yield LengthTest("MaxLength", 0, count(only(values)))


def _pattern(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    flags = re.NOFLAG
    if "flags" in reading.stated:
        for letter in text(only(reading.stated["flags"])).lower():
            flags |= _FLAGS.get(letter, re.NOFLAG)
    for each in values:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                yield PatternTest(re.compile(text(each), flags))
        except (re.error, Warning, RecursionError, OverflowError) as error:
            raise NotCompiledError(f"a pattern is no regular expression: {error}") from error


def _language_in(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    members = reading.source.members(only(values))
    yield LanguageTest(frozenset(text(each).lower() for each in members))


def _unique_language(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    reading.demand_path()
    if truth(only(values)):
        yield UniqueLanguage()


def _equals(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for each in values:
        yield Equals(iri(each))


def _disjoint(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for each in values:
        yield Disjoint(iri(each))


def _less_than(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    reading.demand_path()
    for each in values:
        yield LessThan(iri(each), or_equal=False)


def _less_than_or_equals(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    reading.demand_path()
    for each in values:
        yield LessThan(iri(each), or_equal=True)


def _has_value(_reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    for each in values:
        yield HasValue(each)


def _in(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    yield InTest(frozenset(reading.source.members(only(values))))


def _closed(reading: Reading, values: list[Node]) -> Iterator[Constraint]:
    ignored = [
        member
        for head in reading.stated.get("ignoredProperties", [])
        for member in reading.source.members(head)
    ]
    if not truth(only(values)):
        return
    properties = reading.stated.get("property", [])
    paths = [only(reading.source.of(each).get("path", [])) for each in properties]
    yield Closed(frozenset((*ignored, *paths)))


def _ignored_properties(reading: Reading, _values: list[Node]) -> Iterator[Constraint]:
    if "closed" not in reading.stated:
        raise NotCompiledError("properties are ignored and the shape is not closed")
    return iter(())


#: How each parameter is read, by its local name; ``sh:flags`` goes with ``sh:pattern``.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        **REFERENCE_READERS,
        "class": _class,
        "datatype": _datatype,
        "nodeKind": _node_kind,
        "minCount": _min_count,
        "maxCount": _max_count,
        **{name: _range(name) for name in _RANGES},
        "minLength": _min_length,
        "maxLength": _max_length,
        "pattern": _pattern,
        "languageIn": _language_in,
        "uniqueLang": _unique_language,
        "equals": _equals,
        "disjoint": _disjoint,
        "lessThan": _less_than,
        "lessThanOrEquals": _less_than_or_equals,
        "closed": _closed,
        "ignoredProperties": _ignored_properties,
        "hasValue": _has_value,
        "in": _in,
    }
)
