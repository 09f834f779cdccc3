"""Why something is not reached, and what would connect it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.analysis.why_not import DEFAULT_PROPOSALS, MOST_PROPOSALS
from orthogramic.service.access import may_read
from orthogramic.service.analysis import Graph, MaxHops, Profile, Via
from orthogramic.service.answering import analysed
from orthogramic.service.dependencies import Repo
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Impact and dependencies"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)


@router.get(
    "/why-not",
    summary="Why one thing does not need another, and which links would connect them",
    responses={
        **content_of("application/json", description="Causes, frontier and proposals"),
        **problems_for(400, 404, 409, 503),
    },
)
async def why_not(  # noqa: PLR0913 - the parameters of the interface contract
    *,
    request: Request,
    repository: Repo,
    source: Annotated[str, Query(description="The entity that should reach the other")],
    target: Annotated[str, Query(description="The entity that is not reached")],
    direction: Annotated[
        Literal["dependencies", "impact"], Query(description="Which way to read")
    ] = "dependencies",
    profile: Profile = None,
    via: Via = (),
    graph: Graph = (),
    max_hops: MaxHops = None,
    min_score: Annotated[
        float | None, Query(ge=0, le=1, description="Least score that counts as reached")
    ] = None,
    proposals: Annotated[
        int, Query(ge=1, le=MOST_PROPOSALS, description="How many sets of links, best first")
    ] = DEFAULT_PROPOSALS,
) -> Response:
    """Say why the reach stops short of the target, and what would lead on.

    `causes` name filters, links against the flow, or the lack of any link. `frontier` has the
    reached entities that are nearest to the target. `proposals` are the smallest sets of links that
    shapes expect, that are absent and that would connect, each with its `patch`. `direct` links
    between source and target come last.
    """

    def ask() -> Response:
        answer = repository.why_not(
            source,
            target,
            direction=direction,
            profile=profile,
            via=via,
            graph=graph,
            max_hops=max_hops,
            min_score=min_score,
            proposals=proposals,
        )
        return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)

    return await analysed(request, ask)
