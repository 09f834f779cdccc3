"""What goes along with every write over HTTP, and what is answered to it.

RFC 7240 (Prefer) for the choice of a body; RFC 9110, sections 8.8.3 and 13.1, for entity tags.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from orthogramic.facade.write_options import WriteArguments
from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.written import WriteOutcome
from orthogramic.service.access import Author
from orthogramic.service.responses import json_response
from orthogramic.service.settings import Settings

#: The number of the commit that a write made.
COMMIT = "X-Orthogramic-Commit"
#: Statements that an answer shows of each side of a change; the history has them all.
SHOWN = 1000

Impact = Callable[[ChangeSet], Mapping[str, Any] | None]
Words = Callable[[ChangeSet], Mapping[str, Any] | None]


async def write_arguments(
    request: Request,
    author: Author,
    message: Annotated[str | None, Query(description="Why the change is made, for the log")] = None,
    dry_run: Annotated[
        bool,
        Query(description="Only tell the difference, the report and the impact", examples=[True]),
    ] = False,
) -> WriteArguments:
    """Return what a request says of the write besides what it writes."""
    settings: Settings = request.app.state.settings
    return {
        "author": author,
        "message": message,
        "dry_run": dry_run,
        "if_match": _field(request, "if-match"),
        "if_none_match": _field(request, "if-none-match"),
        "most": settings.limits.change_statements,
    }


Arguments = Annotated[WriteArguments, Depends(write_arguments)]


def written_answer(
    request: Request,
    written: WriteOutcome,
    *,
    impact: Impact,
    words: Words | None = None,
    created: bool = False,
    wanted: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer to a write. Called on a worker thread.

    :param impact: tells who would feel a change; asked for a dry run only.
    :param words: says a change with labels; asked for a dry run only.
    :param created: whether something is there that was not before.
    :param wanted: whether the outcome is wanted as JSON, whatever the request prefers.
    :returns: 201 or 204; a dry run, and whoever wants it, gets the outcome as JSON.
    """
    fields = {"Vary": "Accept, Prefer", **(headers or {})}
    if written.record:
        fields[COMMIT] = str(written.record.number)
    preferred = prefers_representation(request)
    if not (written.dry_run or wanted or preferred):
        return Response(status_code=201 if created else 204, headers=fields)
    document = shown(written)
    if written.dry_run:
        if words is not None:
            document["words"] = words(written.change)
        document["impact"] = impact(written.change)
    elif preferred:
        fields["Preference-Applied"] = "return=representation"
    answer = json_response(document, headers={**fields, "Cache-Control": "no-store"})
    answer.status_code = 201 if created and not written.dry_run else 200
    return answer


def shown(written: WriteOutcome) -> dict[str, Any]:
    """Return an outcome as a document, of a large change the first statements only."""
    document = written.to_dict()
    for side in ("removed_quads", "added_quads"):
        document[side] = document[side][:SHOWN]
    return {"accepted": written.accepted, **document}


def prefers_representation(request: Request) -> bool:
    """Tell whether a request prefers an answer with a body."""
    preferences = ",".join(request.headers.getlist("prefer")).split(",")
    return any(each.partition(";")[0].strip() == "return=representation" for each in preferences)


def _field(request: Request, name: str) -> str | None:
    values = request.headers.getlist(name)
    return ", ".join(values) if values else None
