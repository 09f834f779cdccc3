"""Impact profiles: how a change propagates over each relationship.

A sub-property inherits the rule of its nearest super-property; a rule on the inverse of a
property is the property's own rule with the flow flipped. Two rules that could both be meant are
a fault of the bundle, never a silent choice.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TypeVar

from pyoxigraph import NamedNode

from orthogramic.metamodel.documents import DocumentIndex
from orthogramic.metamodel.model import (
    Flow,
    ImpactProfile,
    ImpactRule,
    Modality,
    PropertyKind,
    PropertyTerm,
)
from orthogramic.syntax import local_name
from orthogramic.vocabulary import DCTERMS, KR, RDFS

_FLOWS = {
    KR.ObjectToSubject: Flow.OBJECT_TO_SUBJECT,
    KR.SubjectToObject: Flow.SUBJECT_TO_OBJECT,
    KR.Both: Flow.BOTH,
    KR["None"]: Flow.NONE,
}
_MODALITIES = {KR.Certain: Modality.CERTAIN, KR.Possible: Modality.POSSIBLE}
_SUPPORTS = {KR.All: "all", KR.Any: "any"}

_Choice = TypeVar("_Choice", Flow, Modality, str)

_DEFAULT_STRENGTH = 3
_GREATEST_STRENGTH = 5


def read_profiles(
    index: DocumentIndex, properties: dict[NamedNode, PropertyTerm]
) -> tuple[ImpactProfile, ...]:
    """Read every impact profile.

    :returns: the profiles, sorted by IRI.
    """
    profiles = tuple(
        _profile(index, iri, properties)
        for iri in sorted(index.named_instances(KR.ImpactProfile), key=lambda each: each.value)
    )
    defaults = [each for each in profiles if each.is_default]
    for each in defaults[1:]:
        index.fault(each.iri, "a second profile says kr:isDefault true", KR.isDefault)
    return profiles


def _profile(
    index: DocumentIndex, iri: NamedNode, properties: dict[NamedNode, PropertyTerm]
) -> ImpactProfile:
    rules = [_rule(index, each, properties) for each in index.nodes(iri, KR.rule)]
    sound = sorted((each for each in rules if each), key=lambda each: each.property.value)
    return ImpactProfile(
        iri=iri,
        name=local_name(iri),
        label=index.text(iri, RDFS.label) or local_name(iri),
        description=index.text(iri, DCTERMS.description) or index.text(iri, RDFS.comment) or "",
        default_strength=_default_strength(index, iri),
        is_default=index.text(iri, KR.isDefault) in ("true", "1"),
        rules=tuple(sound),
        effective=_effective(index, sound, properties),
    )


def _default_strength(index: DocumentIndex, iri: NamedNode) -> int:
    text = index.text(iri, KR.defaultStrength)
    if text is None:
        return _DEFAULT_STRENGTH
    if text not in {str(each) for each in range(1, _GREATEST_STRENGTH + 1)}:
        index.fault(iri, f"kr:defaultStrength {text!r} is not 1 to 5", KR.defaultStrength)
        return _DEFAULT_STRENGTH
    return int(text)


def _rule(
    index: DocumentIndex, iri: NamedNode, properties: dict[NamedNode, PropertyTerm]
) -> ImpactRule | None:
    on = index.node(iri, KR.onProperty)
    term = properties.get(on) if on else None
    if on is None or term is None or term.kind is not PropertyKind.RELATIONSHIP:
        what = f"<{on.value}>" if on else "nothing"
        index.fault(iri, f"kr:onProperty names {what}, which is no relationship", KR.onProperty)
        return None
    flow = _choice(index, iri, KR.flow, _FLOWS)
    modality = _choice(index, iri, KR.modality, _MODALITIES)
    support = _support(index, iri)
    weight = _weight(index, iri)
    if flow is None or modality is None or support is None or weight is None:
        return None
    return ImpactRule(
        iri=iri,
        property=on,
        flow=flow,
        weight=weight,
        modality=modality,
        support=support,
        reason=index.text(iri, RDFS.comment) or "",
    )


def _choice(
    index: DocumentIndex, iri: NamedNode, predicate: NamedNode, choices: dict[NamedNode, _Choice]
) -> _Choice | None:
    node = index.node(iri, predicate)
    if node is not None and node in choices:
        return choices[node]
    allowed = ", ".join(f"kr:{local_name(each)}" for each in choices)
    index.fault(iri, f"kr:{local_name(predicate)} must be one of {allowed}", predicate)
    return None


def _support(index: DocumentIndex, iri: NamedNode) -> str | int | None:
    text = index.text(iri, KR.support)
    if text is None:
        return _choice(index, iri, KR.support, _SUPPORTS)
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    index.fault(iri, f"kr:support {text!r} is no count of at least 1", KR.support)
    return None


def _weight(index: DocumentIndex, iri: NamedNode) -> float | None:
    text = index.text(iri, KR.weight)
    try:
        weight = float(text) if text is not None else math.nan
    except ValueError:
        weight = math.nan
    if 0.0 < weight <= 1.0:
        return weight
    index.fault(iri, f"kr:weight {text!r} is not above 0 and at most 1", KR.weight)
    return None


def _effective(
    index: DocumentIndex, rules: list[ImpactRule], properties: dict[NamedNode, PropertyTerm]
) -> dict[NamedNode, ImpactRule]:
    stated = _stated(index, rules, properties)
    effective: dict[NamedNode, ImpactRule] = {}
    for iri, term in properties.items():
        if term.kind is not PropertyKind.RELATIONSHIP or term.primary is not None:
            continue
        rule = _most_specific(index, term, stated, properties)
        if rule is None:
            continue
        effective[iri] = rule
        if term.inverse is not None:
            effective[term.inverse] = replace(rule, flow=rule.flow.flipped())
    return effective


def _stated(
    index: DocumentIndex, rules: list[ImpactRule], properties: dict[NamedNode, PropertyTerm]
) -> dict[NamedNode, ImpactRule]:
    """Bring every rule onto the primary property; two rules for one property are a fault."""
    stated: dict[NamedNode, ImpactRule] = {}
    for rule in rules:
        primary = properties[rule.property].primary
        on = primary or rule.property
        if on in stated:
            index.fault(rule.iri, f"{local_name(on)} has two rules in one profile", KR.onProperty)
        stated[on] = rule if primary is None else replace(rule, flow=rule.flow.flipped())
    return stated


def _most_specific(
    index: DocumentIndex,
    term: PropertyTerm,
    stated: dict[NamedNode, ImpactRule],
    properties: dict[NamedNode, PropertyTerm],
) -> ImpactRule | None:
    if term.iri in stated:
        return stated[term.iri]
    inherited = [each for each in term.ancestors if each in stated]
    hidden = {
        above for each in inherited if each in properties for above in properties[each].ancestors
    }
    nearest = [each for each in inherited if each not in hidden]
    contents = {
        (rule.flow, rule.weight, rule.modality, rule.support)
        for rule in (stated[each] for each in nearest)
    }
    if len(contents) > 1:
        names = " and ".join(sorted(local_name(each) for each in nearest))
        index.fault(term.iri, f"{term.name} inherits different impact rules from {names}")
    return stated[nearest[0]] if nearest else None
