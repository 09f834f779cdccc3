"""The worked example holds every value of the tables, and the gaps that its README names."""

from __future__ import annotations

from pyoxigraph import Literal

from tests.data.conformance import findings
from tests.data.datasets import dataset, triples

DATASET = dataset("wealth-management")


def test_conforms_but_for_the_gaps_left_on_purpose() -> None:
    assert findings(["wealth-management"]).warned == {
        ("Capability/order-execution", "orgUnit"),
        ("CustomerJourneyStage/JOURNEY-001-STAGE-1", "reliesOn"),
        ("CustomerSegment/CUST-SEG-003", "participatesIn"),
        ("ValueStreamStage/wealth-advisory-value-stream-grow-relationship", "enabledBy"),
        # The tables name no initiative: nothing here pursues an objective.
        ("StrategyObjective/deepen-affluent-relationships", ""),
        ("StrategyObjective/win-owner-successions", ""),
    }


TABLE_VALUES = """
CUST-SEG-001|Affluent Professionals|value-based|Premium Banking Division|Segment Manager
High-income professionals with complex financial needs and limited time|Relationship Banking Lead
Time-efficient financial management|Wealth preservation|Professional referrals|Executive events
Comprehensive financial management with personalized service|Digital targeting|Dedicated advisor
Quarterly portfolio reviews|growth|25000|annually|Relationship Depth|3.7|products|NPS|42
Wealth Advisory Services|Business Owners|Enhanced mobile investment capabilities
Core focus segment for 2025 growth strategy|PERSONA-001|Michael Chen|PERSONA-002
42-year-old technology executive balancing career advancement with family needs
Male|$250,000+|Urban|Achievement|Security|Family|Technology|Travel
Researches thoroughly before decisions|prefers digital interactions
Build wealth for early retirement|fund children's education|Limited time for financial management
complex tax situation|Peer recommendations|expert financial advice|industry trends
Gathers options online, consults advisor, then makes decision|early adopter|mobile-first
financial management apps|Michael checks his portfolio during his morning commute...
I need financial solutions that work around my schedule, not the other way around
JOURNEY-001|Wealth Management Onboarding|Wealth Management Division|Discovery|Needs Assessment
Process of transitioning high-value clients into comprehensive wealth management
Solution Design|Implementation|Review|Initial consultation with wealth advisor
Share financial goals and current portfolio information|Repetitive information gathering
Concern about whether their needs will be understood|complex paperwork
Digital pre-collection of information before meeting|Financial Needs Analysis|Client Profiling
Wealth Advisory Value Stream|Time to complete stage|3|days|Client satisfaction|4.2
REL-001|Premium Advisory Relationship|Private Client Group|advisory|4|active|loyal
Comprehensive wealth management relationship with dedicated advisor|Initial engagement
March 2022|Portfolio review|Quarterly|15000|annual revenue|Advisor turnover|competitor offers
market performance dissatisfaction|Trust services|business banking integration
family office services|Quarterly in-person reviews|monthly check-ins|dedicated support line
"""


def test_tables_graph_holds_every_value_of_the_tables() -> None:
    """Typed out from the tables, list items one by one."""
    statements = triples(DATASET.folder / "tables.ttl")
    held = {each.object.value for each in statements if isinstance(each.object, Literal)}
    wanted = {value for line in TABLE_VALUES.strip().splitlines() for value in line.split("|")}
    assert not wanted - held
