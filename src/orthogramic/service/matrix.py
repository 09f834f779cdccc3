"""The matrix: how each of some things needs or affects each of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from orthogramic.analysis import DEFAULT_SIDE, LONGEST_SIDE, Matrix
from orthogramic.analysis.matrix_question import DEEPEST_LEVEL
from orthogramic.errors import InvalidParameterError
from orthogramic.exchange.matrices import MATRIX_FORMATS, MatrixFormat
from orthogramic.service.access import may_read
from orthogramic.service.analysis import MaxHops, MinScore, Profile, Via
from orthogramic.service.answering import analysed
from orthogramic.service.dependencies import Offset, Repo
from orthogramic.service.negotiation import choose
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import SNAPSHOT

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Impact and dependencies"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)

#: A picture that is opened by itself runs nothing and fetches nothing.
_POLICY = "default-src 'none'; frame-ancestors 'none'"

ClassOfSide = Annotated[
    str | None,
    Query(
        description="A class, subclasses included: its name, CURIE or IRI; or a saved set: "
        "`query:NAME?parameter=value#column`"
    ),
]
SideLimit = Annotated[
    int | None,
    Query(
        ge=1,
        le=LONGEST_SIDE,
        description=f"Entries of this side; by default {DEFAULT_SIDE} in JSON, all in CSV and SVG",
        examples=[20],
    ),
]
Names = Annotated[
    Sequence[str],
    Query(description="Only this entity: IRI, CURIE, `Class/key` or title", max_length=1000),
]


Parents = Annotated[
    Sequence[str],
    Query(
        description="Gather this side under its parents, by this relationship to a parent; by "
        "default by all that the bundle has, if there is a level",
        max_length=100,
    ),
]
Level = Annotated[
    int | None,
    Query(
        ge=1,
        le=DEEPEST_LEVEL,
        description="Gather this side at this level of its parents, 1 for those on top",
    ),
]


def _sides(
    *,
    rows: ClassOfSide = None,
    columns: ClassOfSide = None,
    row: Names = (),
    column: Names = (),
    row_parents: Parents = (),
    row_level: Level = None,
    column_parents: Parents = (),
    column_level: Level = None,
) -> dict[str, Any]:
    """Return what stands on the two sides."""
    return {
        "rows": rows,
        "columns": columns,
        "row": row,
        "column": column,
        "row_parents": row_parents,
        "row_level": row_level,
        "column_parents": column_parents,
        "column_level": column_level,
    }


def _narrowing(
    *,
    direction: Annotated[
        Literal["dependencies", "impact"],
        Query(description="What each row needs, or what feels a change of it"),
    ] = "dependencies",
    cell: Annotated[
        str,
        Query(
            description="`score` of the best path, number of `paths`, or the name of a measure",
            max_length=1000,
            examples=["score"],
        ),
    ] = "score",
    profile: Profile = None,
    max_hops: MaxHops = None,
    min_score: MinScore = None,
    via: Via = (),
) -> dict[str, Any]:
    """Return what a cell holds."""
    return {
        "direction": direction,
        "cell": cell,
        "profile": profile,
        "max_hops": max_hops,
        "min_score": min_score,
        "via": via,
    }


def _page(
    *,
    hide_empty: Annotated[
        bool, Query(description="Leave out rows and columns without a filled cell")
    ] = False,
    sort: Annotated[
        Literal["label", "total"], Query(description="By label, or the greatest total first")
    ] = "label",
    limit: SideLimit = None,
    offset: Offset = 0,
    column_limit: SideLimit = None,
    column_offset: Offset = 0,
) -> dict[str, Any]:
    """Return which part is wanted."""
    return {
        "hide_empty": hide_empty,
        "sort": sort,
        "limit": limit,
        "offset": offset,
        "column_limit": column_limit,
        "column_offset": column_offset,
    }


@router.get(
    "/matrix",
    summary="How each of some things needs each of others",
    responses={
        **content_of(
            *(each.media_type for each in MATRIX_FORMATS),
            description="A page of the matrix, with totals of the whole",
        ),
        **problems_for(400, 404, 406, 409, 503),
    },
)
async def matrix(
    request: Request,
    repository: Repo,
    sides: Annotated[dict[str, Any], Depends(_sides)],
    narrowing: Annotated[dict[str, Any], Depends(_narrowing)],
    page: Annotated[dict[str, Any], Depends(_page)],
    name: Annotated[
        str | None, Query(alias="format", description="json, csv or svg: goes before Accept")
    ] = None,
) -> Response:
    """Fill a matrix of two classes: best score of each pair, number of paths, or a measure.

    Rows and columns are classes, saved sets, entities, or entities of one of these. An
    empty cell is absent. Totals are those of the whole matrix, whatever page is asked for.
    """
    chosen = _format(request, name)
    for side in ("limit", "column_limit"):
        if page[side] is None:
            # A page of JSON says what it leaves out; a file that is opened elsewhere does not.
            page[side] = DEFAULT_SIDE if chosen.name == "json" else LONGEST_SIDE

    def ask() -> Response:
        return _written(repository.matrix(**sides, **narrowing, **page), chosen)

    return await analysed(request, ask)


def _written(answer: Matrix, chosen: MatrixFormat) -> Response:
    headers = {SNAPSHOT: str(answer.receipt.snapshot), "Vary": "Accept"}
    if chosen.name != "json":
        headers["Content-Disposition"] = f'inline; filename="matrix.{chosen.name}"'
        headers["Content-Security-Policy"] = _POLICY
    return Response(chosen.write(answer).encode(), headers=headers, media_type=chosen.media_type)


def _format(request: Request, name: str | None) -> MatrixFormat:
    """Return the format that is named, or else the one that is accepted."""
    if name is None:
        media_type = choose(request, [each.media_type for each in MATRIX_FORMATS])
        return next(each for each in MATRIX_FORMATS if each.media_type == media_type)
    for each in MATRIX_FORMATS:
        if name.strip().lower() in (each.name, each.media_type):
            return each
    raise InvalidParameterError(
        f"There is no format '{name}' for this answer; it has "
        f"{', '.join(each.name for each in MATRIX_FORMATS)}.",
        parameter="format",
    )
