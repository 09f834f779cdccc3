"""What keeps the pages of other sites from using a service through the browser of its user.

A browser sends a request to wherever a page tells it to, from the machine of its user. Where nobody
is asked for a token, being on that machine is what lets somebody in, so a page of another site must
be told from the user: by the origin that a browser names (RFC 6454, Fetch), and by the name under
which it asks (so that a name that was made to lead here, "DNS rebinding", does not count).
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from fastapi import Request

from orthogramic.errors import AccessRefusedError, InvalidParameterError
from orthogramic.service.access.authentication import access_of

#: What a browser says of a request that no other site caused (Fetch Metadata).
_OWN_SITES = frozenset({"same-origin", "none"})

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#@\s]+")


def refuse_other_sites(request: Request) -> None:
    """Refuse a request that changes data if the page of another site caused it.

    :raises AccessRefusedError: with the rule ``foreign-origin``.
    """
    allowed = access_of(request).writing_origins
    if allowed is None:
        return
    origins = request.headers.getlist("origin")
    if any(not _is_own(request, each) and each not in allowed for each in origins):
        raise _refused(f"A page of {origins[0][:200]}")
    # Without an origin a browser may still say where the request came from.
    if not origins and request.headers.get("sec-fetch-site", "none") not in _OWN_SITES:
        raise _refused("A page of another site")


def check_origin(text: str) -> str:
    """Return a web origin as browsers write it; ``*`` is any.

    :raises InvalidParameterError: if it is none.
    """
    origin = text.strip().lower().rstrip("/")
    if origin != "*" and not _ORIGIN.fullmatch(origin):
        raise InvalidParameterError(
            f"'{text}' is no web origin; one reads https://app.example.org, or with a port "
            "http://localhost:3000.",
            parameter="origin",
        )
    return origin


def host_name(netloc: str) -> str | None:
    """Return the name or address in a Host field in lower case, without port and final dot.

    :returns: ``None`` if it is none.
    """
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower().rstrip(".") or None
    except ValueError:
        return None


def is_address(name: str) -> bool:
    """Tell whether a host is given by its address: no other site can make that lead here."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_own(request: Request, origin: str) -> bool:
    """Tell whether an origin is that of the service, by the name under which it was asked."""
    public_url: str | None = request.app.state.settings.public_url
    own = {request.headers.get("host", "").lower()}
    if public_url:
        own.add(urlsplit(public_url).netloc.lower())
    scheme, _, netloc = origin.lower().partition("://")
    return scheme in {"http", "https"} and netloc in own - {""}


def _refused(who: str) -> AccessRefusedError:
    return AccessRefusedError(
        f"{who} may not change data here. Whoever starts the service can allow an origin with "
        "--allow-origin.",
        rule="foreign-origin",
    )
