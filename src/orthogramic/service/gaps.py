"""The gaps: links that the shapes expect and nobody has stated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.service.access import may_read
from orthogramic.service.analysis import Profile
from orthogramic.service.answering import analysed
from orthogramic.service.dependencies import Limit, Offset, Repo
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Impact and dependencies"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)

_MOST = 100


def _scope(
    *,
    class_name: Annotated[
        Sequence[str],
        Query(
            alias="class",
            max_length=_MOST,
            description="Only gaps of entities of this class and its subclasses",
        ),
    ] = (),
    domain: Annotated[
        Sequence[str],
        Query(max_length=_MOST, description="Only of classes of this domain: its label or IRI"),
    ] = (),
    graph: Annotated[
        Sequence[str],
        Query(max_length=_MOST, description="Only of entities that this named graph describes"),
    ] = (),
) -> dict[str, Any]:
    """Return whose gaps are asked about."""
    return {"class_name": class_name, "domain": domain, "graph": graph}


def _kind(
    *,
    via: Annotated[
        Sequence[str],
        Query(max_length=_MOST, description="Only missing links of this relationship"),
    ] = (),
    severity: Annotated[
        Sequence[str],
        Query(
            max_length=_MOST,
            description="Only what shapes of this severity expect: `violation`, `warning`, "
            "`info`; by default the first two",
        ),
    ] = (),
    cutting: Annotated[
        bool, Query(description="Only gaps at which answers of impact or dependencies end")
    ] = False,
    profile: Profile = None,
) -> dict[str, Any]:
    """Return which gaps are asked about."""
    return {"via": via, "severity": severity, "cutting": cutting, "profile": profile}


@router.get(
    "/gaps",
    summary="Which links are missing, and what hangs on them",
    responses={
        **content_of("application/json", description="A page of gaps, the heaviest first"),
        **problems_for(400, 404, 503),
    },
)
async def gaps(
    request: Request,
    repository: Repo,
    scope: Annotated[dict[str, Any], Depends(_scope)],
    kind: Annotated[dict[str, Any], Depends(_kind)],
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """List the links that the shapes expect and nobody has stated.

    `coverage` counts what is expected and what of it is missing, by class, domain, shape and
    relationship. `cuts` says of each gap how many answers end at it, and `weight` how strongly
    these lead there, added up.
    """

    def ask() -> Response:
        answer = repository.gaps(**scope, **kind, limit=limit, offset=offset)
        return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)

    return await analysed(request, ask)
