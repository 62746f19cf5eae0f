"""Send what is due, and settle what a crash left behind."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence

from chassis.errors import StoreUnavailable

from outreach.application.backoff import Backoff
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
        self._tally = tally
        self._now = now
        self._backoff = Backoff()

    async def __call__(self) -> None:
        """Mark abandoned sends as unknown, then send what is due, four at a time.

        A reply that cannot be handled is left alone for a while and holds up no other.
        """
        for item in await self._abandoned():
            await self._contained("settle_reply", item, self._settle)
        slots = asyncio.Semaphore(CONCURRENT_SENDS)

        async def send(item: WorkItem) -> None:
            async with slots:
                await self._contained(
                    "send_reply", item, lambda item: _finish(self._send_reply(item))
                )

        async with asyncio.TaskGroup() as tasks:
            for item in await self._due():
                tasks.create_task(send(item))

    async def _due(self) -> list[WorkItem]:
        return self._to_try(await self._comments.due_replies(self._now(), limit=self._limit))

    async def _abandoned(self) -> list[WorkItem]:
        before = self._now() - CRASHED_AFTER
        return self._to_try(await self._comments.sending_since_before(before, limit=self._limit))

    @property
    def _limit(self) -> int:
        """What is left alone is read again and again, and must not fill the round."""
        return AT_ONCE + len(self._backoff)

    def _to_try(self, items: Sequence[WorkItem]) -> list[WorkItem]:
        now = self._now()
        return [item for item in items if self._backoff.may_try(item.comment_id, now)][:AT_ONCE]

    async def _settle(self, item: WorkItem) -> None:
        at = self._now()
        await self._comments.change(
            item.community_id, item.comment_id, lambda comment: abandoned(comment, at)
        )

    async def _contained(
        self, work: str, item: WorkItem, do: Callable[[WorkItem], Awaitable[None]]
    ) -> None:
        try:
            await do(item)
        except Exception as error:
            self._tally.failed(work, item.comment_id, error)
            if not isinstance(error, StoreUnavailable):
                self._backoff.failed(item.comment_id, self._now())
        else:
            self._backoff.succeeded(item.comment_id)


async def _finish(sending: Coroutine[None, None, None]) -> None:
    """See a send to its end even when told to stop: half of one is an unknown reply."""
    begun = asyncio.ensure_future(sending)
    try:
        await asyncio.shield(begun)
    except asyncio.CancelledError:
        await asyncio.wait([begun])
        raise
