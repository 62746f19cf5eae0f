"""A neighbourhood in memory."""

import pytest

from ...neighbourhood import Neighbourhood


@pytest.fixture
def here() -> Neighbourhood:
    return Neighbourhood()
