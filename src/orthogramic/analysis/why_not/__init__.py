"""Why something is not reached, and the links that shapes expect which would reach it."""

from __future__ import annotations

from orthogramic.analysis.why_not.answer import (
    Cause,
    DirectLink,
    FrontierEntity,
    Needed,
    NewEntity,
    Proposal,
    ProposedLink,
    WhyNotAnswer,
)
from orthogramic.analysis.why_not.answering import why_not
from orthogramic.analysis.why_not.openings import Openings
from orthogramic.analysis.why_not.question import (
    DEFAULT_PROPOSALS,
    MOST_PROPOSALS,
    WhyNotQuestion,
)

__all__ = [
    "DEFAULT_PROPOSALS",
    "MOST_PROPOSALS",
    "Cause",
    "DirectLink",
    "FrontierEntity",
    "Needed",
    "NewEntity",
    "Openings",
    "Proposal",
    "ProposedLink",
    "WhyNotAnswer",
    "WhyNotQuestion",
    "why_not",
]
