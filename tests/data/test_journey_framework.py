"""The talk's steps, templates and dashboard are in its dataset, and the figures read as said."""

from __future__ import annotations

import pytest

from tests.data.conformance import findings
from tests.data.named_things import ask, content, names, titles

NAME = "journey-framework"
STEPS = [f"CustomerJourneyStage/JF-JOURNEY-1-STAGE-{number}" for number in range(1, 10)]
SEGMENTS = [f"CustomerSegment/JF-SEG-00{number}" for number in (1, 2, 3)]
KEY_JOURNEYS = ("PURCHASE", "USAGE", "CHANGE", "SUPPORT", "RESIGNATION")
JOURNEYS = [f"CustomerJourney/JF-JOURNEY-{key}" for key in ("1", *KEY_JOURNEYS)]
CATEGORIES = {
    "voc_metrics": "Voice of customer",
    "financial_metrics": "Financial",
    "operational_metrics": "Operational",
}
#: The latest figure of each metric that has reached its target, looked up by eye.
ON_TARGET = {
    "Purchase: Customer Satisfaction (CSAT)",
    "Purchase: Number of paying customers after 60 days",
    "Usage: Customer Effort Score (CES)",
    "Usage: Customer Lifetime Value (CLV)",
    "Usage: Number of incidents",
    "Change: Upsell Conversion Rate",
    "Support: CSAT",
    "Support: Average resolution time",
    "Resignation: Churn rate",
}


def test_conforms_but_for_the_gaps_left_on_purpose() -> None:
    found = findings([NAME])
    assert not found.violated, found.text
    by_path = {
        *((journey, "appliesToPersona") for journey in JOURNEYS),
        *((journey, "mappedTo") for journey in JOURNEYS),
        *((step, "mappedToStage") for step in STEPS),
        *((segment, "participatesIn") for segment in SEGMENTS),
        (STEPS[0], "reliesOn"),
        (STEPS[5], "reliesOn"),
        ("KeyPerformanceIndicator/support-feeling-of-care-survey", "hasPeriodMeasurement"),
    }
    assert not by_path - found.warned
    # That nobody mitigates a risk is found along an inverse path, which has no name.
    assert [focus for focus, _ in found.warned - by_path] == ["Risk/JF-RISK-4"]


def test_the_framework_has_its_steps_in_order() -> None:
    framework = content("journey_steps_004")
    rows = ask(
        NAME,
        """SELECT ?name ?title { ?journey orth:journeyID "JF-JOURNEY-1" ; orth:title ?name ;
               orth:hasJourneyStage ?stage .
             ?stage orth:title ?title ; orth:sequenceNumber ?number } ORDER BY ?number""",
    )
    assert {name for name, _ in rows} == {framework["name"]}
    assert [title for _, title in rows] == names(framework["steps"])
    assert titles(NAME, "CustomerJourneyStage") == set(names(framework["steps"]))


def test_the_listening_path_has_its_rows_and_slots() -> None:
    framework = content("journey_steps_004")
    assert not set(framework["listening_path_rows"]) - titles(NAME, "InformationElement")
    rows = ask(
        NAME,
        """SELECT ?stage ?opportunity { ?post a orth:CustomerListeningPost ;
               orth:listensAtStage ?stage ; orth:overallExperience ?experience ;
               orth:feedbackHeard ?feedback ; orth:contactReason ?reason
             OPTIONAL { ?post orth:listeningOpportunity ?opportunity } }""",
    )
    assert {stage for stage, _ in rows} == set(STEPS)
    assert len({text for _, text in rows} - {""}) == framework["opportunity_slots"]


