"""For those who run the service: is it alive, is it ready, what has it done."""

from __future__ import annotations

import threading

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse

from orthogramic.__about__ import __version__
from orthogramic.facade import Repository
from orthogramic.repository.statistics import Statistics
from orthogramic.service.access import may_read, open_to_all
from orthogramic.service.dependencies import Repo
from orthogramic.service.metrics import Metrics
from orthogramic.service.openapi import content_of, problems_for
from orthogramic.service.responses import json_response


class LatestStatistics:
    """Counts once per commit, because counting takes time that grows with the store."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: Statistics | None = None

    def of(self, repository: Repository) -> Statistics:
        """Return the counts of what the repository holds now."""
        with self._lock:
            if self._latest is None or self._latest.snapshot != repository.snapshot:
                self._latest = repository.stats()
            return self._latest


router = APIRouter(default_response_class=Response, tags=["Operations"])

_EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@router.get(
    "/healthz",
    summary="Is the process alive",
    dependencies=[Depends(open_to_all)],
    responses=content_of("application/json", description="It is"),
)
async def healthz() -> Response:
    """Answer without asking the repository."""
    return json_response({"status": "ok", "version": __version__})


@router.get(
    "/readyz",
    summary="Can questions be answered",
    dependencies=[Depends(open_to_all)],
    responses={**content_of("application/json", description="They can"), **problems_for(503)},
)
def readyz(repository: Repo) -> Response:
    """Read one page from the repository, and say which commit and bundle are served."""
    total = repository.entities(limit=1).total
    document = {
        "status": "ready",
        "snapshot": repository.snapshot,
        "entities": total,
        "bundle": repository.metamodel.digest,
        "version": __version__,
    }
    return json_response(document, snapshot=repository.snapshot)


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    dependencies=[Depends(may_read)],
    responses=content_of("text/plain", description="The exposition format, version 0.0.4"),
)
def metrics(request: Request, repository: Repo) -> Response:
    """Count requests by route and status, their times, and what the repository holds."""
    recorded: Metrics = request.app.state.metrics
    latest: LatestStatistics = request.app.state.statistics
    counted = latest.of(repository)
    gauges = {
        "orthogramic_snapshot": ("Number of the last commit.", counted.snapshot),
        "orthogramic_entities": ("Entities.", counted.entities),
        "orthogramic_triples": ("Asserted triples.", counted.triples),
        "orthogramic_inferred_triples": ("Triples that follow from the data.", counted.inferred),
    }
    return PlainTextResponse(recorded.render(gauges), headers={"Content-Type": _EXPOSITION})
