"""Failures of the invented bank: worked out by hand, and by exhaustive evaluation of its files."""

from __future__ import annotations

import pytest

from orthogramic import Repository
from orthogramic.analysis.failure import FailureAnswer
from tests.data.datasets import datasets
from tests.properties.analysis.failing import Outcome, exhaustive
from tests.queries.failure_oracle import asked, supports

EVERYTHING = tuple(each.name for each in datasets() if each.name != "invalid")


def labels(answer: FailureAnswer, state: str) -> set[str]:
    return {each.entity.label for each in answer.hits if each.state == state}


def failure(enterprise: Repository, *removed: str, **options: object) -> FailureAnswer:
    return enterprise.failure(removed, limit=10_000, **options)


#: What is lost when both payment applications are gone, from the tables of the bank's README.
LOST_WITH_PAYMENTS = {
    # Either application is enough for it, and both are gone.
    "Payment Execution",
    # A stage needs all capabilities that enable it, a value stream all its stages.
    "Move In", "Run Daily Money", "Complete the Purchase",
    "Settle into Everyday Banking", "Finance a Home",
    # A journey stage needs all that it relies on, and the one stage that it is mapped to.
    "I get going", "I live with it", "We get the keys",
    "Opening my first real account", "Buying our home",
    # An offer needs all that it relies on, and one value stream to be delivered through.
    "Everyday Account", "Retirement Income Plan", "Home Loan Flex", "Settle-In Service",
    # Retired Savers depend on the capability; Growing Families lose all three offers they consume.
    "Retired Savers", "Growing Families",
    # Personas require it, follow a journey that is lost, or belong to a segment that is.
    "Tobias Anand", "Rosemary Teague", "Leila Brandt", "Piotr Hallam", "Mira Solberg",
    "Walter Nakamura",
    # Measured is only what is there; two relationships are managed through one service alone.
    "Payment Availability", "Deposit Growth", "Home Lending Margin",
    "First account relationship", "Home loan partnership",
}  # fmt: skip


def test_a_second_application_is_a_real_reserve(enterprise: Repository) -> None:
    answer = failure(enterprise, "Swiftlane Payments", certain=True)
    assert labels(answer, "lost") == set()
    execution = next(each for each in answer.hits if each.entity.label == "Payment Execution")
    assert execution.sentence == (
        "Payment Execution is degraded: it is supported by Swiftlane Payments, which is removed; "
        "Ferry Payments Standby is left, and 1 is enough."
    )
    assert answer.counts.lost == 0
    # What a picture without support groups would have coloured, and what is sure to be felt.
    assert answer.counts.reached > 10 * len(answer.hits)


def test_without_both_it_is_lost_and_what_it_takes_along_was_worked_out_by_hand(
    enterprise: Repository,
) -> None:
    answer = failure(enterprise, "Swiftlane Payments", "Ferry Payments Standby", state="lost")
    assert labels(answer, "lost") == LOST_WITH_PAYMENTS
    assert answer.counts.lost == len(LOST_WITH_PAYMENTS)


def test_a_common_cause_shows_one_level_up(enterprise: Repository) -> None:
    """Two applications stand behind the checks, and both stand on one technology."""
    capability = "Know Your Customer Checks"
    for one in ("Truefold Screening", "Second Look Screening"):
        assert capability in labels(failure(enterprise, one), "degraded")
    answer = failure(enterprise, "Trust and Data Platform", state="lost")
    found = next(each for each in answer.hits if each.entity.label == capability)
    assert found.chain is not None
    assert found.chain.sentence == (
        "Trust and Data Platform has application Second Look Screening, "
        "which supports Know Your Customer Checks"
    )
    assert found.passed == ("removed", "lost", "lost")
    assert (found.groups[0].lost.total, found.groups[0].left.total) == (2, 0)


@pytest.mark.parametrize(
    ("application", "capability"),
    [
        ("Corestone Ledger", "Account Ledger Keeping"),
        ("Keyring Identity", "Customer Authentication"),
        ("Ratewise Decision Engine", "Credit Decisioning"),
    ],
)
def test_a_single_point_of_failure_loses_its_capability(
    enterprise: Repository, application: str, capability: str
) -> None:
    answer = failure(enterprise, application, to="Capability", state="lost")
    assert labels(answer, "lost") == {capability}
    assert answer.hits[0].sentence == (
        f"{capability} is lost: it is supported by {application}, which is removed; "
        "there is no other."
    )


@pytest.mark.parametrize(
    ("removed", "degraded"),
    [
        (["Swiftlane Payments"], []),
        (["Swiftlane Payments", "Ferry Payments Standby"], []),
        (["Trust and Data Platform"], []),
        (["Corestone Ledger"], ["Data and Insight Office"]),
        ([], ["Investment Advice"]),
        (["Household Profile Keeping", "Young Starters", "Risk and Compliance"], []),
    ],
)
def test_the_answer_is_that_of_the_files_tried_exhaustively(
    enterprise: Repository, removed: list[str], degraded: list[str]
) -> None:
    answer = enterprise.failure(removed, degrade=degraded, limit=10_000)
    groups = supports(EVERYTHING)
    everybody = {iri for (dependent, _), members in groups.items() for iri in (dependent, *members)}
    expected = exhaustive(
        groups,
        asked(),
        everybody,
        [each.iri for each in answer.removed],
        [each.iri for each in answer.degraded],
    )
    assert expected == Outcome(
        frozenset(each.entity.iri for each in answer.hits if each.state == "lost"),
        frozenset(each.entity.iri for each in answer.hits if each.state == "degraded"),
        frozenset(each.entity.iri for each in answer.hits if each.modality == "possible"),
        frozenset(each.entity.iri for each in answer.hits if each.self_sustaining),
    )
