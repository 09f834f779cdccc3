"""Validation of data that somebody sends, never through the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.datastructures import FormData, UploadFile

from orthogramic.errors import InvalidParameterError
from orthogramic.facade import Repository
from orthogramic.repository.asking import Timing
from orthogramic.service.access import may_read
from orthogramic.service.answering import while_wanted
from orthogramic.service.dependencies import Repo
from orthogramic.service.negotiation import GRAPH_SYNTAXES, body_syntax, choose
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters, unknown_parameter
from orthogramic.service.sparql_request import media_type_of
from orthogramic.syntax import RdfSyntax, offered_media_types
from orthogramic.validation.isolation import Judges, JudgingTask
from orthogramic.validation.rendering import JSON as _JSON
from orthogramic.validation.rendering import TEXT as _TEXT
from orthogramic.validation.rendering import Page, rendered_mends, rendered_report

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Validation"],
    dependencies=[Depends(may_read)],
)

_REPORTS = tuple(
    dict.fromkeys(
        (_JSON, _TEXT, *(each for each in offered_media_types(GRAPH_SYNTAXES) if each != _JSON))
    )
)
_PARTS = ("data", "shapes", "syntax", "shapes_syntax")
_VARY = {"Vary": "Accept"}
_STRING = {"type": "string"}
_FILE = {"type": "string", "format": "binary"}


@dataclass(frozen=True, slots=True)
class _Document:
    """A document to validate or to validate with."""

    content: bytes
    syntax: RdfSyntax
    name: str


@router.post(
    "/validate",
    summary="Check data against the shapes",
    dependencies=[Depends(only_declared_parameters)],
    responses={
        **content_of(
            _JSON,
            _TEXT,
            *(each.media_type for each in GRAPH_SYNTAXES),
            description="The report, whether the data conforms or not",
        ),
        **problems_for(400, 406, 413, 415, 503),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                _JSON: {
                    "schema": {
                        "type": "object",
                        "required": ["data"],
                        "properties": dict.fromkeys(_PARTS, _STRING),
                    },
                    "example": {
                        "data": "<https://example.org/x> a <https://schema.org/Thing> .",
                        "syntax": "turtle",
                    },
                },
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["data"],
                        "properties": {"data": _FILE, "shapes": _FILE},
                    }
                },
                RdfSyntax.TURTLE.media_type: {"schema": _STRING},
            },
        }
    },
)
async def validate(
    request: Request,
    repository: Repo,
    mends: Annotated[
        bool, Query(description="Also tell what can be mended without a decision, as patches")
    ] = False,
    limit: Annotated[
        int | None, Query(ge=0, description="At most so many results; the counts are of all")
    ] = None,
    offset: Annotated[int, Query(ge=0, description="Skip so many results")] = 0,
) -> Response:
    """Validate a document by itself: against the bundle's shapes, or shapes that come with it.

    The data is a file or field of a form, a member of a JSON object, or the body itself. Nothing
    is stored. The report is JSON, plain words, or an `sh:ValidationReport` in RDF. With `mends`,
    JSON and plain words also tell patches: each was tried, settles a result and causes none.
    """
    media_type = choose(request, _REPORTS)
    if mends and media_type not in (_JSON, _TEXT):
        raise InvalidParameterError("Mends are told in JSON and plain text.", parameter="mends")
    documents = await _documents(request)
    wanted = _Wanted(media_type, mends, Page(limit, offset))
    return await while_wanted(
        request, None, lambda timing: _answer(request, repository, documents, wanted, timing)
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The answer that is wanted."""

    media_type: str
    mends: bool
    page: Page


