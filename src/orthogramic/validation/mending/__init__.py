"""Mends that a machine can make: small patches, each proved before it is offered.

A patch is offered only if the data with it lacks the result that it mends and has no result that
the data without it lacks, of whatever severity.  Nothing here writes anything: who asks for mends
applies them.
"""

from __future__ import annotations

from orthogramic.validation.mending.bench import Bench
from orthogramic.validation.mending.documents import (
    MendedDocument,
    mend_document,
    mends_of_document,
)
from orthogramic.validation.mending.patch import ID_DIGITS, Mend, Patch
from orthogramic.validation.mending.proposing import (
    Mends,
    Proposing,
    mend_all,
    mends_text,
    propose,
)

__all__ = [
    "ID_DIGITS",
    "Bench",
    "Mend",
    "MendedDocument",
    "Mends",
    "Patch",
    "Proposing",
    "mend_all",
    "mend_document",
    "mends_of_document",
    "mends_text",
    "propose",
]
