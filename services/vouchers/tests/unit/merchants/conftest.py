"""An office in memory."""

import pytest

from .office import Office


@pytest.fixture
def office() -> Office:
    return Office()
