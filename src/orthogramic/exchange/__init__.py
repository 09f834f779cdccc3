"""Writers of formats, the published JSON-LD context, and the list of formats.

The room takes quads and gives bytes; it may not open a store.  Readers of RDF live in
:mod:`orthogramic.syntax`.
"""

from __future__ import annotations

from orthogramic.exchange.exported import Exported
from orthogramic.exchange.formats import (
    ExchangeFormat,
    ExportOptions,
    format_named,
    formats,
    notations,
)
from orthogramic.exchange.jsonld import context, write_jsonld
from orthogramic.exchange.rdfxml import write_rdfxml
from orthogramic.exchange.surroundings import surroundings
from orthogramic.exchange.writers import write

__all__ = [
    "ExchangeFormat",
    "ExportOptions",
    "Exported",
    "context",
    "format_named",
    "formats",
    "notations",
    "surroundings",
    "write",
    "write_jsonld",
    "write_rdfxml",
]
