"""Verify the books: the chain, the balance, and the books against the vouchers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ledger.ports import ClaimedVouchers, LedgerEntries, LedgerHeads
from vouchers.application.ports import Cursor, Now
from vouchers.domain.ledger.chain import BEGINNING, Head, KeyedHash, fault_of, mark_of
from vouchers.domain.ledger.entry import LedgerEntry
from vouchers.domain.ledger.verification import BadEntry, LedgerReport

ON_ITS_WAY = timedelta(minutes=15)
_AT_ONCE = 500
_MOST_UNSEALED = 10_000
_LOOKS = 5


@dataclass(frozen=True)
class VerifyLedger:
    """Reads all of it and changes nothing.

    An event without its entry is on its way for `ON_ITS_WAY`; after that it is lost.
    """

    entries: LedgerEntries
    heads: LedgerHeads
    vouchers: ClaimedVouchers
    campaigns: Campaigns
    keyed_hash: KeyedHash
    now: Now

    async def __call__(self) -> list[LedgerReport]:
        """One report a community that has books, or should have."""
        begun = [head.community_id for head in await self.heads.all()]
        should = await self.campaigns.communities_that_spend()
        return [await self.of(each) for each in sorted({*begun, *should})]

    async def of(self, community_id: str) -> LedgerReport:
        """The report of one.

        What happens while it reads can be in the books and not in the vouchers yet read; a
        difference is believed only if it is there every time.
        """
        report = await self._looked(community_id)
        for _ in range(_LOOKS - 1):
            if not report.disagreeing or not report.is_whole:
                break
            report = await self._looked(community_id)
        return report

    async def _looked(self, community_id: str) -> LedgerReport:
        report = LedgerReport(community_id=community_id)
        long_ago = self.now() - ON_ITS_WAY
        await self._add_campaigns(report, long_ago)
        await self._add_vouchers(report, long_ago)
        await self._walk(report, long_ago)
        await self._add_unsealed(report, long_ago)
        return report

    async def _walk(self, report: LedgerReport, long_ago: datetime) -> None:
        head = await self._head(report)
        seq, link = 0, BEGINNING
        later: list[LedgerEntry] = []
        while found := await self.entries.sealed_after(report.community_id, seq, limit=_AT_ONCE):
            for entry in found:
                fault = fault_of(self.keyed_hash, entry, seq=seq + 1, before=link)
                if fault is not None:
                    report.spoil(BadEntry(seq + 1, entry.id, fault))
                seq, link = entry.seq or seq + 1, entry.link or ""
                if seq == head.seq and link != head.link:
                    report.spoil(BadEntry(seq, None, "the head has another link"))
                if seq > head.seq:
                    later.append(entry)
                report.add_entry(entry, long_ago=long_ago)
        report.sealed_through = seq
        if seq < head.seq:
            report.spoil(BadEntry(seq + 1, None, f"the head says {head.seq} entries"))
        await self._add_later(report, later)

    async def _add_later(self, report: LedgerReport, later: Sequence[LedgerEntry]) -> None:
        """What is sealed beyond the head must be planned in it, or it went on meanwhile."""
        head = await self._head(report)
        for entry in later:
            if (entry.seq or 0) > head.seq and entry.id not in head.plan:
                fault = f"the head says {head.seq} entries"
                report.spoil(BadEntry(entry.seq or 0, entry.id, fault))

    async def _head(self, report: LedgerReport) -> Head:
        found = await self.heads.find(report.community_id)
        head = found or Head(community_id=report.community_id)
        if head.mark != mark_of(self.keyed_hash, head.seq, head.link):
            report.spoil(BadEntry(head.seq, None, "the head was written by another hand"))
        return head

    async def _add_unsealed(self, report: LedgerReport, long_ago: datetime) -> None:
        waiting = await self.entries.unsealed(report.community_id, limit=_MOST_UNSEALED)
        report.unsealed = len(waiting)
        for entry in waiting:
            report.add_entry(entry, long_ago=long_ago)
        if waiting and await self.heads.find(report.community_id) is None:
            report.spoil(BadEntry(1, waiting[0].id, "there is no head"))

    async def _add_campaigns(self, report: LedgerReport, long_ago: datetime) -> None:
        after: Cursor | None = None
        while True:
            page = await self.campaigns.newest_first(
                report.community_id, None, first=_AT_ONCE, after=after
            )
            for campaign in page.items:
                if campaign.approved_at is not None:
                    report.of(campaign.id).add_campaign(campaign, long_ago=long_ago)
            if not page.has_next_page:
                return
            after = page.cursors[-1]

    async def _add_vouchers(self, report: LedgerReport, long_ago: datetime) -> None:
        after: Cursor | None = None
        while True:
            page = await self.vouchers.claimed(report.community_id, first=_AT_ONCE, after=after)
            for voucher in page.items:
                report.of(voucher.campaign_id).add_voucher(voucher, long_ago=long_ago)
            if not page.has_next_page:
                return
            after = page.cursors[-1]
