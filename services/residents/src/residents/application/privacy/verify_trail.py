"""Walk a community's whole chain and say where it first is not what was written."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from residents.application.privacy.audit_ports import AuditEntries, HeadUnreadable, StoredEntry
from residents.domain.privacy.chain import FIRST_SEQ, NO_ENTRIES, AuditEntry, Head, KeyedHash
from residents.domain.privacy.verdict import Break, BreakKind, Verdict

_BATCH = 500
_UNREADABLE = Head(-1, "")


@dataclass(frozen=True)
class VerifyTrail:
    """It may run beside the service: what is added meanwhile is no break."""

    entries: AuditEntries
    keyed_hash: KeyedHash

    async def communities(self) -> list[str]:
        """Every community that has a trail."""
        return await self.entries.communities()

    async def __call__(self, community_id: str, expected: Head = NO_ENTRIES) -> Verdict:
        """Verify one.

        Args:
            expected: a head that was noted outside the store at some time. Who can write to the
                store can put an earlier head and the entries up to it back; this finds it.
        """
        before = await self._head(community_id)
        wanted, hashes = {expected.count, before.count}, {0: ""}
        walked = NO_ENTRIES
        async for stored in self._stored(community_id, after=0):
            if not self._follows(stored, walked):
                kind = await self._kind_of(community_id, stored, walked, before)
                seq = min(stored.seq, walked.count + 1)
                return Verdict(community_id, walked.count, walked.hash, Break(seq, kind))
            walked = Head(stored.seq, _hash(stored))
            if walked.count in wanted:
                hashes[walked.count] = walked.hash
        after = await self._head(community_id)
        wrong = _wrong_with_heads(walked, before, after, hashes)
        if wrong is None and hashes.get(expected.count) != expected.hash:
            wrong = Break(min(expected.count, walked.count + 1), BreakKind.NOT_AS_EXPECTED)
        return Verdict(community_id, walked.count, walked.hash, wrong)

    async def _head(self, community_id: str) -> Head:
        try:
            return await self.entries.head(community_id) or NO_ENTRIES
        except HeadUnreadable:
            return _UNREADABLE

    async def _stored(self, community_id: str, *, after: int) -> AsyncIterator[StoredEntry]:
        while batch := await self.entries.from_seq(community_id, after, _BATCH):
            for stored in batch:
                yield stored
            after = batch[-1].seq

    def _follows(self, stored: StoredEntry, walked: Head) -> bool:
        entry = stored.entry
        return (
            entry is not None
            and entry.seq == walked.count + 1
            and entry.previous_hash == walked.hash
            and entry.is_authentic(self.keyed_hash)
        )

    async def _kind_of(
        self, community_id: str, stored: StoredEntry, walked: Head, head: Head
    ) -> BreakKind:
        """What was done here, told from what else still stands as it was written."""
        seq = walked.count + 1
        if stored.seq != seq:
            return BreakKind.MISSING if stored.seq > seq else BreakKind.INSERTED
        entry = stored.entry
        if entry is not None and entry.is_authentic(self.keyed_hash):
            return BreakKind.INSERTED  # written at this place once, after another history
        true_one_is_later = await self._stands_later(community_id, seq)
        if entry is not None and self._belongs_elsewhere(entry, max(seq, head.count) + 1):
            return BreakKind.REORDERED if true_one_is_later else BreakKind.MISSING
        is_beyond_the_head = 0 <= head.count < seq
        if true_one_is_later or is_beyond_the_head:
            return BreakKind.INSERTED
        return BreakKind.CHANGED

    async def _stands_later(self, community_id: str, seq: int) -> bool:
        """Whether the entry that was written at this place lies at a later one."""
        async for stored in self._stored(community_id, after=seq):
            if stored.entry is not None and stored.entry.is_authentic(self.keyed_hash, seq=seq):
                return True
        return False

    def _belongs_elsewhere(self, entry: AuditEntry, last: int) -> bool:
        places = range(FIRST_SEQ, last + 1)
        return any(entry.is_authentic(self.keyed_hash, seq=seq) for seq in places)


def _hash(stored: StoredEntry) -> str:
    return stored.entry.hash if stored.entry else ""


def _wrong_with_heads(
    walked: Head, before: Head, after: Head, hashes: Mapping[int, str]
) -> Break | None:
    """Compare the entries with the head as it was before and after they were read."""
    if _UNREADABLE in (before, after):
        return Break(walked.count, BreakKind.HEAD_ALTERED)
    if before.count > walked.count:
        return Break(walked.count + 1, BreakKind.CUT_OFF)
    if hashes[before.count] != before.hash:
        return Break(before.count, BreakKind.HEAD_ALTERED)
    if after.count < max(before.count, walked.count - 1):
        return Break(walked.count, BreakKind.HEAD_ALTERED)
    return None
