"""Entity tags of answers to queries: the same as long as nothing was committed.

They are weak (RFC 9110, section 8.8.1): the same question at the same commit has the same answer,
but rows without an order may come in another one.
"""

from __future__ import annotations

import re

from orthogramic.service.answer_formats import AnswerFormats
from orthogramic.service.responses import entity_tag
from orthogramic.service.sparql_request import SparqlRequest

#: Functions of SPARQL 1.1 Query, section 17.4, that give something else at each call.
_UNREPEATABLE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


def repeatable(asked: SparqlRequest) -> bool:
    """Tell whether a query has the same answer each time; in doubt it has not."""
    return _UNREPEATABLE.search(asked.text) is None


def tag_of(asked: SparqlRequest, chosen: AnswerFormats, snapshot: int) -> str:
    """Return the entity tag of the answer to a query.

    :param snapshot: the commit that the answer sees.
    """
    parts = (asked.text, asked.default_graphs, asked.named_graphs, asked.base_iri, chosen.formats)
    return f"W/{entity_tag(snapshot, *parts)}"
