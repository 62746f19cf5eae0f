"""A voucher: claimed once, used within its face value, and what is left expires."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from vouchers.domain.campaigns.errors import CampaignNotLive
from vouchers.domain.cards.errors import (
    AmountInvalid,
    BillBelowMinimum,
    CampaignPaused,
    ClaimWindowClosed,
    CodeAlreadyUsed,
    IdempotencyKeyReused,
    RedemptionAlreadyReversed,
    RedemptionNotFound,
    RemainderTooLow,
    ReversalTooLate,
    TooManyUses,
    VoucherExpired,
    VoucherNotUsable,
    VoucherSpent,
)
from vouchers.domain.cards.events import (
    VoucherClaimed,
    VoucherExpiredEvent,
    VoucherRedeemed,
    VoucherReversed,
)
from vouchers.domain.cards.uses import LARGEST_FEN, USES_KEPT, ReversalReason, Use, UseOrder
from vouchers.domain.events import Event


class VoucherState(StrEnum):
    """available → claimed ⇄ spent; claimed → expired."""

    AVAILABLE = "available"
    CLAIMED = "claimed"
    SPENT = "spent"
    EXPIRED = "expired"


class How(StrEnum):
    """How somebody came by a voucher."""

    CLAIM = "claim"
    REWARD = "reward"


class VoucherGone(Exception):
    """Somebody else has it, or it is not released yet. It never leaves the application."""


class Holder(msgspec.Struct, frozen=True):
    """Whose a voucher is, by pseudonyms."""

    person_key: str
    household_id: str | None
    account_id: str | None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks for.

    Attributes:
        key: of the request or the event; one key gives one voucher.
        source_id: the issue that a reward thanks for.
        nth: which of this campaign it is to the person.
        mth: and to the household; None without one.
        account_nth: and to the account, under whatever pseudonym; None without one.
    """

    key: str
    holder: Holder
    how: How
    source_id: str | None = None
    nth: int = 1
    mth: int | None = 1
    account_nth: int | None = None


