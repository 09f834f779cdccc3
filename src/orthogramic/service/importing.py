"""Loading over HTTP: documents and datasets with their manifests, in one judged commit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.datastructures import UploadFile

from orthogramic.errors import InvalidParameterError
from orthogramic.repository.inputs import MANIFEST
from orthogramic.repository.uploading import UploadedFile
from orthogramic.service.access import may_administer, may_write
from orthogramic.service.dependencies import Repo
from orthogramic.service.graph_request import FORM_DATA
from orthogramic.service.negotiation import DATASET_SYNTAXES, body_syntax
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.sparql_request import check_charset, media_type_of
from orthogramic.service.worker import on_worker
from orthogramic.service.write_request import Arguments, written_answer
from orthogramic.syntax import RdfSyntax

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Repository"],
    dependencies=[Depends(may_write), Depends(only_declared_parameters)],
)

_TEXT = {"schema": {"type": "string"}}
_TRIG = {
    **_TEXT,
    "example": '<http://example.org/a> <http://example.org/is> "an example" .',
}
_FILES: dict[str, Any] = {
    "schema": {
        "type": "object",
        "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
    }
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            **{each.media_type: _TEXT for each in DATASET_SYNTAXES},
            RdfSyntax.TRIG.media_type: _TRIG,
            FORM_DATA: _FILES,
        },
    }
}


@router.post(
    "/import",
    summary="Load documents and datasets",
    openapi_extra=_BODY,
    responses={
        **content_of("application/json", description="What came of it, or would come"),
        **problems_for(400, 403, 409, 412, 413, 415, 422),
    },
)
async def import_documents(
    request: Request,
    repository: Repo,
    arguments: Arguments,
    graph: Annotated[
        str | None, Query(description="IRI of the graph for triples that name none")
    ] = None,
    gate: Annotated[
        bool, Query(description="Whether the shapes judge it; without them for admins only")
    ] = True,
) -> Response:
    """Load the body, or the files of a form, in one commit: all of it, or nothing.

    A file `dataset.ttl` says of the files with the same folder in their names which graph each
    goes into.
    """
    if not gate:
        await may_administer(request)
    files = await _files_of(request)

    def answer() -> Response:
        written = repository.import_files(files, graph=graph, gate=gate, **arguments)
        return written_answer(
            request,
            written,
            impact=lambda change: repository.impact_of_change(change).to_dict(),
            words=repository.change_in_words,
            wanted=True,
        )

    return await on_worker(answer)


async def _files_of(request: Request) -> list[UploadedFile]:
    """Return what a request carries.

    :raises UnsupportedMediaTypeError: if neither media type nor file name tells a syntax.
    :raises InvalidParameterError: if a form has no file.
    """
    if media_type_of(request) != FORM_DATA:
        syntax = body_syntax(request.headers.get("content-type"))
        return [UploadedFile("the body", await request.body(), syntax)]
    found: list[UploadedFile] = []
    async with request.form() as form:
        for _, part in form.multi_items():
            if isinstance(part, UploadFile):
                found.append(await _file(part, len(found) + 1))
    if not found:
        raise InvalidParameterError("The form has no file part.")
    return found


async def _file(part: UploadFile, number: int) -> UploadedFile:
    name = part.filename or f"part {number}"
    check_charset(part.content_type or "")
    is_manifest = name.replace("\\", "/").rpartition("/")[2] == MANIFEST
    syntax = RdfSyntax.TURTLE if is_manifest else body_syntax(part.content_type, part.filename)
    return UploadedFile(name, await part.read(), syntax)
