"""The update operation of the SPARQL endpoint over the gated repository.

SPARQL 1.1 Protocol, section 2.2: a change like any other, judged and recorded as a whole.
"""

from __future__ import annotations

from fastapi import Request, Response

from orthogramic.facade import Repository
from orthogramic.facade.write_options import WriteArguments
from orthogramic.service.negotiation import accept_of
from orthogramic.service.sparql_request import SparqlRequest
from orthogramic.service.write_request import written_answer

_JSON = "application/json"


def carry_out(
    request: Request, repository: Repository, asked: SparqlRequest, arguments: WriteArguments
) -> Response:
    """Carry out an update. Called on a worker thread.

    :param arguments: what goes along; its preconditions are about the whole repository, whose
        entity tag is the number of its last commit.
    :returns: 204, or the outcome as JSON for a dry run and for whoever asks for JSON.
    """
    written = repository.update(
        asked.text,
        using=asked.default_graphs,
        using_named=asked.named_graphs,
        base_iri=asked.base_iri,
        **arguments,
    )
    number = written.record.number if written.record else repository.snapshot
    return written_answer(
        request,
        written,
        impact=lambda change: repository.impact_of_change(change).to_dict(),
        words=repository.change_in_words,
        wanted=_asks_for_json(request),
        headers={"ETag": f'"{number}"'},
    )


def _asks_for_json(request: Request) -> bool:
    """Tell whether a request names JSON; one that takes anything needs no answer."""
    ranges = (accept_of(request) or "").split(",")
    return any(each.partition(";")[0].strip().lower() == _JSON for each in ranges)
