"""Give entries their numbers and links, in batches."""

from dataclasses import dataclass

import msgspec

from vouchers.application.ledger.ports import LedgerEntries, LedgerHeads
from vouchers.domain.ledger.chain import Head, KeyedHash, sealed
from vouchers.domain.ledger.entry import LedgerEntry

_AT_ONCE = 200


class EntryMissing(Exception):
    """An entry that was about to be sealed is gone: somebody was at the store."""


@dataclass(frozen=True)
class SealEntries:
    """Runs under a lease; the chain would be right without.

    What comes next is written into the head first, guarded by its version. From then on everybody
    computes the same numbers and links for these entries and writes them where there are none, so
    a sealer that was killed anywhere is followed up, and a second one repeats what the first did.
    """

    entries: LedgerEntries
    heads: LedgerHeads
    keyed_hash: KeyedHash

    async def __call__(self) -> int:
        """Seal all there is, of every community. Returns: how many. Raises: EntryMissing."""
        count = 0
        for community_id in await self.heads.community_ids():
            while batch := await self._batch(community_id):
                count += batch
        return count

    async def _batch(self, community_id: str) -> int:
        head = await self._planned(await self.heads.get(community_id))
        if head is None:
            return 0
        found = await self.entries.get_many(community_id, head.plan)
        chain = sealed(self.keyed_hash, head, [_there(entry) for entry in found])
        await self.entries.seal(community_id, chain)
        last = chain[-1]
        await self.heads.replace(
            msgspec.structs.replace(head, seq=last.seq, link=last.link, plan=())
        )
        return len(chain)

    async def _planned(self, head: Head) -> Head | None:
        if head.plan:
            return head
        waiting = await self.entries.unsealed(head.community_id, limit=_AT_ONCE)
        if not waiting:
            return None
        plan = tuple(entry.id for entry in waiting)
        return await self.heads.replace(msgspec.structs.replace(head, plan=plan))


def _there(entry: LedgerEntry | None) -> LedgerEntry:
    if entry is None:
        raise EntryMissing
    return entry
