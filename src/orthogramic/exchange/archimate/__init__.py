"""Writes ArchiMate Model Exchange Files: elements, relationships, folders and properties.

What stands for what is said by the bundle (``ontology/mappings/``); what is legal, by the table of
the notation. The room knows no domain: a bundle without a mapping exports all the same.
"""

from __future__ import annotations

from orthogramic.exchange.archimate.notation import FORMAT, legal_relationships, notation
from orthogramic.exchange.archimate.writing import write_archimate

__all__ = ["FORMAT", "legal_relationships", "notation", "write_archimate"]
