"""Questions of failure: what is lost and what is degraded if entities fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.service.access import may_read
from orthogramic.service.analysis import Profile, To
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

Remove = Annotated[
    Sequence[str],
    Query(description="An entity that is gone: IRI, CURIE, `Class/key` or title", max_length=1000),
]
Degrade = Annotated[
    Sequence[str],
    Query(description="An entity that is not gone, but works less well", max_length=1000),
]
Domain = Annotated[
    Sequence[str],
    Query(
        description="Only dependents of the classes of this domain: label or IRI", max_length=100
    ),
]


@router.get(
    "/failure",
    summary="What is lost and what is degraded if something fails",
    responses={
        **content_of("application/json", description="The answer, with its bound and its receipt"),
        **problems_for(400, 404, 409, 503),
    },
)
async def failure(  # noqa: PLR0913 - the parameters of the interface contract
    *,
    request: Request,
    repository: Repo,
    remove: Remove = (),
    degrade: Degrade = (),
    to: To = (),
    domain: Domain = (),
    state: Annotated[
        Literal["lost", "degraded", "untouched"] | None,
        Query(description="Only what is in this state; by default what is lost or degraded"),
    ] = None,
    certain: Annotated[
        bool, Query(description="Leave out what may be degraded and may be spared")
    ] = False,
    profile: Profile = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Tell what becomes of each dependent, worst first, with the support groups that decide.

    At least one entity has to be removed or degraded. Counts are those of the whole, by state and
    by class, whatever page is asked for.
    """

    def ask() -> Response:
        answer = repository.failure(
            remove,
            degrade=degrade,
            to=to,
            domain=domain,
            state=state,
            certain=certain,
            profile=profile,
            limit=limit,
            offset=offset,
        )
        return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)

    return await analysed(request, ask)
