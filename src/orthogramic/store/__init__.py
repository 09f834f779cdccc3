"""Where quads live: one protocol, and the embedded engine that keeps it on disk or in memory."""

from __future__ import annotations

from orthogramic.store.answers import SparqlAnswer
from orthogramic.store.embedded import EmbeddedStore
from orthogramic.store.protocol import Dataset, QuadStore

__all__ = ["Dataset", "EmbeddedStore", "QuadStore", "SparqlAnswer"]
