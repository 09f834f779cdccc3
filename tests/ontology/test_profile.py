"""The default profile says of every relationship how change travels over it, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, URIRef

from tests.ontology.bundle import KR, ORTH, local_name, ontology

if TYPE_CHECKING:
    from rdflib.term import Node

PROFILE = URIRef("https://orthogramic.com/profile/default")
RULES = sorted(ontology().objects(PROFILE, KR.rule), key=str)
#: What a rule may repeat without saying anything: its own modality, flow and number.
MECHANICAL = re.compile(r"ObjectToSubject|SubjectToObject|\bweight\b|\d")


def governed(rule: Node) -> Node:
    """Return the relationship that a rule speaks about."""
    found = ontology().value(rule, KR.onProperty)
    assert found is not None
    return found


def weight(rule: Node) -> float:
    """Return the weight of a rule."""
    return float(str(ontology().value(rule, KR.weight)))


def rule_of(relationship: URIRef) -> Node:
    """Return the rule that speaks about a relationship itself."""
    (found,) = [rule for rule in RULES if governed(rule) == relationship]
    return found


def test_there_is_one_default_profile() -> None:
    assert list(ontology().subjects(KR.isDefault, None)) == [PROFILE]
    assert str(ontology().value(PROFILE, KR.defaultStrength)) == "3"


@pytest.mark.parametrize("rule", RULES, ids=[local_name(rule) for rule in RULES])
def test_a_rule_says_why_in_one_sentence(rule: Node) -> None:
    reason = str(ontology().value(rule, RDFS.comment))
    assert re.fullmatch(r"[A-Z][^.]{30,}\.", reason)
    assert not MECHANICAL.search(reason)


@pytest.mark.parametrize("rule", RULES, ids=[local_name(rule) for rule in RULES])
def test_a_rule_is_named_after_its_relationship(rule: Node) -> None:
    assert local_name(rule) == local_name(governed(rule))


def test_weights_tell_relationships_apart() -> None:
    weights = [weight(rule) for rule in RULES]
    assert len(set(weights)) >= 12
    assert max(weights.count(each) for each in set(weights)) <= len(weights) // 6


def test_what_may_happen_weighs_less_than_what_must() -> None:
    possible = [weight(rule) for rule in RULES if (rule, KR.modality, KR.Possible) in ontology()]
    certain = [weight(rule) for rule in RULES if (rule, KR.modality, KR.Certain) in ontology()]
    assert max(possible) <= min(certain)


def test_symmetric_relationships_carry_change_both_ways() -> None:
    symmetric = set(ontology().subjects(RDF.type, OWL.SymmetricProperty))
    assert symmetric
    for relationship in symmetric:
        nearest = next(
            rule
            for ancestor in ontology().transitive_objects(relationship, RDFS.subPropertyOf)
            for rule in RULES
            if governed(rule) == ancestor
        )
        assert (nearest, KR.flow, KR.Both) in ontology()


@pytest.mark.parametrize(
    ("felt_by", "relationship", "felt_by_the_subject"),
    [
        ("the persona that requires a capability", ORTH.requires, True),
        ("the stage that a capability enables", ORTH.enabledBy, True),
        ("the value stream that has the stage", ORTH.hasValueStreamStage, True),
        ("the persona that experiences the value stream", ORTH.experiences, True),
        ("the journey that has the stage", ORTH.hasJourneyStage, True),
        ("what a unit is responsible for", ORTH.orgUnit, True),
        ("the persona that the journey applies to", ORTH.appliesToPersona, False),
        ("the broader capability", ORTH.isPartOfCapability, False),
        ("the segment that customers progress to", ORTH.progressesToSegment, False),
    ],
)
def test_change_is_felt_by(felt_by: str, relationship: URIRef, felt_by_the_subject: bool) -> None:
    expected = KR.ObjectToSubject if felt_by_the_subject else KR.SubjectToObject
    assert ontology().value(rule_of(relationship), KR.flow) == expected, felt_by
