"""Something happened to an issue: tell those who follow it."""

from collections.abc import Sequence
from datetime import datetime

from outreach.application.notices.fit_notices import FitNotices
from outreach.application.notices.ports import (
    Followings,
    IssueSteps,
    NoticeIdentities,
    Notifications,
)
from outreach.application.ports import Cursor, Now
from outreach.domain.notices.following import Following
from outreach.domain.notices.issue_steps import Happening, IssueStep
from outreach.domain.notices.notifications import Notification, notice_of

_AT_ONCE = 500
"""So many followers are told together: an issue may have thousands."""


class NoteIssueStep:
    """Keep the step first, then ask who follows; `NoteFollowing` does the two the other way round.

    So whichever of the two events comes first, one of the two use cases finds both. Where they
    come at once, `NoteFollowing` may miss notices that are only being made: who is told is
    therefore asked once more after it.
    """

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
        after: Cursor | None = None
        while True:
            page = await self._followings.of_issue(
                community_id, step.issue_id, first=_AT_ONCE, after=after
            )
            await self._tell(step, page.items)
            if not page.has_next_page:
                return
            after = page.cursors[-1]

    async def _tell(self, step: IssueStep, followings: Sequence[Following]) -> None:
        at = self._now()
        await self._notifications.add_many(
            [
                (step_notice(step, following, self._identities, at), [])
                for following in followings
                if following.sees(step)
            ]
        )
        known = await self._followings.get_many(
            step.community_id, [following.id for following in followings]
        )
        moved = [
            after
            for before, after in zip(followings, known, strict=True)
            if after is not None and after.marks != before.marks
        ]
        await self._fit(step.community_id, [(step, following) for following in moved])


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
