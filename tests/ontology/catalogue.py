"""The user's tables as facts, and where the bundle keeps each of them.

The catalogue lies beside the repository. It says of every attribute by class and name: type, closed
list, whether required, whether a list, what is referred to. Fields are property shapes; they are
found by class and JSON key, so that a property may be called otherwise than the attribute.
"""

from __future__ import annotations

import json
from collections.abc import Collection as AnyOf
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import XSD, Literal
from rdflib.collection import Collection

from tests.ontology.bundle import CATALOGUE, KR, ORTH, ORTHSH, SH, shapes

if TYPE_CHECKING:
    from rdflib.term import Node

#: Datatypes by the names that JSON has for them; a free object is kept as a list of texts.
DATATYPES = {
    "string": XSD.string,
    "integer": XSD.integer,
    "number": XSD.decimal,
    "boolean": XSD.boolean,
    "object": XSD.string,
    "date": XSD.date,
    "date-time": XSD.dateTime,
}
#: Nested structures of the catalogue that became facts of a link instead of parts.
LINKED = {
    "CustomerSegmentDependency": KR.Entity,
    "CustomerSegmentAssociation": ORTH.CustomerSegment,
    "CustomerJourneyStage": ORTH.CustomerJourneyStage,
    "CustomerTouchpoint": ORTH.CustomerTouchpoint,
    "CustomerJourneyStageCapability": ORTH.Capability,
    "CustomerJourneyStageValueStream": ORTH.ValueStream,
}
#: Structures with the same attributes share one class.
SHARED_CLASS = {
    "CustomerSegmentPerformanceIndicator": "IndicatorSummary",
    "CustomerJourneyMetric": "IndicatorSummary",
    "CustomerJourneyStagePerformanceMetric": "IndicatorSummary",
    "PerformanceIndicatorOutcomeTimeframesImmediateOutcome": "PerformanceIndicatorOutcome",
    "PerformanceIndicatorOutcomeTimeframesIntermediateOutcome": "PerformanceIndicatorOutcome",
    "PerformanceIndicatorOutcomeTimeframesLongTermOutcome": "PerformanceIndicatorOutcome",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of the catalogue; ``facts`` is its record there."""

    owner: str
    facts: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    @property
    def is_list(self) -> bool:
        return str(self.facts["kind"]).startswith("list-of-")

    @property
    def kind(self) -> str:
        return str(self.facts["kind"]).removeprefix("list-of-")

    @property
    def is_free_object(self) -> bool:
        """Whether it holds pairs of any name and content: kept as texts, one for each pair."""
        return self.facts["json_type"] == "object" and self.kind == "datatype"


def require_catalogue() -> None:
    """Skip the module that calls this while it is imported, where there is no catalogue."""
    if not CATALOGUE.exists():
        pytest.skip(
            "the metamodel catalogue lies in ../shared, which is absent", allow_module_level=True
        )


@cache
def catalogue() -> dict[str, Any]:
    """Return the catalogue."""
    found: dict[str, Any] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return found


@cache
def attributes() -> dict[tuple[str, str], Attribute]:
    """Return every attribute by class and name."""
    return {
        (each["class"], facts["name"]): Attribute(each["class"], facts)
        for domain in catalogue()["domains"]
        for each in domain["classes"]
        for facts in each["attributes"]
    }


def classes_of_domains(domains: AnyOf[str]) -> dict[str, dict[str, Any]]:
    """Return the records of the classes of some domains by name."""
    return {
        each["class"]: each
        for domain in catalogue()["domains"]
        if domain["id"] in domains
        for each in domain["classes"]
    }


def shapes_for(attribute: Attribute) -> list[Node]:
    """Return the property shapes that carry an attribute, by class and JSON key."""
    node = ORTHSH[SHARED_CLASS.get(attribute.owner, attribute.owner)]
    return [
        shape
        for shape in sorted(shapes().objects(node, SH.property), key=str)
        if (shape, KR.jsonKey, Literal(attribute.name)) in shapes()
    ]


def classes_of(shape: Node) -> set[Node]:
    """Return the classes that a property shape allows its values to have."""
    found = set(shapes().objects(shape, SH["class"]))
    for head in shapes().objects(shape, SH["or"]):
        for option in Collection(shapes(), head):
            found |= set(shapes().objects(option, SH["class"]))
    return found


def closed_list_of(shape: Node) -> list[str] | None:
    """Return the closed list of a property shape in its order; none where there is none."""
    head = shapes().value(shape, SH["in"])
    return None if head is None else [str(each) for each in Collection(shapes(), head)]


def expected_classes(attribute: Attribute) -> set[Node]:
    """Return the classes whose instances the values may be; none for plain values."""
    nested = attribute.facts.get("nested_class")
    if nested in LINKED:
        return {LINKED[nested]}
    if nested is not None:
        return {ORTH[SHARED_CLASS.get(nested, nested)]}
    target = attribute.facts.get("target_class")
    return set() if target is None else {ORTH[each] for each in str(target).split("|")}


def expected_datatype(attribute: Attribute) -> Node | None:
    """Return the datatype of the values; none where the values are elements or parts."""
    if expected_classes(attribute):
        return None
    facts = attribute.facts
    json_type = facts.get("item_json_type") or facts["json_type"]
    return DATATYPES.get(facts.get("format", ""), DATATYPES[json_type])
