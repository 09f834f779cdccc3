"""How long one example takes says nothing about a law: a busy machine must not fail it."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("laws", deadline=None)
settings.load_profile("laws")
