"""Enter what happened into the books."""

from dataclasses import dataclass

from vouchers.application.ledger.ports import EntryIds, LedgerEntries, LedgerHeads
from vouchers.application.ports import Now
from vouchers.domain.ledger.entry import LedgerEntry
from vouchers.domain.ledger.posting import Posting


@dataclass(frozen=True)
class PostEntries:
    """One document an event, its id derived: what is told again is entered once."""

    entries: LedgerEntries
    heads: LedgerHeads
    entry_ids: EntryIds
    now: Now

    async def __call__(self, community_id: str, event_id: str, posting: Posting) -> None:
        """Enter it."""
        await self.heads.begin(community_id)
        await self.entries.post(
            LedgerEntry(
                id=self.entry_ids(posting.kind, posting.key),
                community_id=community_id,
                event_id=event_id,
                kind=posting.kind,
                campaign_id=posting.campaign_id,
                amount_fen=posting.amount_fen,
                legs=posting.legs,
                occurred_at=posting.occurred_at,
                posted_at=self.now(),
                voucher_id=posting.voucher_id,
                use_id=posting.use_id,
                merchant_id=posting.merchant_id,
                store_id=posting.store_id,
            )
        )
