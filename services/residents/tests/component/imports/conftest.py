"""The office of a community of the test's own."""

from pathlib import Path

import pytest
from residents.bootstrap.rooms import Rooms
from residents.domain.login import AccountRef
from residents.domain.roles import Role

from ..conftest import Person, Running
from ..graph import Graph
from .office import Office, token_of

LEDGERS = Path(__file__).parents[2] / "fixtures" / "ledgers"


@pytest.fixture(scope="session")
def ledger() -> bytes:
    """A committee's ledger of two estates."""
    return (LEDGERS / "resident-ledger.xlsx").read_bytes()


@pytest.fixture
async def office(running: Running, graph: Graph, secretary: Person, rooms: Rooms) -> Office:
    """The secretary, logged in."""
    logged_in = await graph.logged_in(secretary.username, secretary.device)
    return Office(running.api.address, logged_in["accessToken"], secretary.community_id, rooms)


@pytest.fixture
async def elsewhere(running: Running, graph: Graph, stranger: Person, rooms: Rooms) -> Office:
    """The secretary of another community."""
    logged_in = await graph.logged_in(stranger.username, stranger.device)
    return Office(running.api.address, logged_in["accessToken"], stranger.community_id, rooms)


@pytest.fixture
async def resident(running: Running, secretary: Person, rooms: Rooms) -> Office:
    """Somebody with a good token who is no more than a resident."""
    ref = AccountRef(secretary.community_id, "account_of_a_resident")
    token = await token_of(rooms, ref, Role.RESIDENT)
    return Office(running.api.address, token, secretary.community_id, rooms)
