"""A community in memory, with its first secretary."""

import pytest
from residents.application.create_community import Founded
from residents.domain.roles import Actor

from .office import Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
async def founded(office: Office) -> Founded:
    return await office.found()


@pytest.fixture
def secretary(office: Office, founded: Founded) -> Actor:
    return office.actor(founded)
