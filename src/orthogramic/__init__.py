"""Orthogramic: a graph-based knowledge repository for business architecture.

::

    import orthogramic

    with orthogramic.open("my-store") as repository:
        answer = repository.dependencies("A title")
"""

from __future__ import annotations

from orthogramic.__about__ import __version__
from orthogramic.errors import OrthogramicError
from orthogramic.facade import Repository
from orthogramic.opening import open_memory, restore, verify
from orthogramic.opening import open_repository as open  # noqa: A004 - orthogramic.open reads well

__all__ = [
    "OrthogramicError",
    "Repository",
    "__version__",
    "open",
    "open_memory",
    "restore",
    "verify",
]
