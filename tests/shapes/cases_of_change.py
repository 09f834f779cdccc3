"""Cases of the domains of measures, initiatives, technology, channels and risks.

They go beside the cases of all other domains and try what these domains have and those lack.
"""

from __future__ import annotations

from tests.shapes.cases import Case

CASES_OF_CHANGE = [
    Case(
        "start-not-after-end",
        "Initiative-startDate",
        "LessThanOrEquals",
        'ex:this a orth:Initiative ; orth:startDate "2026-01-01"^^xsd:date ; '
        'orth:endDate "2026-01-01"^^xsd:date .',
        'ex:this a orth:Initiative ; orth:startDate "2026-01-02"^^xsd:date ; '
        'orth:endDate "2026-01-01"^^xsd:date .',
    ),
    Case(
        "months-in-order",
        "InitiativePhase-startMonth",
        "LessThanOrEquals",
        "ex:this a orth:InitiativePhase ; orth:startMonth 1 ; orth:endMonth 3 .",
        "ex:this a orth:InitiativePhase ; orth:startMonth 4 ; orth:endMonth 3 .",
    ),
    Case(
        "reading-is-a-number",
        "PeriodMeasurement-measuredValue",
        "Datatype",
        "ex:this a orth:PeriodMeasurement ; orth:measuredValue 62.5 .",
        'ex:this a orth:PeriodMeasurement ; orth:measuredValue "62.5 percent" .',
    ),
    Case(
        "moment",
        "PerformanceIndicator-lastUpdated",
        "Datatype",
        "ex:this a orth:PerformanceIndicator ; "
        'orth:lastUpdated "2026-03-31T09:00:00Z"^^xsd:dateTime .',
        'ex:this a orth:PerformanceIndicator ; orth:lastUpdated "2026-03-31"^^xsd:date .',
    ),
    Case(
        "closed-list-of-signs",
        "PerformanceThreshold-comparisonOperator",
        "In",
        'ex:this a orth:PerformanceThreshold ; orth:comparisonOperator ">=" .',
        'ex:this a orth:PerformanceThreshold ; orth:comparisonOperator "=>" .',
    ),
    Case(
        "mark-not-above",
        "UserStory-feasibilityScore",
        "MaxInclusive",
        "ex:this a orth:UserStory ; orth:feasibilityScore 5 .",
        "ex:this a orth:UserStory ; orth:feasibilityScore 6 .",
    ),
    Case(
        "part-of-a-part-by-one-of-several-ways",
        "PerformanceIndicatorOutcome-owner",
        "MinCount",
        "ex:frames orth:hasLongTermOutcome ex:this . ex:this a orth:PerformanceIndicatorOutcome .",
        "ex:frames orth:hasCatalyticEvent ex:this . ex:this a orth:PerformanceIndicatorOutcome .",
    ),
    Case(
        "part-owned-in-two-ways",
        "PerformanceIndicatorOutcome-owner",
        "MaxCount",
        "ex:early orth:hasImmediateOutcome ex:this . ex:this a orth:PerformanceIndicatorOutcome .",
        "ex:early orth:hasImmediateOutcome ex:this . ex:late orth:hasLongTermOutcome ex:this . "
        "ex:this a orth:PerformanceIndicatorOutcome .",
    ),
    Case(
        "one-of-five-classes",
        "PerformanceIndicatorStrategicAlignment-alignedWith",
        "Or",
        "ex:this a orth:PerformanceIndicatorStrategicAlignment ; orth:alignedWith ex:stream .",
        "ex:this a orth:PerformanceIndicatorStrategicAlignment ; orth:alignedWith ex:product .",
    ),
    Case(
        "measures-an-element",
        "KeyPerformanceIndicator-measures",
        "Class",
        "ex:this a orth:KeyPerformanceIndicator ; orth:measures ex:ability , ex:persona .",
        "ex:this a orth:KeyPerformanceIndicator ; orth:measures ex:nothing-known .",
    ),
    Case(
        "gap-without-a-reading",
        "KeyPerformanceIndicator-hasPeriodMeasurement-expected",
        "MinCount",
        "ex:this a orth:KeyPerformanceIndicator ; orth:hasPeriodMeasurement ex:reading . "
        "ex:reading a orth:PeriodMeasurement .",
        "ex:this a orth:KeyPerformanceIndicator .",
        severity="Warning",
    ),
    Case(
        "gap-of-an-aim-without-work",
        "StrategyObjective-pursues-expected",
        "MinCount",
        "ex:this a orth:StrategyObjective . ex:work a orth:Project ; orth:pursues ex:this .",
        "ex:this a orth:StrategyObjective .",
        severity="Warning",
    ),
    Case(
        "gap-of-idle-software",
        "ApplicationComponent-supportsCapability-expected",
        "MinCount",
        "ex:this a orth:ApplicationComponent ; orth:supportsCapability ex:ability .",
        "ex:this a orth:ApplicationComponent .",
        severity="Warning",
    ),
]
