"""The white paper's names, demands and questions are met by its dataset."""

from __future__ import annotations

import pytest

from tests.data.conformance import findings
from tests.data.named_things import ask, content, names, titles

NAME = "acquire-customer"
PRACTICE = "persona_practice_003"


def test_conforms_but_for_the_gaps_left_on_purpose() -> None:
    found = findings([NAME])
    assert not found.violated, found.text
    assert found.warned == {
        ("CustomerJourneyStage/ACQ-JOURNEY-1-STAGE-1", "mappedToStage"),
        ("Initiative/card-design-refresh", "alignsWithStrategy"),
        ("Initiative/card-design-refresh", "pursues"),
        ("Principle/seller-driven", "guides"),
    }


@pytest.mark.parametrize(
    ("section", "classes"),
    [
        ("persona_contents", ("InformationElement",)),
        ("design_thinking_steps", ("Practice",)),
        ("lean_ux_actions", ("Practice",)),
        ("rules", ("Principle",)),
        ("enterprise_models", ("Principle",)),
        ("digital_enablers", ("Channel", "Capability")),
        ("content_channels", ("Channel",)),
        ("business_architecture_mappings", ("Practice",)),
        ("methods_named", ("Practice",)),
        ("disruptive_technologies", ("Technology",)),
        ("questions_for_product_mapping", ("Practice",)),
    ],
)
def test_everything_named_is_there_as_it_is_spelled(section: str, classes: tuple[str, ...]) -> None:
    named = set(content(PRACTICE)[section])
    assert named
    assert not named - titles(NAME, *classes)


def test_the_value_stream_has_its_stages_in_order() -> None:
    stream = content("acquire_customer_value_stream")
    assert titles(NAME, "ValueStream") == {stream["name"]}
    assert titles(NAME, "ValueStreamStage") == set(names(stream["stages"]))
    # What the extract adds in brackets is a remark of its own.
    rules = {rule.partition(" (")[0] for rule in stream["rules"]}
    assert not rules - titles(NAME, "Principle")
    rows = ask(
        NAME,
        """SELECT ?title { ?stream orth:title "Acquire a Customer for a Service" ;
               orth:hasValueStreamStage ?stage .
             ?stage orth:title ?title ; orth:sequenceNumber ?number } ORDER BY ?number""",
    )
    assert [title for (title,) in rows] == names(stream["stages"])


def test_the_journey_has_its_stages_in_order() -> None:
    journey = content("engagement_journey_003")
    assert titles(NAME, "CustomerJourney") == {journey["name"]}
    rows = ask(
        NAME,
        """SELECT ?title { ?journey orth:journeyID "ACQ-JOURNEY-1" ; orth:hasJourneyStage ?stage .
             ?stage orth:title ?title ; orth:sequenceNumber ?number } ORDER BY ?number""",
    )
    assert [title for (title,) in rows] == names(journey["stages"])


def test_every_value_stage_has_criteria_and_five_or_six_capabilities() -> None:
    rows = ask(
        NAME,
        """SELECT ?stage (COUNT(DISTINCT ?entry) AS ?entries) (COUNT(DISTINCT ?exit) AS ?exits)
             (COUNT(DISTINCT ?capability) AS ?capabilities)
           { ?stream orth:hasValueStreamStage ?stage .
             OPTIONAL { ?stage orth:entryCriterion ?entry }
             OPTIONAL { ?stage orth:exitCriterion ?exit }
             OPTIONAL { ?stage orth:enabledBy ?capability } } GROUP BY ?stage""",
    )
    assert len(rows) == 5
    assert all(int(entries) and int(exits) for _, entries, exits, _ in rows)
    assert sorted(int(capabilities) for *_, capabilities in rows) == [5, 5, 6, 6, 6]


def test_every_value_stage_has_a_sub_stage_for_each_persona() -> None:
    rows = ask(
        NAME,
        """SELECT ?stage (COUNT(?sub) AS ?subs)
           { ?stream orth:hasValueStreamStage ?stage . ?stage orth:hasSubStage ?sub }
           GROUP BY ?stage""",
    )
    assert [subs for _, subs in rows] == ["3"] * 5


def test_personas_live_through_every_stage_differently() -> None:
    """Thinking, feeling and satisfaction, as the paper demands."""
    rows = ask(
        NAME,
        """SELECT ?stage ?persona ?thought ?feeling ?mark
           { ?stage orth:hasStageExperience ?experience .
             ?experience orth:experiencedBy ?persona ; orth:thought ?thought ;
               orth:feeling ?feeling ; orth:satisfaction ?mark }""",
    )
    stages = {row[0] for row in rows}
    personas = {row[1] for row in rows}
    assert (len(stages), len(personas), len(rows)) == (4, 3, 12)
    assert len({row[2] for row in rows}) == 12
    assert all(len({row[4] for row in rows if row[0] == stage}) > 1 for stage in stages)


