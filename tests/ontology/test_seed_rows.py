"""Every row of the user's tables, and every mapping, has its place in ontology and shapes.

The catalogue beside the repository holds the rows as facts: class, name, type, closed list,
whether required, whether a list, what is referred to.
"""

from __future__ import annotations

import csv

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Literal

from tests.ontology.bundle import CATALOGUE, KR, ORTH, ORTHSH, SH, local_name, ontology, shapes
from tests.ontology.catalogue import (
    LINKED,
    Attribute,
    attributes,
    catalogue,
    classes_of,
    closed_list_of,
    expected_classes,
    expected_datatype,
    require_catalogue,
    shapes_for,
)

require_catalogue()

MAPPINGS = CATALOGUE.parent / "cross-domain-relationships.csv"


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
    many = attribute.is_list or attribute.is_free_object
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
    for shape in shapes_for(attribute):
        assert classes_of(shape) == expected_classes(attribute)
        assert shapes().value(shape, SH.datatype) == expected_datatype(attribute)


@pytest.mark.parametrize("attribute", ALL, ids=_id)
def test_the_field_has_the_closed_list_of_the_row(attribute: Attribute) -> None:
    for shape in shapes_for(attribute):
        expected = attribute.facts.get("enum") if attribute.kind == "enum" else None
        assert closed_list_of(shape) == expected


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
