"""What people can read of notices."""

from collections.abc import Mapping
from datetime import datetime

from outreach.application.notices.ports import MiniProgram, Notifications
from outreach.application.period import period_of
from outreach.application.permit import permit
from outreach.application.ports import Cursor, Now, Page
from outreach.domain.notices.kinds import Template
from outreach.domain.notices.notifications import DeliveryState, Notification
from outreach.domain.permissions import Actor, Operation

UNREAD_SHOWN = 100
"""Unread notices are counted so far and no further: it stands for so many or more."""


class NoticeQueries:
    """Every read of notices."""

    def __init__(self, notifications: Notifications, mini_program: MiniProgram, now: Now) -> None:
        self._notifications = notifications
        self._mini_program = mini_program
        self._now = now

    def templates(self, actor: Actor) -> Mapping[Template, str]:
        """What the mini-program asks permission for, by WeChat's names. Raises: Forbidden."""
        permit(actor, Operation.READ_OWN_NOTICES)
        return self._mini_program.template_ids

    async def own(
        self, actor: Actor, *, unread_only: bool, first: int, after: Cursor | None
    ) -> Page[Notification]:
        """The actor's own notices, latest happened first. Raises: Forbidden."""
        permit(actor, Operation.READ_OWN_NOTICES)
        return await self._notifications.listed(
            actor.community_id,
            actor.account_id,
            unread_only=unread_only,
            first=first,
            after=after,
        )

    async def unread(self, actor: Actor) -> int:
        """How many of them are not read, as far as `UNREAD_SHOWN`. Raises: Forbidden."""
        permit(actor, Operation.READ_OWN_NOTICES)
        return await self._notifications.count_unread(
            actor.community_id, actor.account_id, limit=UNREAD_SHOWN
        )

    async def of_issue(
        self, actor: Actor, issue_id: str, *, first: int, after: Cursor | None
    ) -> Page[Notification]:
        """Who was told what of an issue, latest happened first. Raises: Forbidden."""
        permit(actor, Operation.READ_NOTIFICATIONS)
        return await self._notifications.of_subject(
            actor.community_id, issue_id, first=first, after=after
        )

    async def figures(
        self, actor: Actor, start: datetime | None, end: datetime | None
    ) -> Mapping[DeliveryState, int]:
        """How far the notices of a period have come. Raises: Forbidden; BadUserInput."""
        permit(actor, Operation.READ_FIGURES)
        period = period_of(start, end, now=self._now())
        return await self._notifications.count_by_state(actor.community_id, period)