def test_one_stage_on_either_side_has_no_counterpart() -> None:
    journey = ask(
        NAME,
        """SELECT ?title { ?journey orth:hasJourneyStage ?stage . ?stage orth:title ?title
             FILTER NOT EXISTS { ?stage orth:mappedToStage ?value } }""",
    )
    stream = ask(
        NAME,
        """SELECT ?title { ?stream orth:hasValueStreamStage ?stage . ?stage orth:title ?title
             FILTER NOT EXISTS { ?any orth:mappedToStage ?stage } }""",
    )
    assert (journey, stream) == ([("Discovering",)], [("Use and monitor",)])


MOBILE, SAVINGS, BUSINESS = (
    "Product/mobile-current-account",
    "Product/adviser-savings-plan",
    "Product/small-business-package",
)
TAKINGS, SWITCHING = "Service/daily-takings-service", "Service/account-switching-service"
DIGITAL = "Strategy/digital-acquisition-strategy"


def test_first_question_product_lines_per_persona_that_a_strategy_touches() -> None:
    rows = ask(
        NAME,
        """SELECT ?name ?offer { id:Strategy\\/digital-acquisition-strategy orth:affects ?offer .
             ?segment orth:consumes ?offer . ?persona orth:belongsToSegment ?segment ;
               orth:title ?name }""",
    )
    assert set(rows) == {
        ("Tomás Ortega", MOBILE),
        ("Amina Diallo", BUSINESS),
        ("Amina Diallo", TAKINGS),
    }


def test_second_question_disruption_by_business_unit() -> None:
    rows = ask(
        NAME,
        """SELECT ?name ?offer ?unit { ?offer orth:dependsOn ?technology ; orth:orgUnit ?unit .
             ?technology a orth:Technology ; orth:title ?name }""",
    )
    platform = "Harbourline Partner Platform"
    digital = "OrganizationUnit/commercial-digital-office"
    acquisition = "OrganizationUnit/customer-acquisition-office"
    assert set(rows) == {
        ("mobile internet", MOBILE, digital),
        ("cloud", BUSINESS, acquisition),
        ("automation of knowledge work", SAVINGS, "OrganizationUnit/commercial-branch-network"),
        (platform, MOBILE, digital),
        (platform, BUSINESS, acquisition),
        (platform, TAKINGS, "OrganizationUnit/commercial-service-operations"),
    }


def test_third_question_offers_in_the_digital_journey() -> None:
    rows = ask(
        NAME,
        """SELECT DISTINCT ?offer ?title { ?offer orth:deliveredThrough ?stream ;
               orth:reliesOn ?capability .
             ?stage a orth:CustomerJourneyStage ; orth:reliesOn ?capability ;
               orth:title ?title }""",
    )
    assert set(rows) == {
        (MOBILE, "Learning"),
        (MOBILE, "Commit"),
        (SAVINGS, "Retain"),
        (BUSINESS, "Learning"),
        (SWITCHING, "Commit"),
    }


def test_fourth_question_running_initiatives_of_the_longer_term_strategy() -> None:
    rows = ask(
        NAME,
        """SELECT DISTINCT ?title ?offer { ?initiative orth:startDate ?start ; orth:endDate ?end ;
               orth:title ?title ; orth:improves ?capability ; orth:alignsWithStrategy ?strategy .
             ?strategy orth:timeHorizon "Long-term (4-5 years)" .
             ?offer orth:reliesOn ?capability ; orth:deliveredThrough ?stream
             FILTER (?start <= "2026-08-01"^^xsd:date && ?end >= "2026-08-01"^^xsd:date) }""",
    )
    assert set(rows) == {
        ("Account in Ten Minutes", MOBILE),
        ("Account in Ten Minutes", SWITCHING),
        ("Honest Comparison", MOBILE),
        ("Honest Comparison", BUSINESS),
    }


def test_fifth_question_what_an_offer_needs() -> None:
    rows = ask(
        NAME,
        """SELECT ?need { id:Product\\/adviser-savings-plan orth:deliveredThrough|orth:reliesOn
             ?need }""",
    )
    assert {need for (need,) in rows} == {
        "ValueStream/acquire-a-customer-for-a-service",
        "Capability/branch-advice-provision",
        "Capability/needs-review",
        "Capability/contract-preparation",
    }


def test_sixth_question_partners_that_are_missing_on_the_platform() -> None:
    rows = ask(
        NAME,
        """SELECT ?offer ?partner { ?offer orth:dependsOn ?partner, ?platform .
             ?partner a orth:ExternalOrganization . ?platform orth:technologyType "platform"
             FILTER NOT EXISTS {
               ?person orth:worksFor ?partner ; orth:hasStakeIn ?platform } }""",
    )
    assert rows == [(BUSINESS, "ExternalOrganization/ACQ-EXT-3")]
