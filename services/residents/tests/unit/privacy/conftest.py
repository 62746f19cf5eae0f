"""A room in memory, and one resident."""

import pytest
from residents.domain.archive.residents import Resident
from residents.domain.roles import Actor, Role

from .desk import Desk, somebody


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def resident(desk: Desk) -> Resident:
    return desk.lives_here()


@pytest.fixture
def clerk() -> Actor:
    return somebody(Role.CLERK)


@pytest.fixture
def secretary() -> Actor:
    return somebody(Role.SECRETARY)


@pytest.fixture
def person(desk: Desk, resident: Resident) -> Actor:
    """The resident's own account."""
    actor = somebody(Role.RESIDENT, "ma", scope=("estate_old",))
    desk.bindings.pairs.add((actor.account_id, resident.id))
    return actor
