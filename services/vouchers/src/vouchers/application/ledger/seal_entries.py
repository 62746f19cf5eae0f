"""Give entries their numbers and links, in batches."""

from dataclasses import dataclass

import msgspec

from vouchers.application.ledger.ports import LedgerEntries, LedgerHeads
from vouchers.domain.ledger.chain import Head, KeyedHash, mark_of, sealed
from vouchers.domain.ledger.entry import LedgerEntry

_AT_ONCE = 200


class EntryMissing(Exception):
    """An entry that was about to be sealed is gone: somebody was at the store."""

    def __init__(self, community_id: str) -> None:
        super().__init__(community_id)


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
        """Seal all there is; a community whose books are broken holds up no other.

        Returns: how many.
        Raises: ExceptionGroup of what failed, to be tried again: EntryMissing or what the store
            raises.
        """
        count, failures = 0, []
        for community_id in await self._waiting():
            try:
                while batch := await self._batch(community_id):
                    count += batch
            except Exception as failure:
                failures.append(failure)
        if failures:
            raise ExceptionGroup("books that could not be sealed", failures)
        return count

    async def _waiting(self) -> list[str]:
        planned = [head.community_id for head in await self.heads.all() if head.plan]
        return sorted({*planned, *await self.entries.unsealed_communities()})

    async def _batch(self, community_id: str) -> int:
        there = await self.heads.find(community_id)
        head = await self._planned(there) if there else None
        if head is None:
            return 0
        found = await self.entries.get_many(community_id, head.plan)
        chain = sealed(self.keyed_hash, head, [_there(entry, community_id) for entry in found])
        await self.entries.seal(community_id, chain)
        last = chain[-1]
        await self.heads.replace(
            msgspec.structs.replace(
                head,
                seq=last.seq,
                link=last.link,
                mark=mark_of(self.keyed_hash, last.seq or 0, last.link or ""),
                plan=(),
            )
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


def _there(entry: LedgerEntry | None, community_id: str) -> LedgerEntry:
    if entry is None:
        raise EntryMissing(community_id)
    return entry
