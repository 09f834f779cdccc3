"""Text and bytes in, terms out; terms in, text out.

The room for RDF and SPARQL syntax.  It may do no other I/O than reading from what it is handed,
keeps no state, and knows nothing of the bundle, the store or the network.
"""

from orthogramic.syntax.canonical import LiteralCanonicalizer
from orthogramic.syntax.media import RdfSyntax, ResultFormat, offered_media_types
from orthogramic.syntax.names import local_name, normalise_title, percent_encode_segment, slug
from orthogramic.syntax.negotiation import negotiate
from orthogramic.syntax.positions import PositionIndex, statements
from orthogramic.syntax.reader import RdfDocument, read_document, read_quads
from orthogramic.syntax.skolem import skolemize
from orthogramic.syntax.sparql_errors import explain_syntax_error
from orthogramic.syntax.sparql_text import SparqlText, refuse
from orthogramic.syntax.turtle import to_trig, to_turtle
from orthogramic.syntax.turtle_walker import Statement

__all__ = [
    "LiteralCanonicalizer",
    "PositionIndex",
    "RdfDocument",
    "RdfSyntax",
    "ResultFormat",
    "SparqlText",
    "Statement",
    "explain_syntax_error",
    "local_name",
    "negotiate",
    "normalise_title",
    "offered_media_types",
    "percent_encode_segment",
    "read_document",
    "read_quads",
    "refuse",
    "skolemize",
    "slug",
    "statements",
    "to_trig",
    "to_turtle",
]
