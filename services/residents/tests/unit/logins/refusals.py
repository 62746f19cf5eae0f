"""What a refusal is: a named error, and nothing changed."""

from collections.abc import Awaitable

import pytest
from residents.domain.errors import ResidentsError

from .village import Village


async def refused(
    village: Village, command: Awaitable[object], error: type[ResidentsError], code: str
) -> None:
    before = village.writes
    with pytest.raises(error) as refusal:
        await command
    assert refusal.value.code == code
    assert village.writes == before
