"""Questions of impact and dependency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response

from orthogramic.service.access import may_read
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

_RESPONSES = {
    **content_of("application/json", description="The answer, with its bound and its receipt"),
    **problems_for(400, 404, 409),
}

Sources = Annotated[
    Sequence[str],
    Query(
        alias="source",
        min_length=1,
        max_length=1000,
        description="An entity: IRI, CURIE, `Class/key` or title",
    ),
]
To = Annotated[
    Sequence[str], Query(description="Only hits of this class and its subclasses", max_length=100)
]
Via = Annotated[
    Sequence[str],
    Query(description="Only over this relationship: name, CURIE or IRI", max_length=100),
]
Profile = Annotated[
    str | None, Query(description="Impact profile; the default one unless it is named")
]
MaxHops = Annotated[int | None, Query(ge=1, le=1000, description="Longest path, in steps")]
MinScore = Annotated[float | None, Query(ge=0, le=1, description="Least score of a hit")]
Paths = Annotated[int, Query(ge=0, le=100, description="Best paths that explain each hit")]


def _narrowing(
    *,
    to: To = (),
    profile: Profile = None,
    max_hops: MaxHops = None,
    min_score: MinScore = None,
    via: Via = (),
    paths: Paths = 1,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Return what narrows a question down, by the names of the interface contract."""
    return {
        "to": to,
        "profile": profile,
        "max_hops": max_hops,
        "min_score": min_score,
        "via": via,
        "paths": paths,
        "limit": limit,
        "offset": offset,
    }


Narrowing = Annotated[dict[str, Any], Depends(_narrowing)]


@router.get("/impact", summary="Who is affected if something changes", responses=_RESPONSES)
def impact(repository: Repo, sources: Sources, narrowing: Narrowing) -> Response:
    """Rank what a change of the sources reaches, each hit with its best paths as sentences."""
    answer = repository.impact(sources, **narrowing)
    return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)


@router.get("/dependencies", summary="What something needs", responses=_RESPONSES)
def dependencies(repository: Repo, sources: Sources, narrowing: Narrowing) -> Response:
    """Rank what the sources depend on, each hit with its best paths as sentences."""
    answer = repository.dependencies(sources, **narrowing)
    return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)


@router.get("/paths", summary="In which ways one thing needs another", responses=_RESPONSES)
def paths_between(
    *,
    repository: Repo,
    source: Annotated[str, Query(description="The entity where the paths begin")],
    target: Annotated[str, Query(description="The entity where they end")],
    direction: Annotated[
        Literal["dependencies", "impact"], Query(description="Which way to read")
    ] = "dependencies",
    profile: Profile = None,
    via: Via = (),
    max_hops: MaxHops = None,
    paths: Annotated[int, Query(ge=1, le=100, description="How many, best first")] = 3,
) -> Response:
    """Explain the best ways in which the source needs (or affects) the target."""
    answer = repository.paths(
        source,
        target,
        direction=direction,
        profile=profile,
        via=via,
        max_hops=max_hops,
        paths=paths,
    )
    return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)
