"""A gated repository of the toy domain behind the service, to write to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import orthogramic
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient

if TYPE_CHECKING:
    from orthogramic import Repository

FENCE = "https://bees.example/graph/fence"
GRAPH = f"/graphs?graph={FENCE}"
TURTLE = {"Content-Type": "text/turtle"}
UPDATE = "application/sparql-update"
BEES = "@prefix bee: <https://bees.example/terms#> .\n"
#: A hive without its code, which the shapes want.
NO_HIVE = f'{BEES}<https://bees.example/id/Hive/X> a bee:Hive ; bee:caption "X" .'


@contextmanager
def gated(settings: Settings | None = None) -> Iterator[tuple[Repository, ServiceClient]]:
    """Give an empty repository of the toy domain, and a client of its service."""
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        yield repository, ServiceClient(create_service(repository, settings or Settings()))
