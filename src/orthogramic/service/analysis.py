"""Questions of impact and dependency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.analysis import Answer, PathAnswer
from orthogramic.service.access import may_read
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

_RESPONSES = {
    **content_of("application/json", description="The answer, with its bound and its receipt"),
    **problems_for(400, 404, 409, 503),
}

Sources = Annotated[
    Sequence[str],
    Query(
        alias="source",
        max_length=1000,
        description="An entity: IRI, CURIE, `Class/key` or title",
    ),
]
SourceClass = Annotated[
    Sequence[str],
    Query(
        description="A class: all its instances, those of subclasses included, are sources",
        max_length=100,
    ),
]
To = Annotated[
    Sequence[str], Query(description="Only hits of this class and its subclasses", max_length=100)
]
Domain = Annotated[
    Sequence[str],
    Query(description="Only hits of classes of this domain: its label or IRI", max_length=100),
]
Graph = Annotated[
    Sequence[str],
    Query(description="Only over links that this named graph asserts: its IRI", max_length=100),
]
GroupBy = Annotated[
    Literal["class", "domain"] | None,
    Query(description="Hits group by group, the one with the best score first"),
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


def _narrowing(  # noqa: PLR0913 - the parameters of the interface contract
    *,
    source_class: SourceClass = (),
    to: To = (),
    domain: Domain = (),
    profile: Profile = None,
    max_hops: MaxHops = None,
    min_score: MinScore = None,
    via: Via = (),
    graph: Graph = (),
    group_by: GroupBy = None,
    paths: Paths = 1,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Return what narrows a question down, by the names of the interface contract."""
    return {
        "source_class": source_class,
        "to": to,
        "domain": domain,
        "profile": profile,
        "max_hops": max_hops,
        "min_score": min_score,
        "via": via,
        "graph": graph,
        "group_by": group_by,
        "paths": paths,
        "limit": limit,
        "offset": offset,
    }


Narrowing = Annotated[dict[str, Any], Depends(_narrowing)]


@router.get("/impact", summary="Who is affected if something changes", responses=_RESPONSES)
async def impact(
    request: Request, repository: Repo, narrowing: Narrowing, sources: Sources = ()
) -> Response:
    """Rank what a change of the sources reaches, each hit with its best paths as sentences."""
    return await analysed(request, lambda: _written(repository.impact(sources, **narrowing)))


@router.get("/dependencies", summary="What something needs", responses=_RESPONSES)
async def dependencies(
    request: Request, repository: Repo, narrowing: Narrowing, sources: Sources = ()
) -> Response:
    """Rank what the sources depend on, each hit with its best paths as sentences."""
    return await analysed(request, lambda: _written(repository.dependencies(sources, **narrowing)))


@router.get("/paths", summary="In which ways one thing needs another", responses=_RESPONSES)
async def paths_between(  # noqa: PLR0913 - the parameters of the interface contract
    *,
    request: Request,
    repository: Repo,
    source: Annotated[str, Query(description="The entity where the paths begin")],
    target: Annotated[str, Query(description="The entity where they end")],
    direction: Annotated[
        Literal["dependencies", "impact"], Query(description="Which way to read")
    ] = "dependencies",
    profile: Profile = None,
    via: Via = (),
    graph: Graph = (),
    max_hops: MaxHops = None,
    paths: Annotated[int, Query(ge=1, le=100, description="How many, best first")] = 3,
) -> Response:
    """Explain the best ways in which the source needs (or affects) the target."""

    def ask() -> Response:
        answer = repository.paths(
            source,
            target,
            direction=direction,
            profile=profile,
            via=via,
            graph=graph,
            max_hops=max_hops,
            paths=paths,
        )
        return _written(answer)

    return await analysed(request, ask)


def _written(answer: Answer | PathAnswer) -> Response:
    return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)
