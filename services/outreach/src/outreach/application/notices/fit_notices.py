"""Make notices fit what is known of who follows the issue."""

from collections.abc import Sequence

from outreach.application.notices.ports import Grants, NoticeIdentities, Notifications
from outreach.application.ports import Now
from outreach.domain.notices.following import Following
from outreach.domain.notices.issue_steps import IssueStep
from outreach.domain.notices.notifications import Notification


class FitNotices:
    """Show, send or take back what is there already; a permission that it holds is freed."""

    def __init__(
        self,
        notifications: Notifications,
        grants: Grants,
        identities: NoticeIdentities,
        now: Now,
    ) -> None:
        self._notifications = notifications
        self._grants = grants
        self._identities = identities
        self._now = now

    async def __call__(
        self, community_id: str, told: Sequence[tuple[IssueStep, Following]]
    ) -> None:
        """Fit the notices of these steps to these accounts, where there are any."""
        ids = [self._identities.notification(step.id, one.account_id) for step, one in told]
        there = await self._notifications.get_many(community_id, ids)
        for (step, following), notification in zip(told, there, strict=True):
            if notification is not None:
                await self._fit(notification, step, following)

    async def _fit(self, notification: Notification, step: IssueStep, following: Following) -> None:
        now = self._now()
        seen = following.sees(step)
        heard = following.hears(step)
        fitted, _ = notification.fitted(seen=seen, heard=heard, at=now)
        if fitted == notification:
            return
        changed = await self._notifications.change(
            notification.community_id,
            notification.id,
            lambda it: it.fitted(seen=seen, heard=heard, at=now),
        )
        held = await self._grants.held_by(notification.community_id, notification.id)
        if changed.phone is None and held is not None:
            await self._grants.change(
                held.community_id, held.id, lambda it: it.give_back(notification.id)
            )
