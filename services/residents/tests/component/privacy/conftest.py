"""The archive of the running service, and people of every role."""

from collections.abc import AsyncIterator

import pytest
from residents.bootstrap import rooms
from residents.domain.archive.residents import Resident
from residents.domain.roles import Role
from residents.settings import ResidentsSettings

from ..conftest import Person, Running
from ..graph import Graph
from .archive import Archive


@pytest.fixture(scope="session")
async def archive(running: Running) -> AsyncIterator[Archive]:
    """The same store and keys as the running service."""
    variables = {name.lower(): value for name, value in running.variables.items()}
    built = rooms.build(ResidentsSettings.model_validate(variables))
    yield Archive(built)
    await built.foundation.store.close()


@pytest.fixture
async def resident(archive: Archive, secretary: Person) -> Resident:
    return await archive.resident(secretary.community_id)


@pytest.fixture
async def as_resident(archive: Archive, graph: Graph, resident: Resident) -> Graph:
    """The resident's own login."""
    account = await archive.account_of(resident)
    return graph.as_(await archive.token(account, Role.RESIDENT))


@pytest.fixture
async def as_auditor(archive: Archive, graph: Graph, secretary: Person) -> Graph:
    account = await archive.account(secretary.community_id, Role.AUDITOR)
    return graph.as_(await archive.token(account, Role.AUDITOR))


@pytest.fixture
async def as_steward(archive: Archive, graph: Graph, secretary: Person) -> Graph:
    account = await archive.account(secretary.community_id, Role.STEWARD)
    return graph.as_(await archive.token(account, Role.STEWARD))
