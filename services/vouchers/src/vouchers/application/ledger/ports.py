"""What the books need from outside."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from vouchers.application.ports import Cursor, Page
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.ledger.chain import Head
from vouchers.domain.ledger.entry import EntryKind, LedgerEntry


class LedgerEntries(Protocol):
    """Entries are posted and sealed; nothing else ever changes one."""

    async def post(self, entry: LedgerEntry) -> None:
        """Enter it, unless it is there."""

    async def unsealed(self, community_id: str, *, limit: int) -> list[LedgerEntry]:
        """Those without a number, in the order of posting."""

    async def unsealed_communities(self) -> list[str]:
        """Every community that has some without a number."""

    async def get_many(self, community_id: str, ids: Sequence[str]) -> list[LedgerEntry | None]:
        """Some, in the order of the ids."""

    async def seal(self, community_id: str, chain: Sequence[LedgerEntry]) -> None:
        """Write numbers and links to those of these that have none."""

    async def sealed_after(self, community_id: str, seq: int, *, limit: int) -> list[LedgerEntry]:
        """Those with higher numbers, rising."""

    async def newest_first(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[LedgerEntry]:
        """The sealed ones, the last sealed first."""

    async def of_merchant(
        self,
        community_id: str,
        merchant_id: str,
        begins_at: datetime,
        ends_at: datetime,
        *,
        first: int,
        after: Cursor | None,
    ) -> Page[LedgerEntry]:
        """What changed for a merchant in [begins_at, ends_at), in order."""

    async def merchant_total_fen(
        self, community_id: str, merchant_id: str, begins_at: datetime, ends_at: datetime
    ) -> int:
        """What it comes to."""

    async def moved_fen(self, community_id: str) -> Mapping[EntryKind, int]:
        """What moved in all, by kind."""


class LedgerHeads(Protocol):
    """One head a community that has entries."""

    async def begin(self, community_id: str) -> None:
        """Make the head, unless it is there."""

    async def all(self) -> list[Head]:
        """That of every community, ordered by it."""

    async def find(self, community_id: str) -> Head | None:
        """The head; None before anything was entered."""

    async def replace(self, head: Head) -> Head | None:
        """Write it one version on, if nobody wrote since it was read; else None."""


class ClaimedVouchers(Protocol):
    """What the books are compared with."""

    async def claimed_count(self, community_id: str, campaign_id: str) -> int:
        """How many of a campaign's vouchers were ever claimed."""

    async def claimed(
        self, community_id: str, *, first: int, after: Cursor | None
    ) -> Page[Voucher]:
        """Those of a community that were ever claimed, in an order that does not change."""


class MerchantCustomers(msgspec.Struct, frozen=True):
    """Whom a merchant had.

    Attributes:
        new: who used a voucher there once.
        returning: who came again.
    """

    merchant_id: str
    new: int
    returning: int


class VoucherSums(msgspec.Struct, frozen=True):
    """What a community's claimed vouchers come to.

    Attributes:
        open_fen: what can still be used.
        lapsing_fen: what used red packets left; it expires with them.
    """

    claimed: int = 0
    face_value_fen: int = 0
    open_fen: int = 0
    lapsing_fen: int = 0
    expired_fen: int = 0

    @property
    def redeemed_fen(self) -> int:
        """What the uses that stand come to."""
        return self.face_value_fen - self.open_fen - self.lapsing_fen - self.expired_fen


class VoucherCounts(Protocol):
    """Figures of vouchers, each by an index."""

    async def sums(self, community_id: str) -> VoucherSums:
        """Of all that were claimed."""

    async def used_count(self, community_id: str) -> int:
        """How many were used, and the use stands."""

    async def used(self, community_id: str, *, first: int, after: Cursor | None) -> Page[Voucher]:
        """Those, in an order that does not change."""

    async def customers(self, community_id: str) -> list[MerchantCustomers]:
        """Whom each merchant had."""


EntryIds = Callable[[EntryKind, str], str]
"""Gives the one id of an entry: (kind, key)."""
