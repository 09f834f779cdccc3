"""Who writes, and text as the log can keep it."""

from __future__ import annotations

import getpass


def user() -> str:
    """Return the name of the user of the system."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def encodable(text: str) -> str:
    """Replace what a command line could not decode: it has no place in a log of UTF-8."""
    return text.encode("utf-8", "replace").decode()
