"""What vouchers need from outside."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

import msgspec

from vouchers.application.ports import Aggregates, Cursor, Page
from vouchers.domain.cards.voucher import Changed, Holder, Voucher


class NthTaken(Exception):
    """The person has an n-th of this campaign. It never leaves the application."""


class MthTaken(Exception):
    """The household has an m-th of this campaign. It never leaves the application."""


class AccountNthTaken(Exception):
    """The account has an n-th of this campaign. It never leaves the application."""


class ClaimKeyTaken(Exception):
    """The same claim was heard by another voucher. It never leaves the application."""


class UseIdTaken(Exception):
    """The same order was heard by another voucher. It never leaves the application."""


class Held(msgspec.Struct, frozen=True):
    """How many of a campaign somebody has already.

    By the account, too: a person whose first binding ends is known under another pseudonym and
    in another household, and has had what they had.
    """

    by_person: int
    by_household: int
    by_account: int


class Candidate(msgspec.Struct, frozen=True):
    """A voucher as it was read when nobody had it.

    Attributes:
        sequence: the number of its last event then.
    """

    voucher: Voucher
    sequence: int


class Look(msgspec.Struct, frozen=True):
    """What of a campaign could be claimed at a moment.

    Attributes:
        candidates: some of the tranche released first; none only when there are none at all.
        next_release: when the next are released, where there are none; None when none are to come.
    """

    candidates: Sequence[Candidate]
    next_release: datetime | None = None


class Vouchers(Aggregates[Voucher], Protocol):
    """get and change raise VoucherNotFound.

    change and take also raise what a unique index refuses: NthTaken, MthTaken,
    AccountNthTaken, ClaimKeyTaken, UseIdTaken.
    """

    async def take(
        self, candidate: Candidate, transition: Callable[[Voucher], Changed]
    ) -> Voucher | None:
        """Change a voucher as it was read, in one write; None where somebody wrote since."""

    async def of_claim(self, community_id: str, claim_key: str) -> Voucher | None:
        """The one that a claim gave."""

    async def of_use(self, community_id: str, use_id: str) -> Voucher | None:
        """The one that a use was taken off."""

    async def of_lookup_number(self, community_id: str, number: str) -> list[Voucher]:
        """Those whose codes begin with this: one, hardly ever two."""

    async def held(self, community_id: str, campaign_id: str, holder: Holder) -> Held:
        """What counts against the caps of a campaign."""

    async def held_of(self, community_id: str, holder: Holder) -> Mapping[str, int]:
        """What counts against the caps of a person, by campaign; nothing for none.

        Asked at the same time as `of_holder`, it costs no read more.
        """

    async def with_some_left(
        self, community_id: str, campaign_ids: Sequence[str], at: datetime
    ) -> AbstractSet[str]:
        """The campaigns of which one can be claimed now."""

    async def claimable(
        self, community_id: str, campaign_id: str, at: datetime, *, lot: int
    ) -> Look:
        """What can be claimed now, of the tranche released first, from a lot on."""

    async def of_holder(
        self, community_id: str, holder: Holder, *, first: int, after: Cursor | None
    ) -> Page[Voucher]:
        """What the person has, or got by this account, the latest claimed first.

        A person whose first binding ends is known under another pseudonym and has what they had.
        """

    async def count_due(self, at: datetime) -> int:
        """How many `expire_due` would find in all."""

    async def expire_due(
        self, at: datetime, transition: Callable[[Voucher], Changed], *, limit: int
    ) -> int:
        """Change those, of whatever community, that are claimed and whose time is over.

        Returns: how many were found; call it until it answers 0.
        """


NewLot = Callable[[], int]
"""Gives a lot by chance."""
