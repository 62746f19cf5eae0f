"""Time passes: clocks run short and run out, waits end, silence confirms."""

from dataclasses import dataclass
from datetime import datetime

from chassis.errors import StoreUnavailable

from issues.application.ports import Cursor, Due, FailureTally, Issues, Now
from issues.domain.handling.watch import watched

_AT_ONCE = 100


@dataclass(frozen=True)
class SweepClocks:
    """Do what is due, in all communities. Many may do so at once: each thing happens once.

    Many issues are changed together. Where one of them cannot be, each is changed by itself, so
    that it holds up no other; it is tried again with the next sweep.

    Returns: how many issues were looked at.
    Raises: StoreUnavailable.
    Emits: issue.sla_at_risk v1, issue.sla_breached v1, issue.updated v1, issue.confirmed v1.
    """

    issues: Issues
    failures: FailureTally
    now: Now

    async def __call__(self) -> int:
        at = self.now()
        swept = 0
        try:
            while found := await self.issues.change_due(
                at, lambda issue: watched(issue, at), limit=_AT_ONCE
            ):
                swept += found
        except StoreUnavailable:
            raise
        except Exception:  # whose fault it is shows below
            return swept + await self._one_by_one(at)
        return swept

    async def count_due(self) -> int:
        """How many issues a sweep would look at now. Raises: StoreUnavailable."""
        at, place, counted = self.now(), None, 0
        while found := await self.issues.due(at, first=_AT_ONCE, after=place):
            counted += len(found)
            place = found[-1].place
        return counted

    async def _one_by_one(self, at: datetime) -> int:
        swept = 0
        place: Cursor | None = None
        while found := await self.issues.due(at, first=_AT_ONCE, after=place):
            for each in found:
                await self._contained(each, at)
            swept += len(found)
            place = found[-1].place
        return swept

    async def _contained(self, due: Due, at: datetime) -> None:
        try:
            await self.issues.change(due.community_id, due.id, lambda issue: watched(issue, at))
        except StoreUnavailable:
            raise
        except Exception as error:
            self.failures.failed("sweep_clocks", due.id, error)
