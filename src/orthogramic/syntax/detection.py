"""Tell what a document is from its first bytes.

Used before parsing to name content that is no text at all, and after a failure to say that the
document is written in another syntax than it was taken for.
"""

from __future__ import annotations

import codecs
import re

from orthogramic.syntax.media import RdfSyntax

# Enough of the beginning to recognise anything below.
HEAD_LENGTH = 4096

_MAGIC = (
    (b"\x1f\x8b", "compressed with gzip; unpack it first"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it or save it as text"),
    (b"BZh", "compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it first"),
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office document; save it as text"),
    (b"SQLite format 3", "a database file"),
)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEVERAL_NULLS = 0.2
_XML = re.compile(rb"\s*(?:<\?xml|<rdf:RDF|<!DOCTYPE\s+rdf|<[A-Za-z][\w.-]*(?::[\w.-]+)?\s+xmlns)")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*(?:\{|\"))")
_DIRECTIVE = re.compile(rb"(?im)^\s*(?:@(?:prefix|base)\s|(?:prefix|base)\s+[^\s{]*\s*<)")


def without_byte_order_mark(head: bytes) -> bytes:
    """Drop the byte order mark that some editors put before UTF-8 text.

    :param head: the beginning of a document.
    :returns: the same without the mark.
    """
    return head.removeprefix(codecs.BOM_UTF8)


def is_utf_8(text: bytes) -> bool:
    """Say whether bytes are UTF-8, if perhaps cut off within a character at their end.

    :param text: any bytes.
    """
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return error.end == len(text) and "unexpected end" in error.reason
    return True


def not_text(head: bytes) -> str | None:
    """Say why a document cannot be UTF-8 text.

    :param head: its first bytes.
    :returns: what it is, to follow upon "is"; None if it may be text.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_UTF_32):
        return "encoded in UTF-32; save it as UTF-8"
    if head.startswith(_UTF_16):
        return "encoded in UTF-16; save it as UTF-8"
    if b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    many = even + odd > _SEVERAL_NULLS * len(head)
    if many and min(even, odd) == 0:
        return "encoded in UTF-16; save it as UTF-8"
    # A single null character is legal in a literal, if the text is sound otherwise.
    return "binary, not text" if many or not is_utf_8(head) else None


def looks_like(head: bytes) -> str | None:
    """Guess the syntax of a text from its beginning.

    :param head: its first bytes, without byte order mark.
    :returns: the label of the syntax (``RDF/XML``, ``JSON-LD``, ``Turtle``) or ``HTML``; None if
        the beginning is not telling.
    """
    if _HTML.match(head):
        return "HTML"
    if _XML.match(head):
        return RdfSyntax.RDFXML.label
    if _JSON.match(head):
        return RdfSyntax.JSONLD.label
    if _DIRECTIVE.search(head):
        return RdfSyntax.TURTLE.label
    return None
