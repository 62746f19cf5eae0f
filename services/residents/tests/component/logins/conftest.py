"""The running service with an archive that a test fills."""

from collections.abc import AsyncIterator

import pytest
from residents.bootstrap import rooms
from residents.bootstrap.rooms import Rooms
from residents.settings import ResidentsSettings
from wechat_simulator.testing import Simulator

from ..conftest import Person, Running
from ..graph import Graph
from .neighbourhood import Neighbourhood


@pytest.fixture(scope="session")
async def built(running: Running) -> AsyncIterator[Rooms]:
    """The same store and keys as the running service."""
    variables = {name.lower(): value for name, value in running.variables.items()}
    built = rooms.build(ResidentsSettings.model_validate(variables))
    yield built
    await built.foundation.store.close()


@pytest.fixture
def neighbourhood(
    built: Rooms, simulator: Simulator, graph: Graph, secretary: Person
) -> Neighbourhood:
    """A community of the test's own."""
    return Neighbourhood(built, simulator, graph, secretary.community_id)