class Voucher(msgspec.Struct, frozen=True, kw_only=True):
    """One slot of a campaign.

    face_value_fen = remaining_fen + the uses that stand + released_fen, at any time.

    Attributes:
        lot: a number by chance, the same for ever: a rush that starts looking at different lots
            does not fight for one document.
        lookup_number: the part of its code that finds it.
        is_single_use: a red packet is a card with one use.
        is_used: whether a use stands.
        campaign_change_number: of the campaign when its window and its pause were copied.
        last_code_step: of the last code that was used.
        released_fen: what expiry gave back to the campaign.
    """

    id: str
    community_id: str
    campaign_id: str
    slot: int
    lot: int
    lookup_number: str
    is_single_use: bool
    face_value_fen: int
    minimum_spend_fen: int
    claimable_from: datetime
    claimable_until: datetime
    usable_until: datetime
    campaign_change_number: int
    is_paused: bool
    is_ended: bool
    remaining_fen: int
    state: VoucherState = VoucherState.AVAILABLE
    version: int = 0
    person_key: str | None = None
    household_id: str | None = None
    account_id: str | None = None
    nth: int | None = None
    mth: int | None = None
    account_nth: int | None = None
    claim_key: str | None = None
    claimed_how: How | None = None
    source_id: str | None = None
    claimed_at: datetime | None = None
    uses: tuple[Use, ...] = ()
    is_used: bool = False
    last_code_step: int = 0
    released_fen: int = 0
    expired_at: datetime | None = None

    @property
    def usable_fen(self) -> int:
        """What can still be used: what a used red packet leaves only waits for its expiry."""
        return 0 if self.is_single_use and self.is_used else self.remaining_fen

    @property
    def standing(self) -> VoucherState:
        """Where it stands for its holder: spent, too, while what is left waits for the expiry."""
        if self.state is VoucherState.CLAIMED and not self.usable_fen:
            return VoucherState.SPENT
        return self.state

    @property
    def used_fen(self) -> int:
        """What the uses that stand come to."""
        return sum(use.amount_fen for use in self.uses if use.stands)

    def use_of(self, use_id: str) -> Use | None:
        """The use of this id."""
        return next((use for use in self.uses if use.id == use_id), None)

    def claim(self, claim: Claim, at: datetime) -> "Changed":
        """Give it to somebody.

        Raises: VoucherGone; CampaignPaused; CampaignNotLive; ClaimWindowClosed.
        Emits: voucher.claimed v1.
        """
        if self.state is not VoucherState.AVAILABLE:
            raise VoucherGone
        self._check_running()
        if self.is_ended:
            raise CampaignNotLive
        if at >= self.claimable_until:
            raise ClaimWindowClosed
        if at < self.claimable_from:
            raise VoucherGone
        claimed = msgspec.structs.replace(
            self,
            state=VoucherState.CLAIMED,
            person_key=claim.holder.person_key,
            household_id=claim.holder.household_id,
            account_id=claim.holder.account_id,
            nth=claim.nth,
            mth=claim.mth,
            account_nth=claim.account_nth,
            claim_key=claim.key,
            claimed_how=claim.how,
            source_id=claim.source_id,
            claimed_at=at,
        )
        return claimed, claimed_facts(claimed)

    def check_shown(self, at: datetime) -> None:
        """Whether a code may be shown for it.

        Raises: VoucherNotUsable; VoucherExpired; VoucherSpent; CampaignPaused.
        """
        if self.state is VoucherState.AVAILABLE:
            raise VoucherNotUsable
        if self.state is VoucherState.EXPIRED or at >= self.usable_until:
            raise VoucherExpired
        self._check_running()
        if not self.usable_fen:
            raise VoucherSpent

    def amount_for(self, bill_fen: int, amount_fen: int | None) -> int:
        """What would be taken off for a bill.

        Raises: AmountInvalid; BillBelowMinimum; RemainderTooLow.
        """
        if not 0 < bill_fen <= LARGEST_FEN:
            raise AmountInvalid
        if bill_fen < self.minimum_spend_fen:
            raise BillBelowMinimum(self.minimum_spend_fen)
        if amount_fen is None:
            return min(bill_fen, self.remaining_fen)
        if not 0 < amount_fen <= bill_fen:
            raise AmountInvalid
        if amount_fen > self.remaining_fen:
            raise RemainderTooLow(self.remaining_fen)
        return amount_fen

    def use(self, order: UseOrder, at: datetime) -> "Changed":
        """Take something off; the same order again changes nothing.

        Raises: IdempotencyKeyReused; CodeAlreadyUsed; VoucherNotUsable; VoucherExpired;
            VoucherSpent; CampaignPaused; AmountInvalid; BillBelowMinimum; RemainderTooLow;
            TooManyUses.
        Emits: voucher.redeemed v1.
        """
        if there := self.use_of(order.use_id):
            if there.input_hash != order.input_hash:
                raise IdempotencyKeyReused
            return self, ()
        if order.code_step <= self.last_code_step:
            raise CodeAlreadyUsed
        self.check_shown(at)
        amount_fen = self.amount_for(order.bill_fen, order.amount_fen)
        if len(self.uses) >= USES_KEPT:
            raise TooManyUses
        remaining_fen = self.remaining_fen - amount_fen
        use = Use(
            id=order.use_id,
            input_hash=order.input_hash,
            merchant_id=order.merchant_id,
            store_id=order.store_id,
            bill_fen=order.bill_fen,
            amount_fen=amount_fen,
            remaining_fen=0 if self.is_single_use else remaining_fen,
            code_step=order.code_step,
            redeemed_at=at,
            redeemed_by=order.by,
        )
        used = msgspec.structs.replace(
            self,
            uses=(*self.uses, use),
            is_used=True,
            remaining_fen=remaining_fen,
            last_code_step=order.code_step,
            state=_state_with(remaining_fen),
        )
        return used, (redeemed_fact(used, use),)

    def reverse(self, use_id: str, *, by: str, reason: ReversalReason, at: datetime) -> "Changed":
        """Take one use back, as long as what it gives back can still be used.

        Raises: RedemptionNotFound; RedemptionAlreadyReversed; ReversalTooLate.
        Emits: voucher.reversed v1.
        """
        use = self.use_of(use_id)
        if use is None:
            raise RedemptionNotFound
        if not use.stands:
            raise RedemptionAlreadyReversed
        if self.state is VoucherState.EXPIRED or at >= self.usable_until:
            raise ReversalTooLate
        taken_back = msgspec.structs.replace(
            use, reversed_at=at, reversed_by=by, reversal_reason=reason
        )
        uses = tuple(taken_back if each is use else each for each in self.uses)
        remaining_fen = self.remaining_fen + use.amount_fen
        changed = msgspec.structs.replace(
            self,
            uses=uses,
            is_used=any(each.stands for each in uses),
            remaining_fen=remaining_fen,
            state=_state_with(remaining_fen),
        )
        return changed, (reversed_fact(changed, taken_back),)

    def expire(self, at: datetime) -> "Changed":
        """Give back what is left once its time is over; before that nothing happens.

        Emits: voucher.expired v1.
        """
        if self.state is not VoucherState.CLAIMED or at < self.usable_until:
            return self, ()
        expired = msgspec.structs.replace(
            self,
            state=VoucherState.EXPIRED,
            released_fen=self.remaining_fen,
            remaining_fen=0,
            expired_at=at,
        )
        return expired, expired_facts(expired)

    def _check_running(self) -> None:
        if self.is_paused:
            raise CampaignPaused


