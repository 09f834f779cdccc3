"""Media types of JSON documents that have one of their own."""

from __future__ import annotations

#: The document of an entity, in the form in which it is written.
ENTITY = "application/vnd.orthogramic.entity+json"
#: A JSON merge patch (RFC 7396, section 4).
MERGE_PATCH = "application/merge-patch+json"
