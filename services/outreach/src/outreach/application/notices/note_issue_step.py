"""Something happened to an issue: tell those who follow it."""

from datetime import datetime

from outreach.application.notices.ports import (
    Followings,
    IssueSteps,
    NoticeIdentities,
    Notifications,
)
from outreach.application.ports import Now
from outreach.domain.notices.following import Following
from outreach.domain.notices.issue_steps import Happening, IssueStep
from outreach.domain.notices.notifications import Notification, notice_of


class NoteIssueStep:
    """Keep the step first, then ask who follows; `NoteFollowing` does the two the other way round.

    So whichever of the two events comes first, one of the two use cases finds both.
    """

    def __init__(
        self,
        steps: IssueSteps,
        followings: Followings,
        notifications: Notifications,
        identities: NoticeIdentities,
        now: Now,
    ) -> None:
        self._steps = steps
        self._followings = followings
        self._notifications = notifications
        self._identities = identities
        self._now = now

    async def __call__(self, community_id: str, happening: Happening) -> None:
        """Make a notice for each account that follows the issue, once."""
        step = await self._steps.add(
            IssueStep(
                id=self._identities.step(happening),
                community_id=community_id,
                issue_id=happening.subject_id,
                happening=happening,
            )
        )
        followings = await self._followings.of_issue(community_id, step.issue_id)
        at = self._now()
        await self._notifications.add_many(
            [
                (step_notice(step, following, self._identities, at), [])
                for following in followings
                if following.sees(step)
            ]
        )


def step_notice(
    step: IssueStep, following: Following, identities: NoticeIdentities, at: datetime
) -> Notification:
    """The notice of a step to one who follows."""
    return notice_of(
        step.happening,
        id=identities.notification(step.id, following.account_id),
        community_id=step.community_id,
        account_id=following.account_id,
        heard=following.hears(step),
        at=at,
    )