Changed = tuple[Voucher, Sequence[Event]]


def voucher_facts(voucher: Voucher) -> tuple[Event, ...]:
    """All that ever happened to it: whoever hears of each once has the books again."""
    return (
        *claimed_facts(voucher),
        *(redeemed_fact(voucher, use) for use in voucher.uses),
        *(reversed_fact(voucher, use) for use in voucher.uses if not use.stands),
        *expired_facts(voucher),
    )


def claimed_facts(voucher: Voucher) -> tuple[Event, ...]:
    """That somebody has it; nothing as long as nobody does."""
    if voucher.claimed_at is None or voucher.person_key is None or voucher.claimed_how is None:
        return ()
    return (
        VoucherClaimed(
            community_id=voucher.community_id,
            voucher_id=voucher.id,
            campaign_id=voucher.campaign_id,
            account_id=voucher.account_id,
            person_key=voucher.person_key,
            household_id=voucher.household_id,
            face_value_fen=voucher.face_value_fen,
            how=voucher.claimed_how.value,
            source_id=voucher.source_id,
            claimed_at=voucher.claimed_at,
        ),
    )


def redeemed_fact(voucher: Voucher, use: Use) -> Event:
    """That so much was taken off."""
    return VoucherRedeemed(
        community_id=voucher.community_id,
        voucher_id=voucher.id,
        campaign_id=voucher.campaign_id,
        use_id=use.id,
        merchant_id=use.merchant_id,
        store_id=use.store_id,
        amount_fen=use.amount_fen,
        remaining_fen=use.remaining_fen,
        person_key=voucher.person_key or "",
        account_id=voucher.account_id,
        redeemed_at=use.redeemed_at,
    )


def reversed_fact(voucher: Voucher, use: Use) -> Event:
    """That a use was taken back."""
    assert use.reversed_at is not None  # noqa: S101 - asked of what was taken back alone
    return VoucherReversed(
        community_id=voucher.community_id,
        voucher_id=voucher.id,
        campaign_id=voucher.campaign_id,
        use_id=use.id,
        merchant_id=use.merchant_id,
        store_id=use.store_id,
        amount_fen=use.amount_fen,
        person_key=voucher.person_key or "",
        account_id=voucher.account_id,
        reversed_at=use.reversed_at,
        reversed_by=use.reversed_by or "",
    )


def expired_facts(voucher: Voucher) -> tuple[Event, ...]:
    """That the rest was given back."""
    if voucher.expired_at is None:
        return ()
    return (
        VoucherExpiredEvent(
            community_id=voucher.community_id,
            voucher_id=voucher.id,
            campaign_id=voucher.campaign_id,
            released_fen=voucher.released_fen,
            person_key=voucher.person_key or "",
            account_id=voucher.account_id,
            expired_at=voucher.expired_at,
        ),
    )


def _state_with(remaining_fen: int) -> VoucherState:
    return VoucherState.CLAIMED if remaining_fen else VoucherState.SPENT
