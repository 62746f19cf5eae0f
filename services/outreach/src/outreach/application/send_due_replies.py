"""Send what is due, and settle what a crash left behind."""

import asyncio
from collections.abc import Coroutine

from outreach.application.ports import Comments, Now, WorkItem
from outreach.application.send_reply import SendReply
from outreach.domain.replies import CRASHED_AFTER
from outreach.domain.sending import abandoned

AT_ONCE = 50
CONCURRENT_SENDS = 4


class SendDueReplies:
    """One round over all replies that wait for the worker."""

    def __init__(self, comments: Comments, send_reply: SendReply, now: Now) -> None:
        self._comments = comments
        self._send_reply = send_reply
        self._now = now

    async def __call__(self) -> None:
        """Mark abandoned sends as unknown, then send what is due, four at a time."""
        await self._settle_abandoned()
        slots = asyncio.Semaphore(CONCURRENT_SENDS)

        async def send(item: WorkItem) -> None:
            async with slots:
                await _finish(self._send_reply(item))

        async with asyncio.TaskGroup() as tasks:
            for item in await self._comments.due_replies(self._now(), limit=AT_ONCE):
                tasks.create_task(send(item))

    async def _settle_abandoned(self) -> None:
        at = self._now()
        before = at - CRASHED_AFTER
        for item in await self._comments.sending_since_before(before, limit=AT_ONCE):
            await self._comments.change(
                item.community_id, item.comment_id, lambda comment: abandoned(comment, at)
            )


async def _finish(sending: Coroutine[None, None, None]) -> None:
    """See a send to its end even when told to stop: half of one is an unknown reply."""
    begun = asyncio.ensure_future(sending)
    try:
        await asyncio.shield(begun)
    except asyncio.CancelledError:
        await asyncio.wait([begun])
        raise