def test_segments_are_described_by_every_attribute_of_the_template() -> None:
    template = content("segmentation_template_004")
    assert not set(names(template["attributes"])) - titles(NAME, "InformationElement")
    rows = ask(
        NAME,
        """SELECT DISTINCT ?segment { ?segment orth:lifeStage ?a ; orth:needsAndWants ?b ;
             orth:segmentPainPoint ?c ; orth:ownsProduct ?d ; orth:moneySpent ?e ;
             orth:shareOfBase ?f ; orth:tenureYears ?g ; orth:favouriteChannel ?h ;
             orth:segmentRisk ?i ; orth:segmentDemographics ?j }""",
    )
    assert {segment for (segment,) in rows} == set(SEGMENTS)
    shares = ask(NAME, "SELECT ?share { ?segment orth:shareOfBase ?share }")
    assert sum(float(share) for (share,) in shares) == 100


def test_the_dashboard_holds_every_goal_and_metric_under_its_journey() -> None:
    journeys = content("cx_dashboard_004")["key_customer_journeys"]
    goals = ask(
        NAME, "SELECT ?title ?goal { ?journey orth:experienceGoal ?goal ; orth:title ?title }"
    )
    assert set(goals) == {(each["name"], goal) for each in journeys for goal in each["goals"]}
    metrics = ask(
        NAME,
        """SELECT ?journey ?category ?title { ?indicator a orth:KeyPerformanceIndicator ;
             orth:title ?title ; orth:experienceMetricCategory ?category ;
             orth:measures ?measured . ?measured orth:title ?journey }""",
    )
    wanted = [
        (each["name"], category, f"{each['name']}: {metric}")
        for each in journeys
        for key, category in CATEGORIES.items()
        for metric in each[key]
    ]
    assert len(wanted) == 23
    assert sorted(metrics) == sorted(wanted)
    assert titles(NAME, "KeyPerformanceIndicator") == {title for _, _, title in wanted}


def test_three_periods_but_for_a_metric_with_one_and_one_without() -> None:
    rows = ask(
        NAME,
        """SELECT ?title (GROUP_CONCAT(?period; separator=" ") AS ?periods)
           { { SELECT ?title ?period { ?indicator a orth:KeyPerformanceIndicator ;
                 orth:title ?title
                 OPTIONAL { ?indicator orth:hasPeriodMeasurement ?measurement .
                   ?measurement orth:periodLabel ?period } } ORDER BY ?title ?period } }
           GROUP BY ?title""",
    )
    assert len(rows) == 23
    fewer = {title: periods for title, periods in rows if len(periods.split()) != 3}
    assert fewer == {
        "Support: Feeling of care survey": "",
        "Resignation: NPS after resignation": "2025-Q3",
    }
    assert {tuple(sorted(periods.split())) for title, periods in rows if title not in fewer} == {
        ("2025-Q1", "2025-Q2", "2025-Q3")
    }


def test_some_metrics_are_on_target_and_some_are_not() -> None:
    rows = ask(
        NAME,
        """SELECT ?title ?direction ?value ?target { ?indicator orth:title ?title ;
             orth:hasPeriodMeasurement ?measurement .
             ?measurement orth:periodLabel "2025-Q3" ; orth:measuredValue ?value ;
               orth:targetMeasure ?target ; orth:improvementDirection ?direction }""",
    )
    reached = {
        title
        for title, direction, value, target in rows
        if (float(value) >= float(target)) == (direction == "Higher is better") or value == target
    }
    assert len(rows) == 22
    assert reached == ON_TARGET


@pytest.mark.parametrize(
    ("section", "part", "wanted"),
    [
        ("challenges_004", "items", "Risk"),
        ("methods_004", "components", "Practice"),
        ("methods_004", "framework_steps", "Practice"),
    ],
)
def test_everything_named_is_there_as_it_is_spelled(section: str, part: str, wanted: str) -> None:
    named = set(content(section)[part])
    assert named
    assert not named - titles(NAME, wanted)


def test_each_component_says_what_it_is_for() -> None:
    summary = content("methods_004")["summary"]
    rows = ask(
        NAME,
        """SELECT ?title ?description { ?benefit a orth:Benefit ; orth:title ?title ;
             orth:description ?description }""",
    )
    descriptions = {row[0]: row[1] for row in rows}
    assert set(descriptions) == {each["use"] for each in summary}
    assert all(each["component"] in descriptions[each["use"]] for each in summary)
