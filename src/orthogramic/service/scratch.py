"""The application behind ``serve --scratch``: SPARQL and graph store protocols, nothing else.

It exists so that conformance suites can be run against the same request handling as the
repository's, without the repository's gate. It may be reached from this machine only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException

from orthogramic.errors import NotAcceptableError, QueryRefusedError
from orthogramic.repository.asking import Timing
from orthogramic.service.access import may_read, may_write
from orthogramic.service.answer_formats import AnswerFormats
from orthogramic.service.answering import bytes_response, while_wanted
from orthogramic.service.scanning import without_fetches
from orthogramic.service.scratch_store import ScratchStore
from orthogramic.service.scratch_updates import ScratchUpdates
from orthogramic.service.service_description import PREFIXES, DescribedGraph, describe_service
from orthogramic.service.settings import Limits
from orthogramic.service.sparql_answers import answer_response, graph_response
from orthogramic.service.sparql_request import SparqlRequest, endpoint_of, read_sparql_request
from orthogramic.service.worker import on_worker
from orthogramic.store import Dataset
from orthogramic.store.question import Question
from orthogramic.syntax import refuse


async def _store_of(request: Request) -> ScratchStore:
    store = request.app.state.scratch_store
    assert isinstance(store, ScratchStore)
    return store


Store = Annotated[ScratchStore, Depends(_store_of)]

router = APIRouter(
    default_response_class=Response, tags=["SPARQL"], dependencies=[Depends(may_read)]
)


@router.get("/sparql", summary="Query, or read the description of the service")
@router.post("/sparql", summary="Query or update")
async def sparql(request: Request, store: Store) -> Response:
    """Answer a SPARQL 1.1 Protocol request of either operation."""
    limits: Limits = request.app.state.settings.limits
    asked = await read_sparql_request(request, limits)
    if asked is None:
        return await on_worker(_description, request, store)
    if asked.update:
        await may_write(request)
    asked = replace(asked, text=without_fetches(asked.text, silent_only=True))
    if asked.update:
        return await while_wanted(
            request, asked.seconds, lambda timing: _carry_out(request, asked, timing)
        )
    chosen = AnswerFormats.of(request, asked.output)
    return await while_wanted(
        request, asked.seconds, lambda timing: _answer(request, store, asked, chosen, timing)
    )


def _carry_out(request: Request, asked: SparqlRequest, timing: Timing) -> Response:
    _refuse(request, asked, timing)
    _updates(request).carry_out(asked, timing)
    return Response(status_code=204)


def _updates(request: Request) -> ScratchUpdates:
    updates = request.app.state.scratch_updates
    assert isinstance(updates, ScratchUpdates)
    return updates


def _refuse(request: Request, asked: SparqlRequest, timing: Timing) -> None:
    """Refuse what may not be evaluated: what is well formed is forbidden, the rest is a fault."""
    limits: Limits = request.app.state.settings.limits

    def look_at(text: str) -> None:
        refuse(
            text,
            max_length=limits.query_length,
            max_depth=limits.query_nesting,
            allow_update=asked.update,
        )

    try:
        look_at(asked.text)
    except QueryRefusedError as error:
        if error.reason not in {"service-not-allowed", "load-not-allowed"}:
            raise
        rest = without_fetches(asked.text, silent_only=False)
        look_at(rest)
        _updates(request).check_syntax(asked, rest, timing)
        raise HTTPException(403, error.detail) from None


def _description(request: Request, store: ScratchStore) -> Response:
    graphs = (DescribedGraph(each.value, each.value, None) for each in store.graphs())
    triples = describe_service(endpoint_of(request), union=False, graphs=graphs)
    return graph_response(request, triples, prefixes=PREFIXES)


def _answer(
    request: Request,
    store: ScratchStore,
    asked: SparqlRequest,
    chosen: AnswerFormats,
    timing: Timing,
) -> Response:
    _refuse(request, asked, timing)
    evaluator = _updates(request).evaluator
    if evaluator is None:
        answer = store.query(
            asked.text,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            base_iri=asked.base_iri,
        )
        return answer_response(request, answer, output=asked.output)
    question = Question(
        asked.text,
        Dataset(_names(asked.default_graphs), _names(asked.named_graphs)),
        base_iri=asked.base_iri,
        formats=chosen.formats,
    )
    try:
        found = evaluator.evaluate(
            question, seconds=timing.seconds, cancellation=timing.cancellation
        )
    except NotAcceptableError:
        raise chosen.refusal(asked.text) from None
    return bytes_response(found, chosen.media_type(found.head))


def _names(graphs: tuple[str, ...] | None) -> tuple[NamedNode, ...] | None:
    return None if graphs is None else tuple(map(NamedNode, graphs))
