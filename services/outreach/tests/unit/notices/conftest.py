"""The cast of a test."""

import pytest
from chassis.testing import FrozenClock

from .cast import Cast


@pytest.fixture
def cast(clock: FrozenClock) -> Cast:
    return Cast(clock)
