"""Write an act down, next after the last that anybody wrote down."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from chassis.errors import TooMuchContention

from residents.application.privacy.audit_ports import AuditEntries, HeadUnreadable, StoredEntry
from residents.domain.privacy.audit import AuditAct
from residents.domain.privacy.chain import NO_ENTRIES, Head, KeyedHash, following, head_at

Pause = Callable[[float], Awaitable[None]]

_ATTEMPTS = 60
_LONGEST_PAUSE_SECONDS = 0.02


class AuditTrailBroken(Exception):
    """The trail was tampered with: nothing is done that would have to be written into it.

    It names no person; `residents verify-audit` says what is wrong.
    """


@dataclass(frozen=True)
class AppendToTrail:
    """An `AuditTrail` for any number of processes.

    Who comes second to a place finds it taken and tries the next; whoever died after adding an
    entry leaves a head one behind, which the next to come sets right before adding one more. So
    no entry is lost, there is no gap, and at most one entry is beyond the head.
    """

    entries: AuditEntries
    keyed_hash: KeyedHash
    pause: Pause = asyncio.sleep
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def append(self, entry: AuditAct) -> None:
        """See `AuditTrail.append`. Raises: AuditTrailBroken; TooMuchContention."""
        async with self._turns.setdefault(entry.community_id, asyncio.Lock()):
            for _ in range(_ATTEMPTS):
                if await self._is_written(entry) or await self._write(entry):
                    return
                await self.pause(random.uniform(0, _LONGEST_PAUSE_SECONDS))  # noqa: S311
        raise TooMuchContention

    async def _is_written(self, act: AuditAct) -> bool:
        there = await self.entries.by_source(act.community_id, act.source_id)
        if there is None:
            return False
        await self.entries.advance_head(act.community_id, self._head_at(act.community_id, there))
        return True

    async def _write(self, act: AuditAct) -> bool:
        """Returns: False where somebody else came first."""
        end = await self._end(act.community_id)
        entry = following(act, end, self.keyed_hash)
        if not await self.entries.insert(entry):
            return False
        await self.entries.advance_head(act.community_id, head_at(entry))
        return True

    async def _end(self, community_id: str) -> Head:
        """The end of the chain, sealed. Raises: AuditTrailBroken."""
        try:
            head = await self.entries.head(community_id) or NO_ENTRIES
        except HeadUnreadable as error:
            raise AuditTrailBroken(community_id) from error
        # Read after the head, so that what others add meanwhile makes it longer, never shorter.
        last = await self.entries.last(community_id)
        end = self._head_at(community_id, last) if last else NO_ENTRIES
        if end.count < head.count or (end.count == head.count and end != head):
            raise AuditTrailBroken(community_id)
        if end.count > head.count:
            await self.entries.advance_head(community_id, end)
        return end

    def _head_at(self, community_id: str, stored: StoredEntry) -> Head:
        if stored.entry is None or not stored.entry.is_authentic(self.keyed_hash):
            raise AuditTrailBroken(community_id)
        return head_at(stored.entry)
