"""Reports and mends as the bytes of a media type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import serialize

from orthogramic.syntax import RdfSyntax
from orthogramic.validation.report import ValidationReport

if TYPE_CHECKING:
    from orthogramic.validation.mending import Mends

JSON, TEXT = "application/json", "text/plain"


@dataclass(frozen=True, slots=True)
class Page:
    """Which results are told.

    :param limit: at most so many; ``None`` for all.
    :param offset: so many are left out before.
    """

    limit: int | None = None
    offset: int = 0


def rendered_report(
    report: ValidationReport, media_type: str, page: Page, prefixes: Mapping[str, str]
) -> bytes:
    """Return a report as JSON, in plain words, or as an ``sh:ValidationReport`` in RDF.

    :param media_type: JSON, plain text or that of an RDF syntax.
    :param page: in RDF everything is told.
    :param prefixes: for Turtle.
    """
    if media_type == JSON:
        return _json(report.to_dict(page.limit, page.offset))
    if media_type == TEXT:
        return report.to_text(page.limit).encode()
    syntax = RdfSyntax.of_media_type(media_type)
    if syntax is RdfSyntax.TURTLE:
        return report.to_turtle(prefixes).encode()
    return serialize(report.to_graph(), format=syntax.rdf_format) or b""


def rendered_mends(found: Mends, media_type: str, page: Page) -> bytes:
    """Return a report and what can be mended, as JSON or in plain words."""
    if media_type == JSON:
        return _json(found.to_dict(page.limit, page.offset))
    return f"{found.report.to_text(page.limit)}\n{found.to_text()}".encode()


def _json(document: Any) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode()
