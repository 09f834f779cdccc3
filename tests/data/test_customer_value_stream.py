"""The customer value stream dataset holds every thing that the guide names.

The list of names comes with the sources of the metamodel, not with this repository; where it is
absent these tests have nothing to compare with and are skipped.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

REPOSITORY = Path(__file__).resolve().parents[2]
DATASET = REPOSITORY / "data" / "customer-value-stream"
NAMES = REPOSITORY.parent / "shared" / "metamodel" / "reference-content.json"
METAMODEL = "https://orthogramic.com/metamodel#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

#: Items of the information architecture that are something one can hold, not something one does.
HELD = {
    "Centralised Data Repository",
    "Data Governance Framework",
    "Content Taxonomy",
    "Asset Metadata",
    "Reporting Dashboards",
}
#: The role that describes a task is a practice, unlike those that describe a person.
TASKS = {"Stakeholder Engagement"}

pytestmark = pytest.mark.skipif(
    not NAMES.exists(), reason="the list of names in the sources is not on this machine"
)


@cache
def facts() -> frozenset[Triple]:
    """Return the graph of what the guide states."""
    text = (DATASET / "facts.ttl").read_text("utf-8")
    return frozenset(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))


@cache
def guide() -> dict[str, Any]:
    """Return what the sources name, by section."""
    content: dict[str, Any] = json.loads(NAMES.read_text("utf-8"))
    return content


def values(subject: object, name: str) -> list[Any]:
    """Return the objects of a property of the metamodel."""
    wanted = NamedNode(METAMODEL + name)
    return [each.object for each in facts() if each.subject == subject and each.predicate == wanted]


def texts(subject: object, name: str) -> set[str]:
    """Return the literals of a property, as text."""
    return {value.value for value in values(subject, name) if isinstance(value, Literal)}


def kinds_of_metamodel() -> Iterator[tuple[NamedNode, str]]:
    """Yield each entity and structural node with the local name of its class."""
    for each in facts():
        if each.predicate.value != RDF_TYPE or not isinstance(each.object, NamedNode):
            continue
        name = each.object.value.removeprefix(METAMODEL)
        if name != each.object.value and isinstance(each.subject, NamedNode):
            yield each.subject, name


@cache
def titled() -> dict[tuple[str, str], NamedNode]:
    """Return the entities by class and title; in this dataset no class has a title twice."""
    kinds = dict(kinds_of_metamodel())
    return {
        (kinds[each.subject], each.object.value): each.subject
        for each in facts()
        if each.predicate.value == f"{METAMODEL}title"
        and isinstance(each.subject, NamedNode)
        and isinstance(each.object, Literal)
    }


def titles(subject: object, name: str) -> set[str]:
    """Return the titles of what an entity refers to."""
    return {title for target in values(subject, name) for title in texts(target, "title")}


def listed(section: str, *path: str) -> Iterator[str]:
    """Yield the names at a path of nested lists, for instance groups and their items."""
    found: list[Any] = [guide()[section]]
    for key in path:
        steps = [each[key] for each in found if key in each]
        found = [item for step in steps for item in (step if isinstance(step, list) else [step])]
    yield from found


def named() -> Iterator[tuple[str, str]]:
    """Yield the class and the title under which each thing of the guide is to be found."""
    table = [
        ("ValueStream", "value_stream", ["name"]),
        ("ValueStreamStage", "value_stream", ["stages", "name"]),
        ("Capability", "value_stream", ["stages", "digital_capabilities"]),
        ("Capability", "value_stream", ["cross_cutting", "name"]),
        ("Capability", "value_stream", ["cross_cutting", "digital_capabilities"]),
        ("Practice", "value_stream", ["stages", "experience_practices"]),
        ("Practice", "value_stream", ["stages", "communications"]),
        ("Capability", "business_capabilities", ["groups", "group"]),
        ("Capability", "business_capabilities", ["groups", "capabilities"]),
        ("KeyPerformanceIndicator", "kpis", ["groups", "kpis", "name"]),
        ("CustomerJourney", "journeys", ["journeys", "name"]),
        ("CustomerJourneyStage", "journeys", ["journeys", "stages", "name"]),
        ("Channel", "channels", ["groups", "group"]),
        ("Channel", "channels", ["groups", "channels"]),
        ("ExternalOrganization", "channels", ["groups", "examples"]),
        ("Stakeholder", "stakeholders", ["groups", "group"]),
        ("Stakeholder", "stakeholders", ["groups", "stakeholders"]),
        ("Technology", "technology", ["types", "name"]),
        ("ApplicationComponent", "technology", ["types", "example_products"]),
        ("Practice", "technology", ["api_groups", "items"]),
        ("Practice", "technology", ["automation_groups", "items"]),
        ("Practice", "technology", ["quality_groups", "items"]),
        ("Policy", "technology", ["standards_and_regulations_named"]),
        ("InformationAsset", "information", ["groups", "group"]),
        ("InformationAsset", "information", ["asset_candidates", "name"]),
        ("Initiative", "initiatives", ["key_initiatives", "name"]),
        ("InitiativePhase", "initiatives", ["roadmap_phases", "name"]),
        ("Practice", "initiatives", ["prioritisation_criteria"]),
        ("Practice", "initiatives", ["optimisation_approach"]),
        ("OrganizationUnit", "agile_release_trains", ["arts", "name"]),
        ("OrganizationUnit", "governance", ["bodies", "name"]),
        ("Practice", "governance", ["practices", "items"]),
        ("Benefit", "benefits", ["optimisation"]),
        ("Benefit", "benefits", ["digitisation"]),
    ]
    for kind, section, path in table:
        for name in listed(section, *path):
            yield kind, name
    for name in listed("information", "groups", "items"):
        yield ("InformationAsset" if name in HELD else "Practice"), name
    for name in listed("governance", "roles"):
        yield ("Practice" if name in TASKS else "Stakeholder"), name
    for name in listed("governance", "risks_named"):
        yield "Risk", name.capitalize()
    for name in listed("initiatives", "key_initiatives", "epic"):
        yield "Epic", re.sub(r"^Epic \d: ", "", name)


def test_each_named_thing_is_a_fact_of_its_class() -> None:
    wanted = set(named())
    assert len(wanted) > 350
    assert wanted - set(titled()) == set()


def test_the_stages_follow_the_guide_with_what_it_lists_under_each() -> None:
    for stage in guide()["value_stream"]["stages"]:
        found = titled()["ValueStreamStage", stage["name"]]
        assert texts(found, "sequenceNumber") == {str(stage["seq"])}
        assert titles(found, "enabledBy") == set(stage["digital_capabilities"])
        practices = {
            title
            for (kind, title), entity in titled().items()
            if kind == "Practice" and found in values(entity, "practisedIn")
        }
        assert practices == {*stage["experience_practices"], *stage["communications"]}


def test_the_capabilities_stand_under_their_groups() -> None:
    for group in guide()["business_capabilities"]["groups"]:
        for name in group["capabilities"]:
            found = titled()["Capability", name]
            parents = titles(found, "isPartOfCapability") | titles(found, "relatesToCapability")
            assert group["group"] in parents


def test_the_indicators_stand_under_their_perspectives() -> None:
    for group in guide()["kpis"]["groups"]:
        for indicator in group["kpis"]:
            found = titled()["KeyPerformanceIndicator", indicator["name"]]
            perspectives = texts(found, "businessPerspective")
            assert {value.casefold() for value in perspectives} == {group["group"].casefold()}


def test_the_journeys_have_their_stages_in_order() -> None:
    for journey in guide()["journeys"]["journeys"]:
        found = titled()["CustomerJourney", journey["name"]]
        stages = {
            (*texts(stage, "sequenceNumber"), *texts(stage, "title"))
            for stage in values(found, "hasJourneyStage")
        }
        assert stages == {(str(stage["seq"]), stage["name"]) for stage in journey["stages"]}


def test_the_technologies_have_their_products() -> None:
    for technology in guide()["technology"]["types"]:
        found = titled()["Technology", technology["name"]]
        assert titles(found, "hasApplicationComponent") == set(technology["example_products"])


def test_each_story_of_the_guide_is_told_by_its_role() -> None:
    for initiative in guide()["initiatives"]["key_initiatives"]:
        (epic,) = values(titled()["Initiative", initiative["name"]], "hasEpic")
        stories = {
            (*texts(story, "storyID"), *texts(story, "storyRole"))
            for story in values(epic, "hasUserStory")
        }
        wanted = {(f"CVS-STORY-{s['id']}", s["role"]) for s in initiative["user_stories"]}
        assert stories == wanted


def test_the_phases_have_the_months_of_the_guide() -> None:
    for phase in guide()["initiatives"]["roadmap_phases"]:
        found = titled()["InitiativePhase", phase["name"]]
        (start,), (end,) = texts(found, "startMonth"), texts(found, "endMonth")
        assert f"{start}-{end}" == phase["months"].removesuffix("+")


def test_the_table_of_the_readme_counts_the_facts() -> None:
    told: dict[str, int] = defaultdict(int)
    for row in (DATASET / "README.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if len(cells) == 3 and cells[2].isdigit():
            told[cells[1].strip("`")] += int(cells[2])
    assert told == Counter(kind for _, kind in kinds_of_metamodel())
