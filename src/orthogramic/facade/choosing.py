"""Which results are meant: by severity, by entity, by class."""

from __future__ import annotations

from orthogramic.errors import InvalidParameterError
from orthogramic.metamodel import Severity


def severity_named(name: str | None) -> Severity | None:
    """Return the severity of a name; of none, none.

    :raises InvalidParameterError: if there is no such severity.
    """
    if not name:
        return None
    try:
        return Severity(name)
    except ValueError:
        known = ", ".join(Severity)
        raise InvalidParameterError(
            f"There is no severity {name!r}; there are {known}.", parameter="severity"
        ) from None
