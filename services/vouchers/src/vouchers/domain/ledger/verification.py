"""Whether the books are whole, and whether they say what the vouchers say."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.ledger.entry import (
    EntryKind,
    LedgerEntry,
    campaign_account,
    holders_account,
)


class BadEntry(msgspec.Struct, frozen=True):
    """The first place where the chain does not hold.

    Attributes:
        entry_id: of the entry found there; None where there is none.
    """

    seq: int
    entry_id: str | None
    fault: str


class CampaignFigures(msgspec.Struct, kw_only=True):
    """One campaign, by its vouchers and by the books; both in fen.

    Attributes:
        approved_fen: the budget that its terms name.
        happened: what campaign and vouchers say was done, in events; `posted` the entries of it.
        happened_long_ago: those so old that their entry must be there; `posted_long_ago` as well.
        miscounted: vouchers whose own face value does not add up, or are worth what is less
            than nothing.
    """

    campaign_id: str
    approved_fen: int = 0
    claimed_fen: int = 0
    open_fen: int = 0
    used_fen: int = 0
    expired_fen: int = 0
    happened: int = 0
    happened_long_ago: int = 0
    miscounted: int = 0
    posted: int = 0
    posted_long_ago: int = 0
    reserved_fen: int = 0
    returned_fen: int = 0
    booked_campaign_fen: int = 0
    booked_open_fen: int = 0
    booked_used_fen: int = 0

    @property
    def awaited(self) -> int:
        """Events that are not in the books yet."""
        return self.happened - self.posted

    @property
    def lost(self) -> int:
        """Events that are not in the books, and happened too long ago to be on their way."""
        return max(self.happened_long_ago - self.posted_long_ago, 0)

    @property
    def agrees(self) -> bool:
        """Whether the books say what the vouchers say: budget = free + open + used."""
        free_fen = self.reserved_fen - self.claimed_fen + self.expired_fen - self.returned_fen
        return (
            not self.miscounted
            and self.posted == self.happened
            and self.reserved_fen == self.approved_fen
            and free_fen >= 0
            and self.booked_campaign_fen == free_fen
            and self.booked_open_fen == self.open_fen
            and self.booked_used_fen == self.used_fen
        )

    def add_campaign(self, campaign: Campaign, *, long_ago: datetime) -> None:
        """Count what an approved campaign says."""
        self.approved_fen = campaign.terms.budget_fen
        self._add_moments([campaign.approved_at or campaign.drafted_at], long_ago)

    def add_voucher(self, voucher: Voucher, *, long_ago: datetime) -> None:
        """Count what a claimed voucher says."""
        used_fen = voucher.used_fen
        self.claimed_fen += voucher.face_value_fen
        self.open_fen += voucher.remaining_fen
        self.used_fen += used_fen
        self.expired_fen += voucher.released_fen
        self._add_moments(_moments(voucher), long_ago)
        whole = voucher.remaining_fen + used_fen + voucher.released_fen == voucher.face_value_fen
        self.miscounted += not whole or voucher.remaining_fen < 0 or voucher.released_fen < 0

    def add_entry(self, entry: LedgerEntry, *, long_ago: datetime) -> None:
        """Count what an entry of this campaign says."""
        if entry.kind is not EntryKind.BUDGET_RELEASED:
            self.posted += 1
            self.posted_long_ago += entry.occurred_at < long_ago
        if entry.kind is EntryKind.BUDGET_RESERVED:
            self.reserved_fen += entry.amount_fen
        if entry.kind is EntryKind.BUDGET_RELEASED:
            self.returned_fen += entry.amount_fen
        for leg in entry.legs:
            if leg.account == campaign_account(entry.campaign_id):
                self.booked_campaign_fen += leg.amount_fen
            elif leg.account == holders_account(entry.campaign_id):
                self.booked_open_fen += leg.amount_fen
        self.booked_used_fen += entry.merchant_fen

    def _add_moments(self, moments: Sequence[datetime], long_ago: datetime) -> None:
        self.happened += len(moments)
        self.happened_long_ago += sum(at < long_ago for at in moments)


class LedgerReport(msgspec.Struct, kw_only=True):
    """What was found of one community's books.

    Attributes:
        bad_entry: None where the chain holds.
        unsealed: entries that wait for their number.
        total_fen: all legs together; 0 where every entry balances.
    """

    community_id: str
    sealed_through: int = 0
    unsealed: int = 0
    total_fen: int = 0
    bad_entry: BadEntry | None = None
    campaigns: dict[str, CampaignFigures] = msgspec.field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the chain holds and all comes to zero."""
        return self.bad_entry is None and self.total_fen == 0

    @property
    def awaited(self) -> int:
        """Events on their way into the books: until they are there, nothing can be compared."""
        return sum(max(each.awaited, 0) for each in self.campaigns.values())

    @property
    def lost(self) -> int:
        """Events that should long have been in the books."""
        return sum(each.lost for each in self.campaigns.values())

    @property
    def disagreeing(self) -> list[CampaignFigures]:
        """The campaigns of which books and vouchers differ, and nothing is on its way."""
        return [
            each
            for each in self.campaigns.values()
            if each.lost or (each.awaited <= 0 and not each.agrees)
        ]

    def of(self, campaign_id: str) -> CampaignFigures:
        """The figures of a campaign, begun where there are none."""
        return self.campaigns.setdefault(campaign_id, CampaignFigures(campaign_id=campaign_id))

    def spoil(self, bad: BadEntry) -> None:
        """Remember the first place that does not hold."""
        self.bad_entry = self.bad_entry or bad

    def add_entry(self, entry: LedgerEntry, *, long_ago: datetime) -> None:
        """Count an entry, sealed or not."""
        self.total_fen += sum(leg.amount_fen for leg in entry.legs)
        self.of(entry.campaign_id).add_entry(entry, long_ago=long_ago)


def _moments(voucher: Voucher) -> list[datetime]:
    """When each event of a voucher happened."""
    reversals = [use.reversed_at for use in voucher.uses]
    moments = [voucher.claimed_at, *(use.redeemed_at for use in voucher.uses), *reversals]
    return [at for at in (*moments, voucher.expired_at) if at is not None]
