"""Text as an exchange file can carry them.

XML 1.0 has no way to write most control characters and lone surrogates; an EA tool needs the rest
of the text more than it needs them, so each becomes U+FFFD, and the summary of the export counts
the values in which that happened.
"""

from __future__ import annotations

import re
from functools import cache

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_TO_ESCAPE = re.compile(r'[&<>"\r]')


@cache
def _not_xml() -> re.Pattern[str]:
    # Compiled when it is needed: that takes long, and few commands write XML.
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_carried(text: str) -> bool:
    """Tell whether XML can carry every character of a text."""
    return _not_xml().search(text) is None


def escaped(text: str) -> str:
    """Return a text as content of an element or, in double quotes, of an attribute."""
    carried = _not_xml().sub("\ufffd", text)
    return _TO_ESCAPE.sub(lambda match: _ESCAPES[match.group()], carried)
