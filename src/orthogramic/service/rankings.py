"""Rankings: what there is, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from orthogramic.analysis.ranking import DEFAULT_ROWS, DEFAULT_TERMS, MOST_TERMS
from orthogramic.service.access import may_read
from orthogramic.service.analysis import MaxHops, MinScore, Profile, Via
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

RankingName = Annotated[str, Path(alias="ranking_name", description="Name of the ranking")]
_MOST_NAMES = 1000


def _scope(
    *,
    entity: Annotated[
        Sequence[str],
        Query(
            max_length=_MOST_NAMES,
            description="Rank only this entity, or those of a saved set (`query:NAME`)",
        ),
    ] = (),
    dependent: Annotated[
        Sequence[str],
        Query(
            max_length=_MOST_NAMES,
            description="Count only this one, or what stands for it, or a saved set",
        ),
    ] = (),
    dependent_class: Annotated[
        Sequence[str],
        Query(max_length=_MOST_NAMES, description="Count only dependents of this class"),
    ] = (),
) -> dict[str, Any]:
    """Return what is ranked, and by whose dependence."""
    return {"entity": entity, "dependent": dependent, "dependent_class": dependent_class}


def _narrowing(
    *,
    unit: Annotated[
        str | None,
        Query(description="Add up only worth that is counted in this; by default what most is"),
    ] = None,
    profile: Profile = None,
    via: Via = (),
    max_hops: MaxHops = None,
    min_score: MinScore = None,
) -> dict[str, Any]:
    """Return what counts."""
    return {
        "unit": unit,
        "profile": profile,
        "via": via,
        "max_hops": max_hops,
        "min_score": min_score,
    }


def _page(
    *,
    terms: Annotated[
        int, Query(ge=0, le=MOST_TERMS, description="Terms that are told of each row; all count")
    ] = DEFAULT_TERMS,
    limit: Limit = DEFAULT_ROWS,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Return which part is wanted."""
    return {"terms": terms, "limit": limit, "offset": offset}


@router.get(
    "/rankings",
    summary="List rankings",
    responses={**content_of("application/json", description="A page"), **problems_for(400)},
)
def list_rankings(repository: Repo, limit: Limit = 100, offset: Offset = 0) -> Response:
    """List the rankings of the bundle: what each orders, and by what."""
    found = repository.rankings()
    document = {
        "items": [each.to_dict() for each in found[offset : offset + limit]],
        "total": len(found),
        "limit": limit,
        "offset": offset,
    }
    return json_response(document, snapshot=repository.snapshot)


@router.get(
    "/rankings/{ranking_name}",
    summary="Which entities come first, with the arithmetic",
    responses={
        **content_of("application/json", description="A page, the greatest result first"),
        **problems_for(400, 404, 409, 503),
    },
)
async def ranking(
    request: Request,
    repository: Repo,
    name: RankingName,
    scope: Annotated[dict[str, Any], Depends(_scope)],
    narrowing: Annotated[dict[str, Any], Depends(_narrowing)],
    page: Annotated[dict[str, Any], Depends(_page)],
) -> Response:
    """Order entities by what each comes to itself, times what depends on it.

    Each row tells its terms: `share` (to what degree one depends) times `worth` gives `amount`;
    all amounts together are the `weight`; `own` times `weight` is the `result`. What is not known
    is named in `unranked` and `missing`, and adds nothing.
    """

    def ask() -> Response:
        answer = repository.ranking(name, **scope, **narrowing, **page)
        return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)

    return await analysed(request, ask)
