"""What routes share: the repository, and the parameters that many of them take."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Request

from orthogramic.facade import Repository

#: The longest page of a list; the repository holds to the same bound.
LONGEST_PAGE = 10_000


async def _repository_of(request: Request) -> Repository:
    repository = request.app.state.repository
    assert isinstance(repository, Repository)
    return repository


Repo = Annotated[Repository, Depends(_repository_of)]

Limit = Annotated[
    int, Query(ge=1, le=LONGEST_PAGE, description="Entries of this page", examples=[20])
]
Offset = Annotated[int, Query(ge=0, description="Entries to leave out before the first")]
ClassName = Annotated[
    str | None,
    Query(
        alias="class",
        description="Only this class and its subclasses: its name, CURIE or IRI",
    ),
]
EntityName = Annotated[
    str,
    Path(description="An entity: `Class/key`, or its IRI, CURIE or title, percent-encoded"),
]
