"""Entities as JSON documents that can be written as well as read.

A document has one member per property that the entity itself states; what the members are called
and which values they take is said by the bundle alone. Reading a document gives the statements
that it means, writing one shows the statements that are there, and the two undo each other.
"""

from __future__ import annotations

from orthogramic.repository.documents.editing import Editing
from orthogramic.repository.documents.json_text import read_json_object
from orthogramic.repository.documents.written_entity import EntityWritten

__all__ = ["Editing", "EntityWritten", "read_json_object"]
