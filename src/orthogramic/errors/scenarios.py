"""Errors of what-if questions: changes that cannot be meant together, or speak of what is not."""

from __future__ import annotations

from orthogramic.errors.inputs import UnreadableInputError
from orthogramic.errors.names import NamingError
from orthogramic.errors.requests import UsageError


class InvalidScenarioError(UnreadableInputError):
    """A scenario that cannot be read: not the form of one, or a change that is none.

    :param change: number of the change in question, from 1, if it is about one.
    """

    code = "invalid-scenario"
    title = "The scenario cannot be read"

    def __init__(self, detail: str, *, change: int | None = None) -> None:
        super().__init__(detail, change=change)
        self.change = change


class ContradictoryScenarioError(UsageError):
    """Changes of one scenario that cannot be made together."""

    code = "contradictory-scenario"
    title = "The changes of the scenario contradict each other"


class UnknownRelationshipError(NamingError):
    """A change speaks of a link between two entities that is not there."""

    code = "unknown-relationship"
    title = "There is no such link"
