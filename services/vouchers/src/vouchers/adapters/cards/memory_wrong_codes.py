"""The port `WrongCodes` in memory, for tests of what stands on it."""

from collections import Counter
from datetime import datetime

from vouchers.domain.cards.wrong_codes import WRONG_CODES_TAKEN, window_end


class MemoryWrongCodes:
    """The port `WrongCodes`."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, datetime]] = Counter()

    async def count(self, community_id: str, merchant_id: str, at: datetime) -> bool:
        """See the port."""
        key = (community_id, merchant_id, window_end(at))
        if self._counts[key] >= WRONG_CODES_TAKEN:
            return False
        self._counts[key] += 1
        return True

    async def take_back(self, community_id: str, merchant_id: str, at: datetime) -> None:
        """See the port."""
        self._counts[community_id, merchant_id, window_end(at)] -= 1
