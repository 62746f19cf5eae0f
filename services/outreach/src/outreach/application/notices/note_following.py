"""An account follows an issue from some moment on, or does so no longer."""

from outreach.application.notices.fit_notices import FitNotices
from outreach.application.notices.note_issue_step import step_notice
from outreach.application.notices.ports import (
    Followings,
    IssueSteps,
    NoticeIdentities,
    Notifications,
)
from outreach.application.ports import Now
from outreach.domain.notices.following import Following, Mark


class NoteFollowing:
    """Keep the mark first, then fit the notices of all that has happened to the issue so far."""

    def __init__(
        self,
        steps: IssueSteps,
        followings: Followings,
        notifications: Notifications,
        identities: NoticeIdentities,
        fit: FitNotices,
        now: Now,
    ) -> None:
        self._steps = steps
        self._followings = followings
        self._notifications = notifications
        self._identities = identities
        self._fit = fit
        self._now = now

    async def __call__(self, community_id: str, issue_id: str, account_id: str, mark: Mark) -> None:
        """Whatever the order of the events: what is shown follows from all of them."""
        following = await self._marked(community_id, issue_id, account_id, mark)
        steps = await self._steps.of_issue(community_id, issue_id)
        seen = [step for step in steps if following.sees(step)]
        now = self._now()
        await self._notifications.add_many(
            [(step_notice(step, following, self._identities, now), []) for step in seen]
        )
        await self._fit(community_id, [(step, following) for step in steps])

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
