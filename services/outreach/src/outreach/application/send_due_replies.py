"""Send what is due, and settle what a crash left behind."""

import asyncio

from outreach.application.contained_work import ContainedWork, seen_to_its_end
from outreach.application.ports import Comments, Now, Tally, WorkItem
from outreach.application.send_reply import SendReply
from outreach.domain.replies import CRASHED_AFTER
from outreach.domain.sending import abandoned

AT_ONCE = 50
CONCURRENT_SENDS = 4


class SendDueReplies:
    """One round over all replies that wait for the worker."""

    def __init__(self, comments: Comments, send_reply: SendReply, tally: Tally, now: Now) -> None:
        self._comments = comments
        self._send_reply = send_reply
        self._now = now
        self._contained = ContainedWork(tally, now, at_once=AT_ONCE)

    async def __call__(self) -> None:
        """Mark abandoned sends as unknown, then send what is due, four at a time.

        A reply that cannot be handled is left alone for a while and holds up no other.
        """
        for item in await self._abandoned():
            await self._contained.do("settle_reply", item.comment_id, self._settle(item))
        slots = asyncio.Semaphore(CONCURRENT_SENDS)

        async def send(item: WorkItem) -> None:
            async with slots:
                sending = seen_to_its_end(self._send_reply(item))
                await self._contained.do("send_reply", item.comment_id, sending)

        async with asyncio.TaskGroup() as tasks:
            for item in await self._due():
                tasks.create_task(send(item))

    async def _due(self) -> list[WorkItem]:
        found = await self._comments.due_replies(self._now(), limit=self._contained.limit)
        return self._contained.to_try(found, lambda item: item.comment_id)

    async def _abandoned(self) -> list[WorkItem]:
        before = self._now() - CRASHED_AFTER
        found = await self._comments.sending_since_before(before, limit=self._contained.limit)
        return self._contained.to_try(found, lambda item: item.comment_id)

    async def _settle(self, item: WorkItem) -> None:
        at = self._now()
        await self._comments.change(
            item.community_id, item.comment_id, lambda comment: abandoned(comment, at)
        )
