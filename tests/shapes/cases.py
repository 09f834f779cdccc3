"""For each kind of constraint one instance that keeps it and one that breaks it.

``ex:this`` stands for the instance; the test gives each a name of its own. What the instances
refer to is declared once in ``WORLD``.
"""

from __future__ import annotations

from dataclasses import dataclass

WORLD = """
    ex:unit a orth:OrganizationUnit . ex:unit-2 a orth:OrganizationUnit .
    ex:ability a orth:Capability . ex:stream a orth:ValueStream . ex:stream-2 a orth:ValueStream .
    ex:persona a orth:CustomerPersona . ex:person a orth:CustomerPersona .
    ex:product a orth:Product . ex:service a orth:Service .
    ex:moment a orth:CustomerJourneyStage . ex:channel a orth:Channel .
"""


@dataclass(frozen=True, slots=True)
class Case:
    """What is kept, what breaks it, and which shape says so in which component.

    A SPARQL constraint stands in a node shape, whose name its results bear.
    """

    name: str
    shape: str
    component: str
    keeps: str
    breaks: str
    severity: str = "Violation"


CASES = [
    Case(
        "required",
        "Capability-purpose",
        "MinCount",
        'ex:this a orth:Capability ; orth:purpose "To know clients" .',
        "ex:this a orth:Capability .",
    ),
    Case(
        "at-most-one",
        "CustomerPersona-narrativeScenario",
        "MaxCount",
        'ex:this a orth:CustomerPersona ; orth:narrativeScenario "One" .',
        'ex:this a orth:CustomerPersona ; orth:narrativeScenario "One" , "Two" .',
    ),
    Case(
        "text",
        "CustomerSegment-customerNeeds",
        "Datatype",
        'ex:this a orth:CustomerSegment ; orth:customerNeeds "Time" , "Advice" .',
        'ex:this a orth:CustomerSegment ; orth:customerNeeds "Time" , 7 .',
    ),
    Case(
        "text-not-empty",
        "Product-title",
        "MinLength",
        'ex:this a orth:Product ; orth:title "Fund" .',
        'ex:this a orth:Product ; orth:title "" .',
    ),
    Case(
        "decimal",
        "CustomerLifetimeValue-value",
        "Datatype",
        "ex:this a orth:CustomerLifetimeValue ; orth:value 25000.0 .",
        'ex:this a orth:CustomerLifetimeValue ; orth:value "$25,000" .',
    ),
    Case(
        "date",
        "CustomerRelationshipEvent-eventDate",
        "Datatype",
        'ex:this a orth:CustomerRelationshipEvent ; orth:eventDate "2022-03-01"^^xsd:date .',
        'ex:this a orth:CustomerRelationshipEvent ; orth:eventDate "March 2022" .',
    ),
    Case(
        "whole-number",
        "CustomerJourneyStage-sequenceNumber",
        "Datatype",
        "ex:this a orth:CustomerJourneyStage ; orth:sequenceNumber 2 .",
        "ex:this a orth:CustomerJourneyStage ; orth:sequenceNumber 2.5 .",
    ),
    Case(
        "not-below",
        "ValueStreamStage-sequenceNumber",
        "MinInclusive",
        "ex:this a orth:ValueStreamStage ; orth:sequenceNumber 1 .",
        "ex:this a orth:ValueStreamStage ; orth:sequenceNumber 0 .",
    ),
    Case(
        "not-above",
        "PersonaStageExperience-satisfaction",
        "MaxInclusive",
        "ex:this a orth:PersonaStageExperience ; orth:satisfaction 5 .",
        "ex:this a orth:PersonaStageExperience ; orth:satisfaction 6 .",
    ),
    Case(
        "closed-list",
        "CustomerRelationship-loyaltyStatus",
        "In",
        'ex:this a orth:CustomerRelationship ; orth:loyaltyStatus "at-risk" .',
        'ex:this a orth:CustomerRelationship ; orth:loyaltyStatus "At risk" .',
    ),
    Case(
        "class",
        "CustomerPersona-requires",
        "Class",
        "ex:this a orth:CustomerPersona ; orth:requires ex:ability .",
        "ex:this a orth:CustomerPersona ; orth:requires ex:stream .",
    ),
    Case(
        "class-by-superclass",
        "CustomerSegment-dependsOn",
        "Class",
        "ex:this a orth:CustomerSegment ; orth:dependsOn ex:ability .",
        "ex:this a orth:CustomerSegment ; orth:dependsOn ex:nothing-known .",
    ),
    Case(
        "link-not-text",
        "CustomerJourney-mappedTo",
        "NodeKind",
        "ex:this a orth:CustomerJourney ; orth:mappedTo ex:stream .",
        'ex:this a orth:CustomerJourney ; orth:mappedTo "Wealth Advisory Value Stream" .',
    ),
    Case(
        "one-of-two-classes",
        "CustomerSegment-consumes",
        "Or",
        "ex:this a orth:CustomerSegment ; orth:consumes ex:product , ex:service .",
        "ex:this a orth:CustomerSegment ; orth:consumes ex:stream .",
    ),
    Case(
        "one-unit-answers",
        "CustomerRelationship-orgUnit",
        "MaxCount",
        "ex:this a orth:CustomerRelationship ; orth:orgUnit ex:unit ; orth:ownedBy ex:unit .",
        "ex:this a orth:CustomerRelationship ; orth:orgUnit ex:unit ; orth:ownedBy ex:unit-2 .",
    ),
    Case(
        "part-has-an-owner",
        "PersonaDemographics-owner",
        "MinCount",
        "ex:persona orth:hasDemographics ex:this . ex:this a orth:PersonaDemographics .",
        "ex:this a orth:PersonaDemographics .",
    ),
    Case(
        "part-has-one-owner",
        "PersonaPsychographics-owner",
        "MaxCount",
        "ex:persona orth:hasPsychographics ex:this . ex:this a orth:PersonaPsychographics .",
        "ex:persona orth:hasPsychographics ex:this . ex:person orth:hasPsychographics ex:this . "
        "ex:this a orth:PersonaPsychographics .",
    ),
    Case(
        "part-position",
        "StructuralNode-position",
        "MinInclusive",
        "ex:this a orth:CustomerRelationshipRisk ; kr:position 1 .",
        "ex:this a orth:CustomerRelationshipRisk ; kr:position 0 .",
    ),
    Case(
        "currency-code",
        "CustomerRelationshipValue-currency-code",
        "Pattern",
        'ex:this a orth:CustomerRelationshipValue ; orth:currency "USD" .',
        'ex:this a orth:CustomerRelationshipValue ; orth:currency "dollars" .',
        severity="Warning",
    ),
    Case(
        "link-has-a-target",
        "QualifiedRelationship-target",
        "MinCount",
        "ex:this a kr:QualifiedRelationship ; kr:target ex:ability .",
        "ex:this a kr:QualifiedRelationship .",
    ),
    Case(
        "link-strength",
        "QualifiedRelationship-strength",
        "MaxInclusive",
        "ex:this a kr:QualifiedRelationship ; kr:strength 5 .",
        "ex:this a kr:QualifiedRelationship ; kr:strength 6 .",
    ),
    Case(
        "link-dates-in-order",
        "QualifiedRelationship-validFrom",
        "LessThanOrEquals",
        'ex:this a kr:QualifiedRelationship ; kr:validFrom "2025-01-01"^^xsd:date ; '
        'kr:validUntil "2025-12-31"^^xsd:date .',
        'ex:this a kr:QualifiedRelationship ; kr:validFrom "2026-01-01"^^xsd:date ; '
        'kr:validUntil "2025-12-31"^^xsd:date .',
    ),
    Case(
        "link-facts-of-the-domain",
        "QualifiedRelationship-dependencyType",
        "Datatype",
        'ex:this a kr:QualifiedRelationship ; orth:dependencyType "delivery" .',
        "ex:this a kr:QualifiedRelationship ; orth:dependencyType 3 .",
    ),
    Case(
        "gap",
        "ValueStreamStage-enabledBy-expected",
        "MinCount",
        "ex:this a orth:ValueStreamStage ; orth:enabledBy ex:ability .",
        "ex:this a orth:ValueStreamStage .",
        severity="Warning",
    ),
    Case(
        "gap-told-from-the-other-end",
        "CustomerPersona-belongsToSegment-expected",
        "MinCount",
        "ex:this a orth:CustomerPersona . ex:segment orth:hasPersona ex:this .",
        "ex:this a orth:CustomerPersona .",
        severity="Warning",
    ),
    Case(
        "gap-backwards",
        "CustomerJourneyStage-isStageOfJourney-expected",
        "MinCount",
        "ex:this a orth:CustomerJourneyStage . ex:journey orth:hasJourneyStage ex:this .",
        "ex:this a orth:CustomerJourneyStage .",
        severity="Warning",
    ),
    Case(
        "gap-either-way",
        "ValueStreamStage-isStageOfValueStream-expected",
        "MinCount",
        "ex:this a orth:ValueStreamStage . ex:stage orth:hasSubStage ex:this .",
        "ex:this a orth:ValueStreamStage .",
        severity="Warning",
    ),
    Case(
        "hint",
        "CustomerPersona-followsJourney-expected",
        "MinCount",
        "ex:this a orth:CustomerPersona . ex:journey orth:appliesToPersona ex:this .",
        "ex:this a orth:CustomerPersona .",
        severity="Info",
    ),
    Case(
        "unique-key",
        "Strategy-title-unique",
        "QualifiedMaxCount",
        'ex:this a orth:Strategy ; orth:title "A key of its own" . '
        'ex:other a orth:Product ; orth:title "A key of its own" .',
        'ex:this a orth:Strategy ; orth:title "A key of two" . '
        'ex:twin a orth:Strategy ; orth:title "A key of two" .',
    ),
    Case(
        "unique-identifier",
        "CustomerSegment-customerID-unique",
        "MaxCount",
        'ex:this a orth:CustomerSegment ; orth:customerID "CUST-SEG-901" .',
        'ex:this a orth:CustomerSegment ; orth:customerID "CUST-SEG-902" . '
        'ex:twin-id a orth:CustomerSegment ; orth:customerID "CUST-SEG-902" .',
    ),
    Case(
        "unique-key-within-its-scope",
        "ValueStreamStage",
        "SPARQL",
        'ex:this a orth:ValueStreamStage ; orth:title "Assess" . '
        "ex:stream orth:hasValueStreamStage ex:this . "
        "ex:stream-2 orth:hasValueStreamStage ex:else . "
        'ex:else a orth:ValueStreamStage ; orth:title "Assess" .',
        'ex:this a orth:ValueStreamStage ; orth:title "Assess" . '
        "ex:stream orth:hasValueStreamStage ex:this , ex:again . "
        'ex:again a orth:ValueStreamStage ; orth:title "Assess" .',
    ),
    Case(
        "link-of-another-kind-of-subject",
        "Product-reliesOn",
        "Class",
        "ex:this a orth:Product ; orth:reliesOn ex:ability .",
        "ex:this a orth:Product ; orth:reliesOn ex:stream .",
    ),
    Case(
        "one-of-two-offers",
        "Strategy-affects",
        "Or",
        "ex:this a orth:Strategy ; orth:affects ex:product , ex:service .",
        "ex:this a orth:Strategy ; orth:affects ex:ability .",
    ),
    Case(
        "closed-list-of-many",
        "Service-channels",
        "In",
        'ex:this a orth:Service ; orth:channels "Phone" , "Email" .',
        'ex:this a orth:Service ; orth:channels "Phone" , "Telegram" .',
    ),
    Case(
        "closed-list-of-one-class",
        "InformationAsset-maturityLevel",
        "In",
        'ex:this a orth:InformationAsset ; orth:maturityLevel "Managed" .',
        'ex:this a orth:InformationAsset ; orth:maturityLevel "Level 4 - Managed" .',
    ),
    Case(
        "count-not-below",
        "CustomerSegment-segmentSize",
        "MinInclusive",
        "ex:this a orth:CustomerSegment ; orth:segmentSize 0 .",
        "ex:this a orth:CustomerSegment ; orth:segmentSize -1 .",
    ),
    Case(
        "percentage",
        "CustomerSegment-shareOfBase",
        "MaxInclusive",
        "ex:this a orth:CustomerSegment ; orth:shareOfBase 100.0 .",
        "ex:this a orth:CustomerSegment ; orth:shareOfBase 100.5 .",
    ),
    Case(
        "required-link",
        "CustomerListeningPost-listensAtStage",
        "MinCount",
        "ex:this a orth:CustomerListeningPost ; orth:listensAtStage ex:moment .",
        "ex:this a orth:CustomerListeningPost ; orth:listensThrough ex:channel .",
    ),
    Case(
        "gap-of-a-closed-list",
        "InformationAsset-dataClassification-expected",
        "MinCount",
        'ex:this a orth:InformationAsset ; orth:dataClassification "Internal" .',
        "ex:this a orth:InformationAsset .",
        severity="Warning",
    ),
    Case(
        "gap-of-a-part-without-a-whole",
        "CapabilityComponent-isComponentOf-expected",
        "MinCount",
        "ex:this a orth:CapabilityComponent . ex:ability orth:hasCapabilityComponent ex:this .",
        "ex:this a orth:CapabilityComponent .",
        severity="Warning",
    ),
    Case(
        "unique-title-within-the-whole",
        "InformationElement",
        "SPARQL",
        'ex:this a orth:InformationElement ; orth:title "Score" . '
        "ex:asset a orth:InformationAsset ; orth:hasInformationElement ex:this . "
        "ex:asset-2 a orth:InformationAsset ; orth:hasInformationElement ex:namesake . "
        'ex:namesake a orth:InformationElement ; orth:title "Score" .',
        'ex:this a orth:InformationElement ; orth:title "Score" . '
        "ex:asset a orth:InformationAsset ; orth:hasInformationElement ex:this , ex:copy . "
        'ex:copy a orth:InformationElement ; orth:title "Score" .',
    ),
]
