"""Verify the books: the chain, the balance, and the books against the vouchers."""

from dataclasses import dataclass

from vouchers.application.ledger.ports import ClaimedVouchers, LedgerEntries, LedgerHeads
from vouchers.application.ports import Cursor
from vouchers.domain.ledger.chain import BEGINNING, KeyedHash, fault_of
from vouchers.domain.ledger.verification import BadEntry, LedgerReport

_AT_ONCE = 500
_MOST_UNSEALED = 10_000
_LOOKS = 5


@dataclass(frozen=True)
class VerifyLedger:
    """Reads all of it and changes nothing."""

    entries: LedgerEntries
    heads: LedgerHeads
    vouchers: ClaimedVouchers
    keyed_hash: KeyedHash

    async def __call__(self) -> list[LedgerReport]:
        """One report a community."""
        return [await self.of(each) for each in await self.heads.community_ids()]

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
        await self._add_vouchers(report)
        await self._walk(report)
        await self._add_unsealed(report)
        return report

    async def _walk(self, report: LedgerReport) -> None:
        head = await self.heads.get(report.community_id)
        seq, link = 0, BEGINNING
        while found := await self.entries.sealed_after(report.community_id, seq, limit=_AT_ONCE):
            for entry in found:
                if report.bad_entry is None:
                    fault = fault_of(self.keyed_hash, entry, seq=seq + 1, before=link)
                    if fault is not None:
                        report.bad_entry = BadEntry(seq + 1, entry.id, fault)
                seq, link = entry.seq or seq + 1, entry.link or ""
                report.add_entry(entry)
        report.sealed_through = seq
        if report.bad_entry is None and seq < head.seq:
            report.bad_entry = BadEntry(seq + 1, None, f"the head says {head.seq} entries")
        if report.bad_entry is None and seq == head.seq and link != head.link:
            report.bad_entry = BadEntry(seq, None, "the head has another link")

    async def _add_unsealed(self, report: LedgerReport) -> None:
        waiting = await self.entries.unsealed(report.community_id, limit=_MOST_UNSEALED)
        report.unsealed = len(waiting)
        for entry in waiting:
            report.add_entry(entry)

    async def _add_vouchers(self, report: LedgerReport) -> None:
        after: Cursor | None = None
        while True:
            page = await self.vouchers.claimed(report.community_id, first=_AT_ONCE, after=after)
            for voucher in page.items:
                report.of(voucher.campaign_id).add_voucher(voucher)
            if not page.has_next_page:
                return
            after = page.cursors[-1]
