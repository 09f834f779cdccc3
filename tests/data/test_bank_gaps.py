"""Gaps, single points of failure and crooked journeys are where the bank's README plants them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.data.bank import NAME, column, grouped, readme_table
from tests.data.named_things import ask

SINGLE_POINTS = {
    ("Account Ledger Keeping", "Corestone Ledger"),
    ("Customer Authentication", "Keyring Identity"),
    ("Credit Decisioning", "Ratewise Decision Engine"),
}
REDUNDANT = {
    "Payment Execution": {"Swiftlane Payments", "Ferry Payments Standby"},
    "Know Your Customer Checks": {"Truefold Screening", "Second Look Screening"},
}


def test_three_single_points_of_failure_and_two_redundant_supports() -> None:
    support = grouped(
        """SELECT ?capability ?application { ?c a orth:Capability ; orth:title ?capability ;
             orth:isPartOfCapability ?group
             OPTIONAL { ?a orth:supportsCapability ?c ; orth:title ?application } }""",
    )
    critical = column('SELECT ?t { ?c orth:criticality "Critical" ; orth:title ?t }')
    single = {(title, *apps) for title, apps in support.items() if len(apps) == 1}
    assert single == SINGLE_POINTS
    assert {title for title, *_ in single} <= critical
    assert {title: apps for title, apps in support.items() if len(apps) == 2} == REDUNDANT
    assert Counter(map(len, support.values())) == {0: 19, 1: 3, 2: 2, 3: 21}
    assert min(len(support[title]) for title in critical) == 1


def test_no_information_is_lost_with_one_application() -> None:
    managers = grouped(
        """SELECT ?asset ?application { ?a a orth:InformationAsset ; orth:title ?asset
             OPTIONAL { ?by orth:managesInformation ?a ; orth:title ?application } }"""
    )
    assert {len(each) for each in managers.values()} == {2}


@pytest.mark.parametrize(
    ("planted", "query"),
    [
        (
            {"Starter Savings Pot", "Market Price Feed", "Clean Data Spring"}
            | {"Succession Advice", "Workforce Scheduling"},
            """SELECT ?t { ?e a ?class ; orth:title ?t
                 VALUES ?class { orth:Product orth:Service orth:InformationAsset orth:Initiative
                   orth:Capability orth:ValueStream }
                 FILTER NOT EXISTS { ?e orth:ownedBy|orth:orgUnit ?unit } }""",
        ),
        (
            {"Everyday Account", "Adviser by Video", "Data Quality Management"},
            """SELECT ?t { ?one orth:provides ?e . ?two orth:provides ?e . ?e orth:title ?t
                 FILTER(?one != ?two) }""",
        ),
        (
            {"Workforce Scheduling", "Market Price Feed"},
            """SELECT ?t { ?who orth:consumes ?e . ?e orth:title ?t
                 FILTER NOT EXISTS { ?unit orth:provides ?e } }""",
        ),
        (
            {"Segment Steering", "Price Setting", "Savings Automation", "Complaint Resolution"}
            | {"Regulatory Reporting", "Workforce Scheduling"},
            """SELECT ?t { ?c orth:isPartOfCapability ?group ; a orth:Capability ; orth:title ?t
                 FILTER NOT EXISTS { ?stage orth:enabledBy ?c } }""",
        ),
        (
            {"Retirement Income Planning", "Succession Advice", "Complaint Resolution"}
            | {"Knowledge Provision"},
            """SELECT ?t { ?c a orth:Capability ; orth:isPartOfCapability ?group ; orth:title ?t ;
                 orth:maturityLevel ?now ; orth:targetMaturityLevel ?target
                 FILTER(xsd:integer(SUBSTR(?target, 7, 1)) - xsd:integer(SUBSTR(?now, 7, 1)) > 1)
                 FILTER NOT EXISTS { ?effort orth:improves ?c } }""",
        ),
        (
            {"Safe Hands", "Clean Data Spring"},
            """SELECT ?t { ?i a orth:Initiative ; orth:title ?t
                 FILTER NOT EXISTS { ?i orth:pursues ?objective } }""",
        ),
        (
            {"Succession Settled Early"},
            """SELECT ?t { ?o a orth:StrategyObjective ; orth:title ?t
                 FILTER NOT EXISTS { ?effort orth:pursues ?o } }""",
        ),
        (
            {"Complaint Care Rating", "Data Defects per Thousand Records"},
            """SELECT ?t { ?k a orth:KeyPerformanceIndicator ; orth:title ?t
                 FILTER NOT EXISTS { ?k orth:hasPeriodMeasurement ?m } }""",
        ),
        (
            {"Starter Savings Pot"},
            """SELECT ?t { ?o orth:title ?t ; a ?class VALUES ?class { orth:Product orth:Service }
                 FILTER NOT EXISTS { ?o orth:deliveredThrough ?stream } }""",
        ),
        (
            {"Estate Companion Service"},
            """SELECT ?t { ?o orth:title ?t ; a ?class VALUES ?class { orth:Product orth:Service }
                 FILTER NOT EXISTS { ?strategy orth:affects ?o } }""",
        ),
        (
            {"Ledger Outage"},
            """SELECT ?t { ?r a orth:Risk ; orth:title ?t
                 FILTER NOT EXISTS { ?by orth:mitigates ?r } }""",
        ),
    ],
)  # fmt: skip
def test_gaps_are_where_they_were_planted(planted: set[str], query: str) -> None:
    assert column(query) == planted


def test_latest_measurements_are_off_target_where_the_table_says() -> None:
    rows = ask(
        NAME,
        """SELECT ?title ?direction ?value ?target ?start { ?k orth:title ?title ;
             orth:hasPeriodMeasurement ?m . ?m orth:measuredValue ?value ; orth:periodStart ?start ;
               orth:targetMeasure ?target ; orth:improvementDirection ?direction }
           ORDER BY ?start""",
    )
    off: dict[str, str] = {}
    for title, direction, value, target, _ in rows:
        better = 1 if direction == "Higher is better" else -1
        missed = better * float(value) < better * float(target)
        off[title] = "off target" if missed else "on target"
    said = {row["KPI"]: row["latest"] for row in readme_table("Measures")}
    assert off == {title: latest for title, latest in said.items() if "target" in latest}
    assert {3, 4} == set(Counter(title for title, *_ in rows).values())
    assert Counter(off.values()) == {"off target": 7, "on target": 5}


def alignment(journey: str, stream: str) -> list[str]:
    """Return the position of each journey stage's counterpart in a value stream."""
    rows = ask(
        NAME,
        f"""SELECT ?number ?counterpart {{ ?journey orth:journeyID "{journey}" ;
              orth:hasJourneyStage ?stage . ?stage orth:sequenceNumber ?number
              OPTIONAL {{ id:ValueStream\\/{stream} orth:hasValueStreamStage ?other .
                ?stage orth:mappedToStage ?other . ?other orth:sequenceNumber ?counterpart }} }}
            ORDER BY ?number""",
    )
    assert [number for number, _ in rows] == [str(each) for each in range(1, len(rows) + 1)]
    return [counterpart for _, counterpart in rows]


def test_journeys_match_come_out_of_order_and_lack_counterparts() -> None:
    assert alignment("JOURNEY-101", "settle-into-everyday-banking") == ["1", "2", "3", "4", "5"]
    assert alignment("JOURNEY-102", "finance-a-home") == ["1", "3", "2", "4", "5"]
    assert alignment("JOURNEY-103", "grow-and-pass-on-wealth") == ["", "1", "2", "3", "4"]
