"""A village in the books of an office."""

import pytest

from ...village import Village, a_village
from .office import Office


@pytest.fixture
def village() -> Village:
    return a_village()


@pytest.fixture
async def office(village: Village) -> Office:
    opened = Office()
    await opened.open(village)
    await opened.count()
    opened.later()
    return opened
