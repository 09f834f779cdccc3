"""Every class and attribute of the eleven core domains has its field, of the kind the tables say.

Where the bundle reads the tables otherwise throughout, the reading is a rule below; where it does
so once, it is an entry of ``DEVIATIONS`` with its reason, and an entry that is not needed fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS

from tests.ontology.bundle import KR, ORTH, SH, local_name, ontology, shapes
from tests.ontology.catalogue import (
    SHARED_CLASS,
    Attribute,
    attributes,
    classes_of,
    classes_of_domains,
    closed_list_of,
    expected_classes,
    expected_datatype,
    require_catalogue,
    shapes_for,
)

if TYPE_CHECKING:
    from rdflib.term import Node

require_catalogue()

CORE = frozenset(
    {
        "organization",
        "stakeholder",
        "capabilities",
        "strategy",
        "products",
        "services",
        "information",
        "performance",
        "initiatives",
        "policy",
        "value-stream",
    }
)
CLASSES = classes_of_domains(CORE)
ATTRIBUTES = {
    owner: [each for each in attributes().values() if each.owner == owner] for owner in CLASSES
}
#: References to what stands above: there is one, while a name in a string may stand for several.
POINTS_UP = re.compile(r"parent\w*|higherOrganizationUnit|orgUnitTitle|organizationUnit")


@dataclass(frozen=True, slots=True)
class Deviation:
    """What the bundle says of one attribute instead of the catalogue, and why."""

    instead: object
    reason: str


DEVIATIONS = {
    ("target", "OrganizationUnit", "higherOrganizationUnit"): Deviation(
        {"OrganizationUnit"}, "that a unit belongs to the organization is a link of its own"
    ),
    ("target", "PerformanceIndicatorStrategicAlignment", "alignmentID"): Deviation(
        {"Capability", "Initiative", "Policy", "StrategyObjective", "ValueStream"},
        "the closed list beside it names five kinds of target, the reference only two",
    ),
    ("target", "PerformanceMetric", "rationales"): Deviation(
        set(), "the class of rationales belongs to no core domain; until it is there they are texts"
    ),
    ("type", "PerformanceMetric", "rationales"): Deviation(
        {"string"}, "the class of rationales belongs to no core domain; until then they are texts"
    ),
}


def is_required(attribute: Attribute) -> bool:
    """Say whether an attribute must be there: as the tables say, and every identifier."""
    identifier = CLASSES[attribute.owner]["identifier"]
    return bool(attribute.facts.get("required")) or attribute.name == identifier


def is_many(attribute: Attribute) -> bool:
    """Say whether an attribute may have several values.

    A reference that the tables write as one string may name several targets, unless it points up or
    stands in a nested structure, which describes one target.
    """
    names_several = (
        attribute.kind == "object-reference"
        and not POINTS_UP.fullmatch(attribute.name)
        and CLASSES[attribute.owner]["kind"] != "nested-structure"
    )
    return attribute.is_list or attribute.is_free_object or names_several


def reference_keys(attribute: Attribute) -> set[str]:
    """Return the properties that documents refer to the targets by; empty for no reference."""
    targets = {each for each in expected_classes(attribute) if is_entity(each)}
    if targets and attribute.facts.get("ref_by") == "title":
        return {"title"}
    return {local_name(ontology().value(each, KR.businessKey)) for each in targets}


def is_entity(term: Node) -> bool:
    """Say whether a class is one of elements with a page of their own."""
    return KR.Entity in set(ontology().transitive_objects(term, RDFS.subClassOf))


def said(attribute: Attribute, constraint: Node) -> set[str]:
    """Return what the fields of an attribute say in one constraint; empty where they are silent."""
    values = {shapes().value(shape, constraint) for shape in shapes_for(attribute)}
    return {local_name(each) for each in values if each is not None}


def limits(attribute: Attribute) -> set[tuple[str, str]]:
    """Return the least and the greatest number that the fields of an attribute allow."""
    return {
        (name, each)
        for name, constraint in (("minimum", SH.minInclusive), ("maximum", SH.maxInclusive))
        for each in said(attribute, constraint)
    }


def target_expected(attribute: Attribute) -> object:
    return {local_name(each) for each in expected_classes(attribute)}


def target_found(attribute: Attribute) -> object:
    fields = shapes_for(attribute)
    return {local_name(each) for shape in fields for each in classes_of(shape)}


def type_expected(attribute: Attribute) -> object:
    datatype = expected_datatype(attribute)
    return set() if datatype is None else {local_name(datatype)}


def type_found(attribute: Attribute) -> object:
    return said(attribute, SH.datatype)


def list_expected(attribute: Attribute) -> object:
    return [attribute.facts["enum"] if attribute.kind == "enum" else None]


def list_found(attribute: Attribute) -> object:
    return [closed_list_of(shape) for shape in shapes_for(attribute)]


def many_found(attribute: Attribute) -> object:
    return "1" not in said(attribute, SH.maxCount)


def required_found(attribute: Attribute) -> object:
    return "1" in said(attribute, SH.minCount)


def reference_found(attribute: Attribute) -> object:
    return said(attribute, KR.referenceKey)


def limits_expected(attribute: Attribute) -> object:
    facts = attribute.facts
    return {(name, str(facts[name])) for name in ("minimum", "maximum") if name in facts}


#: For each aspect what the tables make us expect of an attribute, and what its fields say.
ASPECTS: dict[str, tuple[Callable[[Attribute], object], Callable[[Attribute], object]]] = {
    "target": (target_expected, target_found),
    "type": (type_expected, type_found),
    "closed list": (list_expected, list_found),
    "one or many": (is_many, many_found),
    "required": (is_required, required_found),
    "reference": (reference_keys, reference_found),
    "limits": (limits_expected, limits),
}


def test_the_core_is_eleven_domains_with_all_their_classes() -> None:
    assert {each["domain"] for each in CLASSES.values()} == CORE
    assert len(CLASSES) == 43
    assert sum(map(len, ATTRIBUTES.values())) == 688


@pytest.mark.parametrize("owner", CLASSES)
def test_the_class_is_an_entity_or_a_part_as_the_tables_say(owner: str) -> None:
    nested = CLASSES[owner]["kind"] == "nested-structure"
    term = ORTH[SHARED_CLASS.get(owner, owner)]
    root = KR.StructuralNode if nested else KR.Entity
    assert (term, RDF.type, OWL.Class) in ontology()
    assert root in set(ontology().transitive_objects(term, RDFS.subClassOf))


@pytest.mark.parametrize("owner", [name for name in CLASSES if CLASSES[name]["identifier"]])
def test_the_class_is_known_by_its_identifier(owner: str) -> None:
    (key,) = ontology().objects(ORTH[owner], KR.businessKey)
    identifier = attributes()[owner, CLASSES[owner]["identifier"]]
    assert said(identifier, SH.path) == {local_name(key)}


@pytest.mark.parametrize("owner", CLASSES)
def test_every_attribute_has_a_field(owner: str) -> None:
    assert [each.name for each in ATTRIBUTES[owner] if not shapes_for(each)] == []


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("owner", CLASSES)
def test_the_fields_agree_with_the_tables_in(aspect: str, owner: str) -> None:
    expected, found = ASPECTS[aspect]
    wanted = {each.name: expected(each) for each in ATTRIBUTES[owner]}
    for at, name in ((key[1], key[2]) for key in DEVIATIONS if key[0] == aspect):
        if at == owner:
            wanted[name] = DEVIATIONS[aspect, owner, name].instead
    assert {each.name: found(each) for each in ATTRIBUTES[owner]} == wanted


@pytest.mark.parametrize("key", DEVIATIONS, ids=" ".join)
def test_a_deviation_is_needed_and_says_why(key: tuple[str, str, str]) -> None:
    aspect, owner, name = key
    expected, _ = ASPECTS[aspect]
    assert expected(attributes()[owner, name]) != DEVIATIONS[key].instead
    assert len(DEVIATIONS[key].reason.split()) >= 5


@pytest.mark.parametrize(
    ("owner", "name", "aspect", "other"),
    [
        ("Capability", "maturityLevel", "closed list", {"enum": ["Level 1 - Initial"]}),
        ("Capability", "title", "required", {"required": False, "name": "toolsAndTechnologies"}),
        ("Policy", "reviewFrequency", "type", {"json_type": "number"}),
        ("ValueStreamStage", "enablingCapability", "one or many", {"name": "parentValueStream"}),
        ("Initiative", "childProgram", "target", {"target_class": "Project"}),
        ("PerformanceIndicatorRelatedIndicator", "indicatorID", "reference", {"ref_by": "title"}),
        ("PerformanceIndicatorRelatedIndicator", "relationshipStrength", "limits", {"maximum": 9}),
    ],
)
def test_a_field_that_differs_is_noticed(
    owner: str, name: str, aspect: str, other: dict[str, object]
) -> None:
    attribute = attributes()[owner, name]
    expected, found = ASPECTS[aspect]
    assert expected(Attribute(owner, attribute.facts | other)) != found(attribute)
