"""A village with its first secretary."""

import pytest
from residents.application.create_community import Founded
from residents.domain.roles import Actor

from .reset_desk import Desk
from .village import Village


@pytest.fixture
def village() -> Village:
    return Village()


@pytest.fixture
async def founded(village: Village) -> Founded:
    founded = await village.found()
    village.community_id = founded.community.id
    village.accounts.events.clear()  # what founding it told
    return founded


@pytest.fixture
def secretary(village: Village, founded: Founded) -> Actor:
    return village.actor(founded)


@pytest.fixture
async def resident(village: Village, founded: Founded) -> Actor:
    """Somebody who logged in by WeChat."""
    return await village.resident()


@pytest.fixture
def desk(village: Village, secretary: Actor) -> Desk:
    return Desk(village, secretary)
