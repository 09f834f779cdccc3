"""Constraints on organizations, their units, and the parties and risks that they deal with.

As in ``cases``, ``ex:this`` stands for the instance that keeps or breaks the constraint.
"""

from __future__ import annotations

from tests.shapes.cases import Case

CASES_OF_ORGANIZATIONS = [
    Case(
        "one-owning-unit",
        "Capability-ownedBy",
        "MaxCount",
        "ex:this a orth:Capability ; orth:ownedBy ex:unit .",
        "ex:this a orth:Capability . ex:unit orth:owns ex:this . ex:unit-2 orth:owns ex:this .",
    ),
    Case(
        "one-of-the-kinds-that-units-deal-with",
        "OrganizationUnit-sponsors",
        "Or",
        "ex:this a orth:OrganizationUnit ; orth:sponsors ex:ability , ex:stream , ex:product .",
        "ex:this a orth:OrganizationUnit ; orth:sponsors ex:persona .",
    ),
    Case(
        "yes-or-no",
        "Strategy-politicalAcuity",
        "Datatype",
        "ex:this a orth:Strategy ; orth:politicalAcuity true .",
        'ex:this a orth:Strategy ; orth:politicalAcuity "yes" .',
    ),
    Case(
        "required-closed-list",
        "Organization-orgType",
        "MinCount",
        'ex:this a orth:Organization ; orth:orgType "Cooperative" .',
        "ex:this a orth:Organization .",
    ),
    Case(
        "one-part-at-most",
        "ExternalOrganization-hasExternalOrganizationContactInfo",
        "MaxCount",
        "ex:this a orth:ExternalOrganization ; "
        "orth:hasExternalOrganizationContactInfo ex:desk . "
        "ex:desk a orth:ExternalOrganizationContactInfo .",
        "ex:this a orth:ExternalOrganization ; "
        "orth:hasExternalOrganizationContactInfo ex:desk-2 , ex:desk-3 . "
        "ex:desk-2 a orth:ExternalOrganizationContactInfo . "
        "ex:desk-3 a orth:ExternalOrganizationContactInfo .",
    ),
    Case(
        "between-organizations",
        "ExternalOrganization-regulates",
        "Or",
        "ex:this a orth:ExternalOrganization ; orth:regulates ex:house . "
        "ex:house a orth:Organization .",
        "ex:this a orth:ExternalOrganization ; orth:regulates ex:unit .",
    ),
    Case(
        "gap-of-nobody-acting",
        "Risk-mitigates-expected",
        "MinCount",
        "ex:this a orth:Risk . ex:ability orth:mitigates ex:this .",
        "ex:this a orth:Risk .",
        severity="Warning",
    ),
    Case(
        "unique-title-for-one-party",
        "StakeholderRequirement",
        "SPARQL",
        'ex:this a orth:StakeholderRequirement ; orth:title "Be told" . '
        "ex:party a orth:Stakeholder ; orth:hasStakeholderRequirement ex:this . "
        "ex:party-2 a orth:Stakeholder ; orth:hasStakeholderRequirement ex:like-it . "
        'ex:like-it a orth:StakeholderRequirement ; orth:title "Be told" .',
        'ex:this a orth:StakeholderRequirement ; orth:title "Be told" . '
        "ex:party a orth:Stakeholder ; orth:hasStakeholderRequirement ex:this , ex:repeated . "
        'ex:repeated a orth:StakeholderRequirement ; orth:title "Be told" .',
    ),
]
