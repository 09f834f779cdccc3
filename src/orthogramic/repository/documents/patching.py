"""JSON Merge Patch (RFC 7396): a document that says only what becomes different."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merged(target: Any, patch: Any) -> Any:
    """Return a document after a patch; neither is changed (RFC 7396, section 2).

    :param target: what there was.
    :param patch: ``null`` takes a member away, an object goes into depth, anything else replaces.
    """
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
