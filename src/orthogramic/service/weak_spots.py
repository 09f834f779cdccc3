"""Weak spots: single points of failure, least cuts, and what is central."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.analysis import Receipt
from orthogramic.service.access import may_read
from orthogramic.service.analysis import Profile, Via
from orthogramic.service.answering import analysed
from orthogramic.service.dependencies import Limit, Offset, Repo
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import json_response

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1/weak-spots",
    tags=["Impact and dependencies"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)

_RESPONSES = {
    **content_of("application/json", description="The answer, with method, bound and receipt"),
    **problems_for(400, 404, 409, 503),
}
_MOST = 1000
_END = "An entity, `class:NAME` for all instances of a class, or `query:NAME` for a saved set"

Source = Annotated[
    Sequence[str],
    Query(min_length=1, max_length=_MOST, description=f"Where paths begin. {_END}"),
]
Target = Annotated[
    Sequence[str], Query(min_length=1, max_length=_MOST, description=f"Where paths end. {_END}")
]
Direction = Annotated[
    Literal["dependencies", "impact"], Query(description="Which way paths are walked")
]
Certain = Annotated[bool, Query(description="Leave out steps that are only possible")]
OfClass = Annotated[
    Sequence[str],
    Query(alias="class", max_length=100, description="Only entities of this class are looked for"),
]


class _Answer(Protocol):
    """An answer about weak spots."""

    @property
    def receipt(self) -> Receipt:
        """Return under which it can be had again."""

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""


def _scope(
    *,
    via: Via = (),
    certain: Certain = False,
    classes: OfClass = (),
    profile: Profile = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Return what every question about weak spots may say."""
    return {
        "via": via,
        "certain": certain,
        "classes": classes,
        "profile": profile,
        "limit": limit,
        "offset": offset,
    }


Scope = Annotated[dict[str, Any], Depends(_scope)]


@router.get("/dominators", summary="What every path between two sets passes", responses=_RESPONSES)
async def dominators(
    *,
    request: Request,
    repository: Repo,
    source: Source,
    target: Target,
    scope: Scope,
    direction: Direction = "dependencies",
    target_limit: Annotated[Limit, Query(description="Targets told one by one")] = 100,
    target_offset: Annotated[Offset, Query(description="Targets to leave out before")] = 0,
) -> Response:
    """Name the single points of failure, with the targets and sources that hang on each.

    `whole` is what every path from any source to any target passes; `by_target` tells it for each
    target. An end of a path counts only where other ends of its kind hang on it.
    """
    page: dict[str, Any] = {"target_limit": target_limit, "target_offset": target_offset}
    asked = repository.weak_spots
    return await _answered(
        request, lambda: asked.dominators(source, target, direction=direction, **scope, **page)
    )


@router.get("/cut", summary="The fewest entities that part two sets", responses=_RESPONSES)
async def cut(
    *,
    request: Request,
    repository: Repo,
    source: Source,
    target: Target,
    scope: Scope,
    direction: Direction = "dependencies",
) -> Response:
    """Find the fewest entities without which nothing leads from the sources to the targets.

    Sources and targets themselves are not taken out. Pairs that a link joins directly are listed
    under `direct`; the cut is of all other paths. With `class`, only such entities are taken out;
    where they are not enough, `size` is null and `around` shows a way round.
    """
    asked = repository.weak_spots
    return await _answered(request, lambda: asked.cut(source, target, direction=direction, **scope))


@router.get("/articulation", summary="What holds the graph together", responses=_RESPONSES)
async def articulation(request: Request, repository: Repo, scope: Scope) -> Response:
    """Name the entities without which what hangs together, links taken both ways, falls apart."""
    asked = repository.weak_spots
    return await _answered(request, lambda: asked.articulation(**scope))


@router.get("/cycles", summary="What leads back to itself", responses=_RESPONSES)
async def cycles(
    request: Request, repository: Repo, scope: Scope, direction: Direction = "dependencies"
) -> Response:
    """List the groups of entities that all lead to each other, with a cycle that shows it."""
    asked = repository.weak_spots
    return await _answered(request, lambda: asked.cycles(direction=direction, **scope))


def _measuring(
    *,
    measure: Annotated[
        Literal["betweenness", "pagerank"], Query(description="Which measure of centrality")
    ] = "betweenness",
    direction: Direction = "dependencies",
    samples: Annotated[
        int | None,
        Query(
            ge=1,
            le=1_000_000,
            description="Pairs to draw for betweenness; without it, exact where that is not too "
            "much work",
        ),
    ] = None,
    seed: Annotated[int, Query(ge=0, le=2**53, description="Decides which pairs are drawn")] = 0,
    confidence: Annotated[
        float, Query(gt=0, lt=1, description="How surely all bounds of an estimate hold")
    ] = 0.95,
    damping: Annotated[
        float, Query(gt=0, lt=1, description="Of PageRank: how often a walker goes on by a step")
    ] = 0.85,
) -> dict[str, Any]:
    """Return how centrality is measured."""
    return {
        "measure": measure,
        "direction": direction,
        "samples": samples,
        "seed": seed,
        "confidence": confidence,
        "damping": damping,
    }


@router.get("/centrality", summary="What is central", responses=_RESPONSES)
async def centrality(
    request: Request,
    repository: Repo,
    scope: Scope,
    measuring: Annotated[dict[str, Any], Depends(_measuring)],
) -> Response:
    """Rank entities by betweenness or PageRank; `method` says how exact the values are."""
    asked = repository.weak_spots
    return await _answered(request, lambda: asked.centrality(**measuring, **scope))


async def _answered(request: Request, ask: Callable[[], _Answer]) -> Response:
    def written() -> Response:
        answer = ask()
        return json_response(answer.to_dict(), snapshot=answer.receipt.snapshot)

    return await analysed(request, written)
