"""What a SPARQL Update does to a store, worked out without touching it."""

from __future__ import annotations

from orthogramic.repository.updating.effect import OperationEffect, UpdateEffect, effect_of
from orthogramic.repository.updating.settings import Follow, Following, UpdateSettings

__all__ = [
    "Follow",
    "Following",
    "OperationEffect",
    "UpdateEffect",
    "UpdateSettings",
    "effect_of",
]
