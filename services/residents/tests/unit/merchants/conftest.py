"""A community whose vouchers service approved one merchant."""

import pytest

from .town import Town


@pytest.fixture
async def town() -> Town:
    town = Town()
    await town.tell()
    return town
