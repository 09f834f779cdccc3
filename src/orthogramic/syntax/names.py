"""Make names: slugs for IRIs, titles that compare, and the name at the end of an IRI."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import NamedNode

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Turn a text into lower case words of ASCII letters and digits joined by hyphens.

    :param text: any text.
    :returns: the slug, never empty: a text without a usable character gives ``x-`` and a digest.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    ascii_only = "".join(each for each in plain if not unicodedata.combining(each))
    words = _NOT_ALPHANUMERIC.sub("-", ascii_only).strip("-")
    return words or f"x-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def normalise_title(text: str) -> str:
    """Bring a title into the form in which titles are compared.

    :param text: a title as written.
    :returns: the same in Unicode normalisation form C, without white space around it.
    """
    return unicodedata.normalize("NFC", text).strip()


def local_name(iri: NamedNode | str) -> str:
    """Return what follows the last ``#``, ``/`` or ``:`` of an IRI.

    :param iri: an IRI; a trailing separator is ignored.
    :returns: the local name as written, percent triplets included; the IRI itself if it has none.
    """
    text = iri.value if isinstance(iri, NamedNode) else iri
    for separator in "#/:":
        name = text.rstrip("#/:").rpartition(separator)[2]
        if separator in text.rstrip("#/:"):
            return name
    return text.rstrip("#/:") or text


def percent_encode_segment(text: str) -> str:
    """Write a text so that it can stand as one segment of an IRI's path.

    :param text: any text, for example a key.
    :returns: the text with everything but unreserved characters (RFC 3986, section 2.3) as
        percent triplets of its UTF-8 bytes; never ``.`` or ``..``.
    """
    encoded = quote(text, safe="")
    return encoded.replace(".", "%2E") if encoded in {".", ".."} else encoded
