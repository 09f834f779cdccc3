"""Every row of the user's tables, and every mapping, has its place in ontology and shapes.

The catalogue beside the repository holds the rows as facts: class, name, type, closed list,
whether required, whether a list, what is referred to.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Literal
from rdflib.collection import Collection

from tests.ontology.bundle import CATALOGUE, KR, ORTH, ORTHSH, SH, local_name, ontology, shapes

if TYPE_CHECKING:
    from rdflib.term import Node

if not CATALOGUE.exists():
    pytest.skip(
        "the metamodel catalogue lies in ../shared, which is absent", allow_module_level=True
    )

MAPPINGS = CATALOGUE.parent / "cross-domain-relationships.csv"
DATATYPES = {"string": XSD.string, "integer": XSD.integer, "number": XSD.decimal}
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


def seed_attributes() -> list[Attribute]:
    """Return the attributes that some row of the tables names, without repetition."""
    named = {(row["class"], row["property"]) for row in catalogue()["seed_rows"]}
    return [attributes()[each] for each in sorted(named)]


def nested_attributes() -> list[Attribute]:
    """Return the attributes of the structures that the rows hold, and of all below them."""
    found: dict[tuple[str, str], Attribute] = {}
    queue = [each.facts.get("nested_class") for each in seed_attributes()]
    queue += ["CustomerJourneyMetric", "CustomerJourneyImprovement"]
    queue = [each for each in queue if each not in LINKED]
    queue += ["CustomerJourneyStage", "CustomerTouchpoint"]
    for nested in filter(None, queue):
        found |= {key: each for key, each in attributes().items() if key[0] == nested}
    seeds = seed_attributes()
    return [found[key] for key in sorted(found) if found[key] not in seeds]


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


def expected_class(attribute: Attribute) -> Node | None:
    """Return the class whose instances the values of an attribute are; none for plain values."""
    nested = attribute.facts.get("nested_class")
    if nested in LINKED:
        return LINKED[nested]
    if nested is not None:
        return ORTH[SHARED_CLASS.get(nested, nested)]
    target = attribute.facts.get("target_class")
    # A unit stands below a unit or below the organization itself, which comes with its domain.
    return ORTH[str(target).split("|")[0]] if target is not None else None


def _id(attribute: Attribute) -> str:
    return f"{attribute.owner}.{attribute.name}"


SEEDS = seed_attributes()
ALL = [*SEEDS, *nested_attributes()]


def test_the_tables_have_sixty_one_distinct_rows() -> None:
    assert len(SEEDS) == 61


@pytest.mark.parametrize("attribute", ALL, ids=_id)
def test_the_row_has_a_field(attribute: Attribute) -> None:
    assert shapes_for(attribute)


@pytest.mark.parametrize("attribute", ALL, ids=_id)
def test_the_field_takes_one_or_many_as_the_row_says(attribute: Attribute) -> None:
    # An object of free pairs became a list of texts, each a name, a colon and the content.
    is_free_object = attribute.facts["json_type"] == "object" and not expected_class(attribute)
    many = attribute.is_list or is_free_object
    limits = {
        shapes().value(shape, SH.maxCount)
        for shape in shapes_for(attribute)
        # A segment has one parent, though the list of related segments holds many entries.
        if shape != ORTHSH["CustomerSegment-hasParentSegment"]
    }
    assert limits == ({None} if many else {Literal(1)})


@pytest.mark.parametrize("attribute", ALL, ids=_id)
def test_the_field_is_required_as_the_row_says(attribute: Attribute) -> None:
    required = Literal(1) if attribute.facts.get("required") else None
    for shape in shapes_for(attribute):
        assert shapes().value(shape, SH.minCount) == required


@pytest.mark.parametrize("attribute", ALL, ids=_id)
def test_the_field_has_the_type_of_the_row(attribute: Attribute) -> None:
    target = expected_class(attribute)
    for shape in shapes_for(attribute):
        if target is not None:
            assert classes_of(shape) == {target}
        elif attribute.facts.get("format") == "date":
            assert shapes().value(shape, SH.datatype) == XSD.date
        else:
            json_type = attribute.facts.get("item_json_type") or attribute.facts["json_type"]
            expected = DATATYPES.get(json_type, XSD.string)
            assert shapes().value(shape, SH.datatype) == expected


@pytest.mark.parametrize("attribute", ALL, ids=_id)
def test_the_field_has_the_closed_list_of_the_row(attribute: Attribute) -> None:
    for shape in shapes_for(attribute):
        head = shapes().value(shape, SH["in"])
        values = [str(each) for each in Collection(shapes(), head)] if head is not None else None
        assert values == (attribute.facts.get("enum") if attribute.kind == "enum" else None)


@pytest.mark.parametrize("attribute", [each for each in ALL if "maximum" in each.facts], ids=_id)
def test_the_field_has_the_limits_of_the_row(attribute: Attribute) -> None:
    for shape in shapes_for(attribute):
        for limit, constraint in (("minimum", SH.minInclusive), ("maximum", SH.maxInclusive)):
            assert shapes().value(shape, constraint) == Literal(attribute.facts[limit])


@pytest.mark.parametrize("attribute", [each for each in ALL if "ref_by" in each.facts], ids=_id)
def test_a_reference_is_made_by_the_key_of_the_row(attribute: Attribute) -> None:
    for shape in shapes_for(attribute):
        (target,) = classes_of(shape)
        by_title = attribute.facts["ref_by"] == "title"
        expected = ORTH.title if by_title else ontology().value(target, KR.businessKey)
        assert shapes().value(shape, KR.referenceKey) == expected


def test_related_segments_are_told_apart_by_the_words_of_the_tables() -> None:
    kinds = attributes()["CustomerSegmentAssociation", "relationshipType"].facts["enum"]
    fields = shapes_for(attributes()["CustomerSegment", "relatedCustomerSegments"])
    notations = [str(shapes().value(shape, SKOS.notation)) for shape in fields]
    assert sorted(notations) == sorted(kinds)


def seed_mappings() -> list[tuple[str, str, str, str]]:
    """Return the nine mappings: class, property, label, target classes."""
    with MAPPINGS.open(encoding="utf-8", newline="") as lines:
        return [
            (row["from_class"], row["property_name"], row["relationship"], row["to_class"])
            for row in csv.DictReader(lines)
            if row["note"].startswith("seed-mapping")
        ]


def test_there_are_nine_mappings() -> None:
    assert len(seed_mappings()) == 9


@pytest.mark.parametrize(("source", "name", "label", "target"), seed_mappings(), ids=str)
def test_the_mapping_is_a_relationship(source: str, name: str, label: str, target: str) -> None:
    relationship = ORTH[name]
    shape = ORTHSH[f"{source}-{name}"]
    assert (relationship, RDF.type, OWL.ObjectProperty) in ontology()
    assert str(ontology().value(relationship, RDFS.label)).removeprefix("is ") == label
    assert (ORTHSH[source], SH.property, shape) in shapes()
    assert classes_of(shape) == {ORTH[each] for each in target.split("|")}
    assert list(ontology().subjects(OWL.inverseOf, relationship))
    assert local_name(relationship) == name
