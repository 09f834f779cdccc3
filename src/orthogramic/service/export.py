"""Everything, one graph or one entity, in any format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.errors import InvalidParameterError
from orthogramic.exchange.exported import SUMMARY_FIELD
from orthogramic.exchange.formats import ExchangeFormat, format_named, formats
from orthogramic.service.access import may_read
from orthogramic.service.dependencies import Repo
from orthogramic.service.negotiation import DATASET_SYNTAXES, graph_choice
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import SNAPSHOT
from orthogramic.service.streaming import streamed_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Repository"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)


@router.get(
    "/export",
    summary="Take the data along",
    responses={
        **content_of(*(each.media_type for each in formats()), description="The statements"),
        **problems_for(400, 404, 406, 409),
    },
)
def export(
    request: Request,
    repository: Repo,
    name: Annotated[
        str | None,
        Query(
            alias="format",
            description="turtle, trig, ntriples, nquads, rdfxml, jsonld or archimate: "
            "goes before Accept",
        ),
    ] = None,
    graph: Annotated[str | None, Query(description="Only this graph: its IRI")] = None,
    entity: Annotated[
        str | None, Query(description="Only this entity and what surrounds it")
    ] = None,
    inferred: Annotated[bool, Query(description="Also what follows from the data")] = False,
) -> Response:
    """Write the data as a file. TriG, N-Quads and JSON-LD keep the graphs apart."""
    chosen, media_type = _chosen(request, name)
    snapshot = repository.snapshot
    part = re.sub(r"[^A-Za-z0-9]+", "-", entity or graph or "").strip("-")[-60:]
    stem = "-".join(each for each in ("orthogramic", str(snapshot), part) if each)
    headers = {
        "Content-Disposition": f'attachment; filename="{stem}{chosen.extension}"',
        "Vary": "Accept",
        SNAPSHOT: str(snapshot),
    }

    def produce() -> Iterator[bytes]:
        exported = repository.export(chosen.name, graph=graph, entity=entity, inferred=inferred)
        if exported.summary:
            headers[SUMMARY_FIELD] = exported.summary
        return exported

    return streamed_response(produce, media_type, headers)


def _chosen(request: Request, name: str | None) -> tuple[ExchangeFormat, str]:
    """Return the format asked for, and its media type; what is no RDF goes by its name only."""
    others = [each for each in formats() if each.syntax is None and each.write is not None]
    for each in others:
        if name is not None and name.strip().lower() == each.name:
            return each, each.media_type
    try:
        syntax, media_type = graph_choice(request, name, DATASET_SYNTAXES)
    except InvalidParameterError as error:
        further = ", ".join(each.name for each in others)
        raise InvalidParameterError(
            f"{error.detail} Besides, there is {further}.", parameter="format"
        ) from error
    return format_named(syntax.key), media_type
