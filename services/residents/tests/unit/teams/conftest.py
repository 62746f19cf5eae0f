"""A town whose teams are empty."""

import pytest

from .town import Town


@pytest.fixture
def town() -> Town:
    return Town()
