"""What a person would do about each planted fault, as SPARQL updates."""

from __future__ import annotations

import pyoxigraph

from tests.data.datasets import triples
from tests.data.invalid_bank import BANK


def mended(*faults: int) -> bytes:
    """Return the bank in Turtle with some faults mended."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*each) for each in triples(BANK))
    for fault in faults:
        before = set(store)
        store.update(_PREFIXES + MENDS[fault])
        assert set(store) != before, f"the mend of fault {fault} changes nothing"
    text = pyoxigraph.serialize(
        (each.triple for each in store), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    assert text is not None
    return text


_PREFIXES = """
PREFIX id: <https://data.orthogramic.com/id/>
PREFIX capability: <https://data.orthogramic.com/id/Capability/>
PREFIX journey: <https://data.orthogramic.com/id/CustomerJourney/>
PREFIX link: <https://data.orthogramic.com/id/QualifiedRelationship/>
PREFIX persona: <https://data.orthogramic.com/id/CustomerPersona/>
PREFIX segment: <https://data.orthogramic.com/id/CustomerSegment/>
PREFIX stage: <https://data.orthogramic.com/id/ValueStreamStage/>
PREFIX stream: <https://data.orthogramic.com/id/ValueStream/>
PREFIX unit: <https://data.orthogramic.com/id/OrganizationUnit/>
PREFIX kr: <https://orthogramic.com/repository#>
PREFIX orth: <https://orthogramic.com/metamodel#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def _instead(subject: str, predicate: str, value: str) -> str:
    """Write an update that leaves one value of a property."""
    return (
        f"DELETE {{ {subject} {predicate} ?old }} INSERT {{ {subject} {predicate} {value} }} "
        f"WHERE {{ OPTIONAL {{ {subject} {predicate} ?old }} }}"
    )


def _without(statement: str) -> str:
    return f"DELETE DATA {{ {statement} }}"


def _with(statement: str) -> str:
    return f"INSERT DATA {{ {statement} }}"


_DAILY = "stage:settle-into-everyday-banking"
_READING = "<https://data.orthogramic.com/id/KeyPerformanceIndicator/app-store-rating/2026>"

#: What a person would do about each fault.
MENDS = {
    1: _without("segment:CUST-SEG-102 orth:consumes capability:credit-decisioning"),
    2: _without("persona:PERSONA-101 orth:requires stream:settle-into-everyday-banking"),
    3: _instead("persona:PERSONA-109", "orth:personaID", '"PERSONA-109"'),
    4: _with("persona:PERSONA-104 orth:belongsToSegment segment:CUST-SEG-102"),
    5: _without("journey:JOURNEY-101 orth:isDesignedForSegment segment:CUST-SEG-102"),
    6: _instead(
        "id:CustomerJourneyStage\\/JOURNEY-101-STAGE-3", "orth:mappedToStage", f"{_DAILY}-move-in"
    ),
    7: _instead("segment:CUST-SEG-101\\/lifetime-value", "orth:currency", '"EUR"'),
    8: _without(
        "id:CustomerJourneyStage\\/JOURNEY-101-STAGE-2 orth:hasIndicatorSummary "
        "journey:JOURNEY-101\\/overall-journey-metrics\\/1"
    ),
    9: _with("persona:PERSONA-102 orth:hasDemographics persona:PERSONA-102\\/demographics"),
    10: _with('id:CustomerListeningPost\\/LP-101 orth:listeningPostID "LP-101"'),
    11: _instead("capability:account-activation", "orth:maturityLevel", '"Level 3 - Defined"'),
    12: _without("unit:payments-and-ledger-operations orth:owns capability:card-control"),
    13: _with('capability:budget-guidance orth:purpose "Let people sleep on the twenty-fifth."'),
    14: _with("capability:contract-conclusion orth:orgUnit unit:everyday-banking"),
    15: _instead("capability:credit-decisioning", "orth:description", '"Deciding on a loan."'),
    16: _instead(f"{_DAILY}-spark-interest", "orth:sequenceNumber", "1"),
    17: _instead(f"{_DAILY}-run-daily-money", "orth:title", '"Run Daily Money"'),
    18: _without(f"stream:finance-a-home orth:hasValueStreamStage {_DAILY}-prove-and-sign"),
    19: _without(f"{_DAILY}-look-ahead-together orth:enabledBy capability:life-event-detection"),
    20: _with("stage:finance-a-home-set-the-budget orth:enabledBy capability:budget-guidance"),
    21: _instead("id:Product\\/starter-savings-pot", "orth:title", '"Starter Savings Pot"'),
    22: _without("unit:app-and-web-studio orth:provides id:Channel\\/CHAN-101"),
    23: _instead(
        "id:KeyPerformanceIndicator\\/account-opening-effort-score\\/measurement\\/2025-q1",
        "orth:measuredValue",
        "4.0",
    ),
    24: _with(
        f"id:KeyPerformanceIndicator\\/app-store-rating orth:hasPeriodMeasurement {_READING} . "
        f'{_READING} a orth:PeriodMeasurement ; orth:periodLabel "2026" ; orth:measuredValue 4.2 ; '
        'orth:measurementUnit "stars" ; orth:improvementDirection "Higher is better" ; '
        'orth:periodStart "2026-01-01"^^xsd:date ; orth:periodEnd "2026-12-31"^^xsd:date'
    ),
    25: _instead(
        "id:PerformanceIndicator\\/PI-101",
        "orth:lastUpdated",
        '"2026-03-31T09:00:00Z"^^xsd:dateTime',
    ),
    26: _instead("id:Initiative\\/two-day-mortgage", "orth:startDate", '"2025-06-01"^^xsd:date'),
    27: _instead("id:Initiative\\/ten-minute-account\\/phases\\/2", "kr:position", "2"),
    28: _with(
        "id:Initiative\\/one-app-for-everything "
        "orth:pursues id:StrategyObjective\\/usable-in-ten-minutes"
    ),
    29: _instead("id:UserStory\\/BK-US-101", "orth:storyRole", '"young customer"'),
    30: _instead("id:UserStory\\/BK-US-102", "orth:feasibilityScore", "3"),
    31: _with("id:Strategy\\/banking-for-real-lives orth:orgUnit unit:retail-banking"),
    32: _instead("id:Strategy\\/a-home-within-reach", "orth:stakeholderEmotionalInsight", "true"),
    33: _instead("id:Risk\\/RISK-102", "orth:lastReviewDate", '"2026-02-28"^^xsd:date'),
    34: _with("link:PERSONA-101-requires-card-control kr:target capability:card-control"),
    35: _instead(
        "link:settle-into-everyday-banking-prove-and-sign-enabledBy-document-capture",
        "kr:strength",
        "3",
    ),
    36: _instead(
        "link:settle-into-everyday-banking-run-daily-money-enabledBy-account-ledger-keeping",
        "kr:validUntil",
        '"2027-12-31"^^xsd:date',
    ),
    37: _instead(
        "link:PERSONA-101-experiences-settle-into-everyday-banking",
        "kr:property",
        "orth:experiences",
    ),
}
