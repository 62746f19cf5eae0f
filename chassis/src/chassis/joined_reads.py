"""Reads by id that are wanted at the same time, by whichever request, as one query."""

import asyncio
import contextvars
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from chassis.errors import StoreUnavailable

A = TypeVar("A")
_IDS_AT_ONCE = 500


class _Joined(Generic[A]):
    """One query that is still to be sent: what it asks for, and how many wait for it."""

    def __init__(self) -> None:
        self.ids: dict[str, None] = {}
        self.callers = 0
        self.answer: asyncio.Future[Mapping[str, A]] = asyncio.get_running_loop().create_future()


class JoinedReads(Generic[A]):
    """Joins the reads of one kind, for each community by itself.

    A read is sent when those who are about to ask have asked, and while one is under way the next
    waits: the busier the store, the more are joined. Every query is sent after its callers asked,
    so each of them sees what they wrote before; nothing is kept. When the store is away, all who
    wait are told so at once, or the last of them would wait for each query before theirs.

    Args:
        read: finds by community and ids, whatever is not there left out. What it finds is handed
            to several callers and must not be changed.
    """

    def __init__(self, read: Callable[[str, Sequence[str]], Awaitable[Mapping[str, A]]]) -> None:
        self._read = read
        self._waiting: dict[str, deque[_Joined[A]]] = {}
        self._sending: dict[str, asyncio.Task[None]] = {}

    async def by_id(self, community_id: str, ids: Sequence[str]) -> Mapping[str, A]:
        """Find these, and perhaps others.

        Raises: what `read` raises for these ids alone; StoreUnavailable.
        """
        joined = self._room_for(community_id, ids)
        joined.ids.update(dict.fromkeys(ids))
        joined.callers += 1
        if community_id not in self._sending:
            self._sending[community_id] = asyncio.create_task(
                self._send(community_id),
                context=contextvars.Context(),  # it reads for all, in the name of none
            )
        try:
            return await asyncio.shield(joined.answer)
        except StoreUnavailable as error:
            raise StoreUnavailable from error  # one of their own: what is raised keeps its frames
        except Exception:
            # What cannot be read may be another caller's.
            if joined.callers == 1:
                raise
            return await self._read(community_id, ids)

    def _room_for(self, community_id: str, ids: Sequence[str]) -> _Joined[A]:
        """Give the query that these go with: the last that waits, or one behind it."""
        waiting = self._waiting.setdefault(community_id, deque())
        if not waiting or len(waiting[-1].ids.keys() | ids) > _IDS_AT_ONCE:
            waiting.append(_Joined())
        return waiting[-1]

    async def _send(self, community_id: str) -> None:
        """Send one query after the other, as long as somebody waits for the next."""
        waiting = self._waiting[community_id]
        try:
            await asyncio.sleep(0)  # who was told the same, and asks by a task of its own, asks now
            while waiting:
                await self._answer(community_id, waiting.popleft(), waiting)
        finally:
            del self._sending[community_id], self._waiting[community_id]

    async def _answer(
        self, community_id: str, joined: _Joined[A], waiting: deque[_Joined[A]]
    ) -> None:
        try:
            joined.answer.set_result(await self._read(community_id, list(joined.ids)))
        except StoreUnavailable as error:
            for each in (joined, *waiting):
                _fail(each, error)
            waiting.clear()
        except Exception as error:
            _fail(joined, error)
        finally:
            joined.answer.cancel()  # where the process ends before there was an answer


def _fail(joined: _Joined[A], error: Exception) -> None:
    joined.answer.set_exception(error)
    joined.answer.exception()  # those who waited may all have been cancelled
