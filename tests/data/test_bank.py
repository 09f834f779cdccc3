"""The bank holds what its README promises, and its tables say what its Turtle says."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from orthogramic import Repository
from tests.data.bank import NAME, column, grouped, readme_table
from tests.data.conformance import findings
from tests.data.datasets import ENTITIES, SYSTEM, dataset, triples
from tests.data.named_things import ask

COUNTS = {
    "Organization": 1,
    "OrganizationUnit": 12,
    "CustomerSegment": 4,
    "CustomerPersona": 8,
    "Capability": 54,
    "ValueStream": 3,
    "ValueStreamStage": 15,
    "ApplicationComponent": 20,
    "Technology": 5,
    "Product": 5,
    "Service": 3,
    "Strategy": 3,
    "StrategyObjective": 7,
    "Initiative": 10,
    "Program": 3,
    "Project": 4,
    "InformationAsset": 10,
    "Policy": 5,
    "Risk": 6,
    "Stakeholder": 7,
    "Channel": 6,
    "ExternalOrganization": 3,
    "PerformanceMetric": 5,
    "KeyPerformanceIndicator": 14,
    "PerformanceIndicator": 3,
    "CustomerJourney": 4,
    "CustomerJourneyStage": 19,
    "CustomerTouchpoint": 27,
    "CustomerRelationship": 3,
    "CustomerListeningPost": 5,
    "Epic": 3,
    "UserStory": 6,
    "Principle": 3,
    "Practice": 3,
    "Benefit": 3,
}
UNIT_RELATIONSHIPS = {
    *("owns", "provides", "consumes", "contributesTo", "benefitsFrom", "custodianOf"),
    *("dependsOn", "supports", "governs", "monitors", "reviews", "coordinates", "consultedOn"),
    *("escalatesTo", "participatesIn", "triggers", "sponsors", "impactedBy"),
}
#: The two that are stated from the other end.
STATED_AS = {"ownedBy": "owns", "supportedBy": "supports"}


def links(graph: str) -> Counter[str]:
    """Count the qualified links of a graph by strength; those not assessed under ``""``."""
    strengths: dict[str, str] = {}
    for each in triples(dataset(NAME).folder / f"{graph}.ttl"):
        if each.predicate.value == f"{SYSTEM}property":
            strengths.setdefault(str(each.subject), "")
        if each.predicate.value == f"{SYSTEM}strength":
            strengths[str(each.subject)] = str(getattr(each.object, "value", ""))
    return Counter(strengths.values())


def test_the_enterprise_conforms_alone_but_for_the_planted_gaps() -> None:
    found = findings([f"{NAME}/enterprise"])
    assert not found.violated, found.text
    stage = "CustomerJourneyStage/JOURNEY-10"
    named = {
        ("Capability/succession-advice", "orgUnit"),
        ("Capability/workforce-scheduling", "orgUnit"),
        ("CustomerJourney/JOURNEY-104", "mappedTo"),
        (f"{stage}3-STAGE-1", "mappedToStage"),
        *((f"{stage}4-STAGE-{number}", "mappedToStage") for number in range(1, 5)),
        ("InformationAsset/market-price-feed", "orgUnit"),
        ("Initiative/clean-data-spring", "alignsWithStrategy"),
        ("Initiative/clean-data-spring", "orgUnit"),
        ("Initiative/clean-data-spring", "pursues"),
        ("Initiative/safe-hands", "alignsWithStrategy"),
        ("Initiative/safe-hands", "pursues"),
        ("KeyPerformanceIndicator/complaint-care-rating", "hasPeriodMeasurement"),
        ("KeyPerformanceIndicator/data-defects-per-thousand-records", "hasPeriodMeasurement"),
        ("Product/starter-savings-pot", "orgUnit"),
        ("ValueStreamStage/settle-into-everyday-banking-look-ahead-together", "enabledBy"),
    }
    # An inverse path, along which these two are found, has no name.
    inverse = {"Risk/RISK-103", "StrategyObjective/succession-settled-early"}
    assert not named - found.warned
    assert {focus for focus, _ in found.warned - named} == inverse


def test_every_class_has_its_count() -> None:
    rows = ask(
        NAME,
        """SELECT ?class (COUNT(DISTINCT ?entity) AS ?count)
           { ?entity a ?class ; orth:title ?title . FILTER(STRSTARTS(STR(?entity), STR(id:)))
             FILTER(!CONTAINS(STR(?entity), "/phases/")) } GROUP BY ?class""",
    )
    assert {name: int(count) for name, count in rows} == COUNTS


def test_connections_describe_nothing_and_begin_or_end_at_the_bank() -> None:
    own = {each.subject for each in triples(dataset(NAME).folder / "enterprise.ttl")}
    others = {
        each.subject
        for name in dataset(NAME).required
        for path in dataset(name).files.values()
        for each in triples(path)
    }
    plain = [
        each
        for each in triples(dataset(NAME).folder / "connections.ttl")
        if not str(each.subject).startswith(f"<{ENTITIES}QualifiedRelationship/")
    ]
    assert 60 <= len(plain) <= 120
    for each in plain:
        assert (each.subject in own) != (each.object in own)
        assert {each.subject, each.object} <= own | others
    assert not [each for each in plain if each.predicate.value.endswith(("orgUnit", "ownedBy"))]


def test_fifteen_percent_of_the_qualified_links_are_not_assessed() -> None:
    strengths = links("enterprise") + links("connections")
    assert set(strengths) == {"", "1", "2", "3", "4", "5"}
    assert (strengths.total(), strengths[""]) == (420, 63)
    assert 0.14 <= links("enterprise")[""] / links("enterprise").total() <= 0.16
    assert min(strengths.values()) >= 20


def test_all_eight_personas_differ_in_their_top_five(enterprise: Repository) -> None:
    by_table = {
        persona: {row["capability"] for row in readme_table("Persona × capability")
                  if row[persona] in {"4", "5"}}
        for persona in map(str, range(101, 109))
    }  # fmt: skip
    for persona, expected in by_table.items():
        answer = enterprise.dependencies(
            f"CustomerPersona/PERSONA-{persona}", to=["Capability"], limit=6
        )
        fifth, sixth = answer.hits[4].score, answer.hits[5].score
        assert fifth > sixth
        assert {hit.entity.label for hit in answer.hits[:5]} == expected
    assert len({frozenset(top) for top in by_table.values()}) == 8


def test_personas_require_what_the_table_says() -> None:
    rows = ask(
        NAME,
        """SELECT ?persona ?title ?strength { ?link kr:property orth:requires ; kr:source ?source ;
             kr:target ?target . ?source orth:personaID ?persona . ?target orth:title ?title
             OPTIONAL { ?link kr:strength ?strength } }""",
    )
    said = {
        (f"PERSONA-{persona}", row["capability"], "" if cell == "–" else cell)
        for row in readme_table("Persona × capability")
        for persona, cell in row.items()
        if persona != "capability" and cell
    }
    assert set(rows) == said
    assert len(rows) == 64


def test_two_personas_for_each_segment_with_value_and_size() -> None:
    rows = ask(
        NAME,
        """SELECT ?segment ?size ?value ?currency (COUNT(DISTINCT ?persona) AS ?personas)
           { ?persona orth:belongsToSegment ?segment . ?segment orth:segmentSize ?size ;
               orth:hasLifetimeValue ?worth ; orth:customerLifecycleStage ?stage .
             ?worth orth:value ?value ; orth:currency ?currency ; orth:timespan ?span }
           GROUP BY ?segment ?size ?value ?currency""",
    )
    assert {(currency, personas) for *_, currency, personas in rows} == {("EUR", "2")}
    said = {
        (row["segment"], int(row["size × value"].replace(",", "")))
        for row in readme_table("Segments")
    }
    assert {(iri.split("/")[1], int(size) * int(value)) for iri, size, value, *_ in rows} == said


def test_capabilities_stand_on_two_levels_with_ratings() -> None:
    rows = ask(
        NAME,
        """SELECT ?title ?group ?criticality ?now ?target { ?capability a orth:Capability ;
             orth:title ?title ; orth:description ?description ; orth:purpose ?purpose ;
             orth:owner ?owner ; orth:criticality ?criticality ; orth:maturityLevel ?now ;
             orth:targetMaturityLevel ?target ; orth:capabilityCategory ?category
             OPTIONAL { ?capability orth:isPartOfCapability ?parent .
               ?parent orth:title ?group } }""",
    )
    assert len(rows) == 54
    groups = {title for title, group, *_ in rows if not group}
    assert len(groups) == 9
    assert {group for _, group, *_ in rows if group} == groups
    said = {
        (row["capability"] or row["group"].strip("*"), row["now"], row["target"])
        for row in readme_table("Capabilities")
    }
    assert {(title, now[6], target[6]) for title, _, _, now, target in rows} == said
    gaps = Counter(int(target[6]) - int(now[6]) for *_, now, target in rows)
    assert set(gaps) == {0, 1, 2, 3}
    assert min(gaps.values()) >= 3


def test_stages_are_enabled_by_five_or_six_capabilities_and_one_by_none() -> None:
    rows = ask(
        NAME,
        """SELECT ?stream ?number ?stage ?title ?strength
           { ?of orth:hasValueStreamStage ?it ; orth:title ?stream .
             ?it orth:title ?stage ; orth:sequenceNumber ?number ; orth:valueItems ?items ;
               orth:entryCriterion ?entry ; orth:exitCriterion ?exit
             OPTIONAL { ?it orth:enabledBy ?capability . ?capability orth:title ?title
               OPTIONAL { ?link kr:source ?it ; kr:target ?capability ;
                 kr:property orth:enabledBy ; kr:strength ?strength } } }""",
    )
    enabled: dict[tuple[str, str], set[str]] = {}
    for stream, number, stage, title, strength in rows:
        cell = f"{title} {strength or '–'}" if title else "none"
        enabled.setdefault((stream, f"{number} {stage}"), set()).add(cell)
    assert enabled == {
        (row["value stream"], row["stage"]): set(row["enabled by"].split(", "))
        for row in readme_table("Stage × capability")
    }
    sizes = Counter(len(cells) for cells in enabled.values() if cells != {"none"})
    assert set(sizes) == {5, 6}
    assert sizes.total() == 14
    assert Counter(stream for stream, _ in enabled) == dict.fromkeys(
        ("Settle into Everyday Banking", "Finance a Home", "Grow and Pass On Wealth"), 5
    )


def test_applications_support_what_the_table_says() -> None:
    support = grouped(
        """SELECT ?application ?capability { ?a a orth:ApplicationComponent ;
             orth:title ?application ; orth:lifecycleStage ?stage ; orth:technologyStack ?stack ;
             orth:supportsCapability ?c . ?c orth:title ?capability .
             ?technology orth:hasApplicationComponent ?a }""",
    )
    said = {
        row["application"]: set(row["supports"].split(", "))
        for row in readme_table("Application × capability")
    }
    assert support == said


def test_every_kind_of_relationship_of_units_occurs_and_is_qualified() -> None:
    used = column(
        """SELECT DISTINCT ?name { ?link kr:source ?source ; kr:target ?target ; kr:property ?p
             { ?source a orth:OrganizationUnit } UNION { ?target a orth:OrganizationUnit }
             BIND(STRAFTER(STR(?p), "#") AS ?name) }"""
    )
    assert {STATED_AS.get(each, each) for each in used} == UNIT_RELATIONSHIPS


def test_at_most_one_unit_owns_an_entity() -> None:
    owners = grouped("SELECT ?entity ?unit { ?entity orth:ownedBy|orth:orgUnit ?unit }")
    assert {len(units) for units in owners.values()} == {1}


def test_initiatives_have_dates_and_phases_in_order() -> None:
    rows = ask(
        NAME,
        """SELECT ?effort ?start ?end ?from ?until { ?effort orth:startDate ?start ;
             orth:endDate ?end ; orth:hasInitiativePhase ?phase .
             ?phase orth:startDate ?from ; orth:endDate ?until ; orth:sequenceNumber ?number }
           ORDER BY ?effort ?number""",
    )
    assert len({effort for effort, *_ in rows}) == 17
    for _, start, end, begin, until in rows:
        assert "2025" <= start <= begin < until <= end < "2028"
    for one, two in pairwise(rows):
        assert one[0] != two[0] or one[3] <= two[3]