def _answer(
    request: Request,
    repository: Repository,
    documents: tuple[_Document, _Document | None],
    wanted: _Wanted,
    timing: Timing,
) -> Response:
    data, shapes = documents
    judges: Judges | None = request.app.state.judges
    if shapes is not None and judges is not None:
        content = judges.judge(
            _task(data, shapes, wanted, repository.metamodel.prefixes),
            data.content,
            shapes.content,
            seconds=timing.seconds,
            cancellation=timing.cancellation,
        )
    else:
        content = _judged_here(repository, data, shapes, wanted)
    return Response(content, headers=_VARY, media_type=wanted.media_type)


def _task(
    data: _Document, shapes: _Document, wanted: _Wanted, prefixes: Mapping[str, str]
) -> JudgingTask:
    return JudgingTask(
        data.syntax.key,
        shapes.syntax.key,
        data.name,
        wanted.media_type,
        mends=wanted.mends,
        limit=wanted.page.limit,
        offset=wanted.page.offset,
        prefixes=dict(prefixes),
    )


def _judged_here(
    repository: Repository, data: _Document, shapes: _Document | None, wanted: _Wanted
) -> bytes:
    """Judge in this process: by shapes that are trusted, or where nothing is bounded."""
    prefixes = repository.metamodel.prefixes
    if shapes is not None:
        return _task(data, shapes, wanted, prefixes).carry_out(data.content, shapes.content)
    key = data.syntax.key
    if wanted.mends:
        found = repository.mends_of_bytes(data.content, key, source=data.name)
        return rendered_mends(found, wanted.media_type, wanted.page)
    report = repository.validate_bytes(data.content, key, source=data.name)
    return rendered_report(report, wanted.media_type, wanted.page, prefixes)


async def _documents(request: Request) -> tuple[_Document, _Document | None]:
    """Read the data, and the shapes if some came with it."""
    media = media_type_of(request)
    if media == "multipart/form-data":
        async with request.form() as form:
            _check_members(form.keys())
            data = await _part(form, "data", "syntax")
            shapes = await _part(form, "shapes", "shapes_syntax")
    elif media == _JSON:
        members = _members(await request.body())
        data = _member(members, "data", "syntax")
        shapes = _member(members, "shapes", "shapes_syntax")
    else:
        syntax = body_syntax(request.headers.get("content-type"))
        data, shapes = _Document(await request.body(), syntax, "the data"), None
    if data is None:
        raise InvalidParameterError("There is nothing to validate: send 'data'.", parameter="data")
    return data, shapes


async def _part(form: FormData, name: str, syntax_name: str) -> _Document | None:
    part, syntax = form.get(name), form.get(syntax_name)
    if part is None:
        return None
    named = RdfSyntax.of_name(syntax) if isinstance(syntax, str) and syntax else None
    if isinstance(part, UploadFile):
        content = await part.read()
        typed = part.content_type not in {None, _TEXT, "application/octet-stream"}
        file_name = part.filename or ""
        if named is None and (typed or "." in file_name):
            named = body_syntax(part.content_type if typed else None, file_name)
        return _Document(content, named or RdfSyntax.TURTLE, file_name or f"the {name}")
    return _Document(part.encode(), named or RdfSyntax.TURTLE, f"the {name}")


def _members(body: bytes) -> dict[str, Any]:
    try:
        members = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidParameterError(f"The body is no JSON: {error}.") from None
    if not isinstance(members, dict):
        raise InvalidParameterError("The body must be a JSON object with the member 'data'.")
    _check_members(members)
    return members


def _check_members(names: Any) -> None:
    for name in names:
        if name not in _PARTS:
            raise unknown_parameter(name, _PARTS)


def _member(members: dict[str, Any], name: str, syntax_name: str) -> _Document | None:
    text, syntax = members.get(name), members.get(syntax_name) or RdfSyntax.TURTLE.key
    if text is None:
        return None
    if not isinstance(text, str) or not isinstance(syntax, str):
        raise InvalidParameterError(f"'{name}' and '{syntax_name}' must be text.", parameter=name)
    return _Document(text.encode(), RdfSyntax.of_name(syntax), f"the {name}")
