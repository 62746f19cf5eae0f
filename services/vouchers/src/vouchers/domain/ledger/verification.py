"""Whether the books are whole, and whether they say what the vouchers say."""

import msgspec

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
        happened: what the vouchers say was done with them, in events; `posted` the entries of it.
        miscounted: vouchers whose own face value does not add up, or are worth what is less
            than nothing.
    """

    campaign_id: str
    claimed_fen: int = 0
    open_fen: int = 0
    used_fen: int = 0
    expired_fen: int = 0
    happened: int = 0
    miscounted: int = 0
    posted: int = 0
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
    def agrees(self) -> bool:
        """Whether the books say what the vouchers say: budget = free + open + used."""
        free_fen = self.reserved_fen - self.claimed_fen + self.expired_fen - self.returned_fen
        return (
            not self.miscounted
            and self.posted == self.happened
            and free_fen >= 0
            and self.booked_campaign_fen == free_fen
            and self.booked_open_fen == self.open_fen
            and self.booked_used_fen == self.used_fen
        )

    def add_voucher(self, voucher: Voucher) -> None:
        """Count what a claimed voucher says."""
        used_fen = voucher.used_fen
        self.claimed_fen += voucher.face_value_fen
        self.open_fen += voucher.remaining_fen
        self.used_fen += used_fen
        self.expired_fen += voucher.released_fen
        self.happened += 1 + len(voucher.uses) + sum(not use.stands for use in voucher.uses)
        self.happened += voucher.expired_at is not None
        whole = voucher.remaining_fen + used_fen + voucher.released_fen == voucher.face_value_fen
        self.miscounted += not whole or voucher.remaining_fen < 0 or voucher.released_fen < 0

    def add_entry(self, entry: LedgerEntry) -> None:
        """Count what an entry of this campaign says."""
        self.posted += entry.voucher_id is not None
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
    def disagreeing(self) -> list[CampaignFigures]:
        """The campaigns of which books and vouchers differ, and nothing is on its way."""
        return [each for each in self.campaigns.values() if each.awaited <= 0 and not each.agrees]

    def of(self, campaign_id: str) -> CampaignFigures:
        """The figures of a campaign, begun where there are none."""
        return self.campaigns.setdefault(campaign_id, CampaignFigures(campaign_id=campaign_id))

    def add_entry(self, entry: LedgerEntry) -> None:
        """Count an entry, sealed or not."""
        self.total_fen += sum(leg.amount_fen for leg in entry.legs)
        self.of(entry.campaign_id).add_entry(entry)
