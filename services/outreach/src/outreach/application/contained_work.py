"""One round over many pieces of work, of which one that fails holds up no other."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Protocol, TypeVar

from chassis.errors import StoreUnavailable

from outreach.application.backoff import Backoff
from outreach.application.ports import Now

T = TypeVar("T")


class FailureTally(Protocol):
    """Counts what failed, for whoever operates this."""

    def failed(self, work: str, about: str, error: Exception) -> None:
        """Something failed that nobody foresaw, and the rest of the work goes on."""


class ContainedWork:
    """Leaves what fails alone for a while; a store that is away is nobody's fault.

    Args:
        at_once: how many pieces a round takes.
    """

    def __init__(self, tally: FailureTally, now: Now, *, at_once: int) -> None:
        self._tally = tally
        self._now = now
        self._at_once = at_once
        self._backoff = Backoff()

    @property
    def limit(self) -> int:
        """How many to look for: what is left alone is found again and must not fill the round."""
        return self._at_once + len(self._backoff)

    def to_try(self, found: Sequence[T], id_of: Callable[[T], str]) -> list[T]:
        """Those whose turn it is in this round."""
        now = self._now()
        return [it for it in found if self._backoff.may_try(id_of(it), now)][: self._at_once]

    async def do(self, work: str, about: str, doing: Awaitable[object]) -> None:
        """Do one piece; count what fails.

        Args:
            work: what is done, as the tally names it.
            about: the id of what it is done to.
        """
        try:
            await doing
        except Exception as error:
            self._tally.failed(work, about, error)
            if not isinstance(error, StoreUnavailable):
                self._backoff.failed(about, self._now())
        else:
            self._backoff.succeeded(about)


async def seen_to_its_end(sending: Coroutine[None, None, None]) -> None:
    """See a send to its end even when told to stop: half of one has an unknown outcome."""
    begun = asyncio.ensure_future(sending)
    try:
        await asyncio.shield(begun)
    except asyncio.CancelledError:
        await asyncio.wait([begun])
        raise
