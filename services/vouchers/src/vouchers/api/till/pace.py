"""How often one caller may ask, in this process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_CALLERS_KEPT = 10_000


@dataclass
class _Bucket:
    tokens: float
    at: float


class Pace:
    """A bucket of tokens a caller: full at first, filled again as time passes."""

    def __init__(
        self,
        *,
        a_second: float,
        at_once: int,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, caller: str) -> bool:
        """Take one token. Returns: whether one was there."""
        bucket = self._filled(caller)
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True

    def _filled(self, caller: str) -> _Bucket:
        now = self._monotonic()
        bucket = self._buckets.setdefault(caller, _Bucket(self._at_once, now))
        grown = bucket.tokens + (now - bucket.at) * self._a_second
        bucket.tokens, bucket.at = min(float(self._at_once), grown), now
        self._buckets.move_to_end(caller)
        if len(self._buckets) > _CALLERS_KEPT:
            self._buckets.popitem(last=False)
        return bucket
