"""Imports in memory."""

import pytest

from .import_desk import ImportDesk


@pytest.fixture
def desk() -> ImportDesk:
    return ImportDesk()
