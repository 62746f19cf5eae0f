"""The books in memory, for unit tests; they pass the contract tests of the real ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from vouchers.adapters.cards.memory_vouchers import MemoryVouchers
from vouchers.application.ledger.ports import MerchantCustomers, VoucherSums
from vouchers.application.listed import Listed
from vouchers.application.ports import Cursor
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.ledger.chain import Head
from vouchers.domain.ledger.entry import EntryKind, LedgerEntry

T = TypeVar("T")


class MemoryLedgerEntries:
    """The port `LedgerEntries`."""

    def __init__(self) -> None:
        self.entries: dict[str, LedgerEntry] = {}

    async def post(self, entry: LedgerEntry) -> None:
        """See the port."""
        self.entries.setdefault(entry.id, entry)

    async def unsealed(self, community_id: str, *, limit: int) -> list[LedgerEntry]:
        """See the port."""
        waiting = [entry for entry in self._of(community_id) if entry.seq is None]
        return sorted(waiting, key=lambda entry: (entry.posted_at, entry.id))[:limit]

    async def unsealed_communities(self) -> list[str]:
        """See the port."""
        return sorted({e.community_id for e in self.entries.values() if e.seq is None})

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[LedgerEntry | None]:
        """See the port."""
        there = {entry.id: entry for entry in self._of(community_id)}
        return [there.get(id_) for id_ in ids]

    async def seal(self, community_id: str, chain: Sequence[LedgerEntry]) -> None:
        """See the port."""
        for entry in chain:
            if entry.community_id == community_id and self.entries[entry.id].seq is None:
                self.entries[entry.id] = entry

    async def sealed_after(self, community_id: str, seq: int, *, limit: int) -> list[LedgerEntry]:
        """See the port."""
        return [entry for entry in self._sealed(community_id) if (entry.seq or 0) > seq][:limit]

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Listed[LedgerEntry]:
        """See the port."""
        placed = [((-(entry.seq or 0),), entry) for entry in self._sealed(community_id)[::-1]]
        page = _page(placed, first, None if after is None else (-int(str(after[0])),))
        return Listed(page.items, [(e.seq,) for e in page.items], page.has_next_page)

    async def of_merchant(
        self,
        community_id: str,
        merchant_id: str,
        begins_at: datetime,
        ends_at: datetime,
        *,
        first: int,
        after: Cursor | None,
    ) -> Listed[LedgerEntry]:
        """See the port."""
        lines = self._lines(community_id, merchant_id, begins_at, ends_at)
        return _page([((line.occurred_at, line.id), line) for line in lines], first, after)

    async def merchant_total_fen(
        self, community_id: str, merchant_id: str, begins_at: datetime, ends_at: datetime
    ) -> int:
        """See the port."""
        lines = self._lines(community_id, merchant_id, begins_at, ends_at)
        return sum(line.merchant_fen for line in lines)

    async def moved_fen(self, community_id: str) -> Mapping[EntryKind, int]:
        """See the port."""
        moved: dict[EntryKind, int] = defaultdict(int)
        for entry in self._of(community_id):
            moved[entry.kind] += entry.amount_fen
        return moved

    def _of(self, community_id: str) -> list[LedgerEntry]:
        return [e for e in self.entries.values() if e.community_id == community_id]

    def _sealed(self, community_id: str) -> list[LedgerEntry]:
        sealed = [entry for entry in self._of(community_id) if entry.seq is not None]
        return sorted(sealed, key=lambda entry: entry.seq or 0)

    def _lines(
        self, community_id: str, merchant_id: str, begins_at: datetime, ends_at: datetime
    ) -> list[LedgerEntry]:
        lines = [
            entry
            for entry in self._of(community_id)
            if entry.merchant_id == merchant_id and begins_at <= entry.occurred_at < ends_at
        ]
        return sorted(lines, key=lambda line: (line.occurred_at, line.id))


class MemoryLedgerHeads:
    """The port `LedgerHeads`."""

    def __init__(self) -> None:
        self.heads: dict[str, Head] = {}

    async def begin(self, community_id: str) -> None:
        """See the port."""
        self.heads.setdefault(community_id, Head(community_id=community_id))

    async def all(self) -> list[Head]:
        """See the port."""
        return [self.heads[community_id] for community_id in sorted(self.heads)]

    async def find(self, community_id: str) -> Head | None:
        """See the port."""
        return self.heads.get(community_id)

    async def replace(self, head: Head) -> Head | None:
        """See the port."""
        there = self.heads.get(head.community_id)
        if there is None or there.version != head.version:
            return None
        after = msgspec.structs.replace(head, version=head.version + 1)
        self.heads[head.community_id] = after
        return after


class MemoryVoucherCounts:
    """The ports `VoucherCounts` and `ClaimedVouchers`."""

    def __init__(self, vouchers: MemoryVouchers) -> None:
        self._vouchers = vouchers

    async def claimed_count(self, community_id: str, campaign_id: str) -> int:
        """See the port."""
        return sum(v.campaign_id == campaign_id for v in self._claimed(community_id))

    async def claimed(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Listed[Voucher]:
        """See the port."""
        placed = [((v.person_key, v.claimed_at, v.id), v) for v in self._claimed(community_id)]
        return _page(sorted(placed, key=lambda each: each[0]), first, after)

    async def sums(self, community_id: str) -> VoucherSums:
        """See the port."""
        claimed = self._claimed(community_id)
        return VoucherSums(
            len(claimed),
            sum(v.face_value_fen for v in claimed),
            sum(v.usable_fen for v in claimed),
            sum(v.remaining_fen - v.usable_fen for v in claimed),
            sum(v.released_fen for v in claimed),
        )

    async def used_count(self, community_id: str) -> int:
        """See the port."""
        return sum(v.is_used for v in self._claimed(community_id))

    async def used(self, community_id: str, *, first: int, after: Cursor | None) -> Listed[Voucher]:
        """See the port."""
        used = sorted((v for v in self._claimed(community_id) if v.is_used), key=lambda v: v.id)
        return _page([((v.id,), v) for v in used], first, after)

    async def customers(self, community_id: str) -> list[MerchantCustomers]:
        """See the port."""
        visits: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for voucher in self._claimed(community_id):
            for use in voucher.uses:
                if use.stands:
                    visits[use.merchant_id][voucher.person_key or ""] += 1
        return [
            MerchantCustomers(
                merchant_id,
                sum(times == 1 for times in people.values()),
                sum(times > 1 for times in people.values()),
            )
            for merchant_id, people in sorted(visits.items())
        ]

    def _claimed(self, community_id: str) -> list[Voucher]:
        return [
            v
            for v in self._vouchers.all
            if v.community_id == community_id and v.person_key is not None
        ]


def _page(placed: Sequence[tuple[Cursor, T]], first: int, after: Cursor | None) -> Listed[T]:
    beyond = [each for each in placed if after is None or each[0] > after]
    shown = beyond[:first]
    return Listed([item for _, item in shown], [place for place, _ in shown], len(beyond) > first)
