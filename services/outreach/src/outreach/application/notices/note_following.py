"""An account follows an issue from some moment on, or does so no longer."""

from datetime import datetime

from outreach.application.notices.note_issue_step import step_notice
from outreach.application.notices.ports import (
    Followings,
    Grants,
    IssueSteps,
    NoticeIdentities,
    Notifications,
)
from outreach.application.ports import Now
from outreach.domain.notices.following import Following, Mark
from outreach.domain.notices.issue_steps import IssueStep
from outreach.domain.notices.notifications import Notification


class NoteFollowing:
    """Keep the mark first, then fit the notices of all that has happened to the issue so far."""

    def __init__(
        self,
        steps: IssueSteps,
        followings: Followings,
        notifications: Notifications,
        grants: Grants,
        identities: NoticeIdentities,
        now: Now,
    ) -> None:
        self._steps = steps
        self._followings = followings
        self._notifications = notifications
        self._grants = grants
        self._identities = identities
        self._now = now

    async def __call__(
        self, community_id: str, issue_id: str, account_id: str, *, at: datetime, follows: bool
    ) -> None:
        """Whatever the order of the events: what is shown follows from all of them.

        Args:
            at: the moment from which on the account follows the issue, or does so no longer.
        """
        following = await self._marked(community_id, issue_id, account_id, Mark(at, follows))
        steps = await self._steps.of_issue(community_id, issue_id)
        seen = [step for step in steps if following.sees(step)]
        now = self._now()
        await self._notifications.add_many(
            [(step_notice(step, following, self._identities, now), []) for step in seen]
        )
        ids = [self._identities.notification(step.id, account_id) for step in steps]
        there = await self._notifications.get_many(community_id, ids)
        for step, notification in zip(steps, there, strict=True):
            if notification is not None:
                await self._fit(notification, step, following, now)

    async def _marked(
        self, community_id: str, issue_id: str, account_id: str, mark: Mark
    ) -> Following:
        following = await self._followings.add(
            Following(
                id=self._identities.following(issue_id, account_id),
                community_id=community_id,
                issue_id=issue_id,
                account_id=account_id,
            )
        )
        return await self._followings.change(community_id, following.id, lambda it: it.marked(mark))

    async def _fit(
        self, notification: Notification, step: IssueStep, following: Following, now: datetime
    ) -> None:
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
