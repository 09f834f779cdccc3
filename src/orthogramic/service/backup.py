"""Every commit in one file, for whoever must be able to make the store again."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from fastapi.responses import StreamingResponse

from orthogramic.service.access import may_administer
from orthogramic.service.dependencies import Repo
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import SNAPSHOT

MEDIA_TYPE = "application/octet-stream"

router = APIRouter(
    default_response_class=Response,
    prefix="/api/v1",
    tags=["Repository"],
    dependencies=[Depends(may_administer), Depends(only_declared_parameters)],
)


@router.get(
    "/backup",
    summary="Every commit, in one file to restore from",
    responses={
        **content_of(MEDIA_TYPE, description="A backup, which carries its own checksum"),
        **problems_for(400, 503),
    },
)
def backup(repository: Repo) -> Response:
    """Send the commits that are acknowledged now; those that come meanwhile wait for nothing."""
    source = repository.backup_source()
    headers = {
        "Content-Disposition": f'attachment; filename="orthogramic-{source.commits}.backup"',
        "Content-Length": str(source.size),
        SNAPSHOT: str(source.commits),
    }
    return StreamingResponse(source.chunks(), headers=headers, media_type=MEDIA_TYPE)
