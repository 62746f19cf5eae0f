"""Something happened to a voucher: tell whose it is."""

from outreach.application.notices.ports import NoticeIdentities, Notifications
from outreach.application.ports import Now
from outreach.domain.notices.issue_steps import Happening
from outreach.domain.notices.notifications import notice_of


class NoteVoucherChange:
    """The event names the account; there is nobody to ask."""

    def __init__(
        self, notifications: Notifications, identities: NoticeIdentities, now: Now
    ) -> None:
        self._notifications = notifications
        self._identities = identities
        self._now = now

    async def __call__(
        self, community_id: str, account_id: str | None, happening: Happening
    ) -> None:
        """Make the notice, once.

        Args:
            account_id: None where the person has no account; then there is nobody to tell.
        """
        if account_id is None:
            return
        step_id = self._identities.step(happening)
        notification = notice_of(
            happening,
            id=self._identities.notification(step_id, account_id),
            community_id=community_id,
            account_id=account_id,
            heard=True,
            at=self._now(),
        )
        await self._notifications.add_many([(notification, [])])
