"""Entity tags of entities (RFC 9110, section 8.8.3).

The tag of an entity is made of its document, so equal states have equal tags, whichever commits
led there. What a precondition says of tags is told in :mod:`orthogramic.repository.preconditions`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_LENGTH = 24


def tag_of(document: Mapping[str, Any]) -> str:
    """Return the tag of the state that a document shows, without quotation marks."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:_LENGTH]
