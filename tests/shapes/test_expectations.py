"""What shapes expect to be there is missed when it is absent: required fields and gap rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, Graph, URIRef

from tests.ontology.bundle import SH, local_name, shapes
from tests.shapes.validation import Result, validate_data

if TYPE_CHECKING:
    from rdflib.term import Node

EXPECTING = sorted(shapes().subjects(SH.minCount, None), key=str)
NAMES = [local_name(shape) for shape in EXPECTING]


def target_of(shape: Node) -> Node:
    """Return the class whose instances a property shape speaks about."""
    node = shapes().value(predicate=SH.property, object=shape)
    assert node is not None
    target = shapes().value(node, SH.targetClass)
    assert target is not None
    return target


@cache
def results_for_bare_instances() -> list[Result]:
    """Validate one instance without any property for each class that shapes speak about."""
    data = Graph()
    for target in {target_of(shape) for shape in EXPECTING}:
        bare = URIRef(f"https://example.org/id/{local_name(target)}")
        data.add((bare, RDF.type, target))
    return validate_data(data)


@pytest.mark.parametrize("shape", EXPECTING, ids=NAMES)
def test_absence_is_noticed(shape: Node) -> None:
    name = local_name(shape)
    (result,) = [each for each in results_for_bare_instances() if each.shape == name]
    assert result.focus == local_name(target_of(shape))
    assert result.severity == local_name(shapes().value(shape, SH.severity))
    assert result.message == str(shapes().value(shape, SH.message))


@pytest.mark.parametrize("shape", EXPECTING, ids=NAMES)
def test_required_fields_block_and_gap_rules_do_not(shape: Node) -> None:
    blocks = shapes().value(shape, SH.severity) == SH.Violation
    assert blocks is not local_name(shape).endswith("-expected")


def test_the_gaps_that_matter_for_the_question_are_rules() -> None:
    assert {
        "ValueStreamStage-enabledBy-expected",
        "Capability-orgUnit-expected",
        "CustomerPersona-belongsToSegment-expected",
        "CustomerPersona-requires-expected",
        "CustomerJourneyStage-reliesOn-expected",
        "CustomerJourneyStage-mappedToStage-expected",
        "ValueStream-hasValueStreamStage-expected",
    } <= set(NAMES)
