"""The service over the reference data, over the toy domain, and over nothing."""

from __future__ import annotations

import pytest

from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.service.app import create_scratch, create_service
from orthogramic.service.settings import Settings
from tests.service.service_client import ServiceClient


@pytest.fixture(scope="session")
def client(reference: Repository) -> ServiceClient:
    """Return a client of the service without pages, on the reference data."""
    return ServiceClient(create_service(reference, Settings()))


@pytest.fixture(scope="session")
def whole(reference: Repository) -> ServiceClient:
    """Return a client of the whole application, pages included, on the reference data."""
    return ServiceClient(create_application(reference))


@pytest.fixture(scope="session")
def toy_client(toy: Repository) -> ServiceClient:
    """Return a client of the service on a domain that shares no word with ours."""
    return ServiceClient(create_service(toy, Settings()))


@pytest.fixture
def scratch() -> ServiceClient:
    """Return a client of a new, empty scratch store."""
    return ServiceClient(create_scratch(Settings(scratch=True)))
