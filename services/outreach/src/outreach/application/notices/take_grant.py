"""Give a notice one of the permissions that its person has left."""

from outreach.application.notices.ports import Grants
from outreach.domain.notices.errors import GrantSpent
from outreach.domain.notices.grants import SubscriptionGrant
from outreach.domain.notices.notifications import Notification

_LOOKED_AT = 5


class TakeGrant:
    """Each permission goes to one notice: whoever gets the guarded write through has it."""

    def __init__(self, grants: Grants) -> None:
        self._grants = grants

    async def __call__(self, notification: Notification) -> SubscriptionGrant | None:
        """The permission that the notice holds, or else the oldest that is free.

        Returns: None where the person has none left.
        """
        held = await self._grants.held_by(notification.community_id, notification.id)
        if held is not None:
            return held
        while free := await self._grants.unspent(
            notification.community_id,
            notification.account_id,
            notification.template,
            limit=_LOOKED_AT,
        ):
            for grant in free:
                try:
                    return await self._grants.change(
                        grant.community_id, grant.id, lambda it: it.spend(notification.id)
                    )
                except GrantSpent:
                    continue
        return None
