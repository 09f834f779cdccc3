"""The composition root of the HTTP door: the service for programs and the pages for people.

The two rooms do not know each other; what one needs of the other is handed over here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Depends

from orthogramic import web
from orthogramic.facade import Repository
from orthogramic.service.access import may_read
from orthogramic.service.answering import listened_to
from orthogramic.service.app import create_service
from orthogramic.service.run import Announce, run
from orthogramic.service.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["Settings", "create_application", "serve"]


def create_application(repository: Repository, settings: Settings | None = None) -> FastAPI:
    """Return the whole application over a repository.

    :param repository: stays open as long as the application is used; whoever opened it closes it.
    :param settings: address, origins and limits; the defaults if none are given.
    """
    app = create_service(repository, settings or Settings())
    web.mount(app, repository, needs=[Depends(may_read)], surrounding=listened_to)
    app.state.entity_page = web.render_entity
    return app


def serve(
    repository: Repository,
    settings: Settings | None = None,
    *,
    announce: Announce | None = None,
) -> None:
    """Serve a repository until a SIGINT or SIGTERM.

    :param announce: takes each line for the person who started the service.
    :raises InvalidParameterError: if the host is not on this machine and that was not allowed.
    :raises StoreUnavailableError: if the port is taken.
    """
    run(
        lambda final: create_application(repository, final),
        settings or Settings(),
        announce=announce,
    )
