"""A person has read notices."""

from collections.abc import Sequence

from chassis.requests import Request

from outreach.application.notices.ports import Notifications
from outreach.application.permit import permit
from outreach.application.ports import Now
from outreach.domain.notices.errors import NotificationNotFound
from outreach.domain.notices.notifications import Notification
from outreach.domain.permissions import Actor, Operation


class MarkNoticesRead:
    """Some by their ids, or all up to one; what is read stays so, and repeats do no harm."""

    def __init__(self, notifications: Notifications, now: Now) -> None:
        self._notifications = notifications
        self._now = now

    async def some(self, actor: Actor, ids: Sequence[str], *, request: Request) -> None:
        """Mark these. Raises: Forbidden; NotificationNotFound, with none marked; RequestIdReused.

        Args:
            ids: at least one; the first of them remembers the request.
        """
        permit(actor, Operation.MARK_NOTICES_READ)
        await self._own(actor, ids)
        for index, notification_id in enumerate(dict.fromkeys(ids)):
            await self._mark(actor, notification_id, request if index == 0 else None)

    async def up_to(self, actor: Actor, last_id: str, *, request: Request) -> None:
        """Mark this and whatever happened before it.

        Raises: Forbidden; NotificationNotFound; RequestIdReused.
        """
        permit(actor, Operation.MARK_NOTICES_READ)
        (last,) = await self._own(actor, [last_id])
        await self._mark(actor, last_id, request)
        await self._notifications.read_up_to(
            actor.community_id, actor.account_id, last.happened_at, self._now()
        )

    async def _own(self, actor: Actor, ids: Sequence[str]) -> list[Notification]:
        found = await self._notifications.get_many(actor.community_id, ids)
        own = [it for it in found if it is not None and it.account_id == actor.account_id]
        if len(own) < len(ids) or not all(it.shown for it in own):
            raise NotificationNotFound
        return own

    async def _mark(self, actor: Actor, notification_id: str, request: Request | None) -> None:
        at = self._now()
        await self._notifications.change(
            actor.community_id, notification_id, lambda it: it.read(at), request=request
        )
