"""Time passes: clocks run short and run out, waits end, silence confirms."""

from dataclasses import dataclass

from issues.application.ports import Issues, Now
from issues.domain.handling.watch import watched

_AT_ONCE = 100


@dataclass(frozen=True)
class SweepClocks:
    """Do what is due, in all communities. Many may do so at once: each thing happens once.

    Returns: how many issues were looked at.
    Emits: issue.sla_at_risk v1, issue.sla_breached v1, issue.updated v1, issue.confirmed v1.
    """

    issues: Issues
    now: Now

    async def __call__(self) -> int:
        at = self.now()
        swept = 0
        while found := await self.issues.change_due(
            at, lambda issue: watched(issue, at), limit=_AT_ONCE
        ):
            swept += found
        return swept
