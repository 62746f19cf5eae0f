"""An office that keeps an owners' register in memory."""

import pytest

from ...owners_office import OwnersOffice


@pytest.fixture
def office() -> OwnersOffice:
    return OwnersOffice.in_memory()
