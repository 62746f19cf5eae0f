"""Send the notices that are due, and settle what a crash left behind."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from outreach.application.contained_work import ContainedWork, seen_to_its_end
from outreach.application.notices.ports import NoticeTally, NoticeWork, Notifications
from outreach.application.notices.send_notification import SendNotification
from outreach.application.ports import Now
from outreach.domain.notices.delivering import abandoned
from outreach.domain.replies import CRASHED_AFTER

AT_ONCE = 100
CONCURRENT_ROWS = 4


class SendDueNotifications:
    """One round over all notices that wait for the worker."""

    def __init__(
        self,
        notifications: Notifications,
        send_notification: SendNotification,
        tally: NoticeTally,
        now: Now,
    ) -> None:
        self._notifications = notifications
        self._send_notification = send_notification
        self._now = now
        self._contained = ContainedWork(tally, now, at_once=AT_ONCE)

    async def __call__(self) -> None:
        """Mark abandoned sends as unknown, then send what is due.

        Those about one subject to one account go one after the other, as things happened; four
        such rows at a time. One that cannot be handled is left alone for a while.
        """
        for work in await self._abandoned():
            await self._contained.do("settle_notice", work.notification_id, self._settle(work))
        slots = asyncio.Semaphore(CONCURRENT_ROWS)

        async def send_row(row: Sequence[NoticeWork]) -> None:
            async with slots:
                for work in row:
                    sending = seen_to_its_end(self._send_notification(work))
                    await self._contained.do("send_notice", work.notification_id, sending)

        async with asyncio.TaskGroup() as tasks:
            for row in _rows(await self._due()):
                tasks.create_task(send_row(row))

    async def _due(self) -> list[NoticeWork]:
        found = await self._notifications.due(self._now(), limit=self._contained.limit)
        return self._contained.to_try(found, lambda work: work.notification_id)

    async def _abandoned(self) -> list[NoticeWork]:
        found = await self._notifications.sending_since_before(
            self._now() - CRASHED_AFTER, limit=self._contained.limit
        )
        return self._contained.to_try(found, lambda work: work.notification_id)

    async def _settle(self, work: NoticeWork) -> None:
        at = self._now()
        await self._notifications.change(
            work.community_id, work.notification_id, lambda it: abandoned(it, at)
        )


def _rows(due: Sequence[NoticeWork]) -> list[list[NoticeWork]]:
    """By account and subject, each in the order in which things happened."""
    rows: dict[tuple[str, str], list[NoticeWork]] = defaultdict(list)
    for work in sorted(due):
        rows[work.account_id, work.subject_id].append(work)
    return list(rows.values())
