"""Which addresses elsewhere a query or an update may name: none, unless somebody says so.

Only what is written out counts, and begins with what was allowed, letter by letter: whoever makes
up another spelling of an address is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from orthogramic.errors import InvalidParameterError

#: Steps that lead out of a folder, also as they are written when they are to be overlooked.
_STEPS_OUT = re.compile(r"(?:/|%2f)(?:\.|%2e){1,2}(?:/|%2f|\?|#|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AllowedAddresses:
    """Addresses that begin with one of some texts.

    :param beginnings: IRIs of http or https with a host and at least a slash behind it, so that no
        longer name of a host can begin with one.
    """

    beginnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, beginnings: Iterable[str]) -> AllowedAddresses:
        """Check what somebody allows.

        :raises InvalidParameterError: if one is no beginning of an address.
        """
        return cls(tuple(map(_beginning, beginnings)))

    def allow(self, iri: str | None) -> bool:
        """Tell whether an address may be asked; ``None`` is one that nobody can tell."""
        if iri is None or "\\" in iri or _STEPS_OUT.search(iri):
            return False
        return iri.startswith(self.beginnings) if self.beginnings else False


def _beginning(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address or "@" in parts.netloc or any(each in text for each in '<>"{}|^`\\ '):
        raise InvalidParameterError(
            f"{text!r} is no beginning of an address; an example is https://example.org/sparql.",
            parameter="allow-remote",
        )
    return text if parts.path else f"{text}/"


#: Nothing elsewhere may be asked.
NOWHERE = AllowedAddresses()
