"""Why something is left to pySHACL; neither error ever reaches the caller of a validation."""

from __future__ import annotations


class NotCompiledError(Exception):
    """A shape, or a shapes graph, is not among those that are compiled."""


class CannotEvaluateError(Exception):
    """A compiled shape met data for which only pySHACL can say what follows."""
