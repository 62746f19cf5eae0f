"""The types of the graph that vouchers are. None of them says whose a voucher is."""

from datetime import datetime

import strawberry

from vouchers.api.campaigns.enums import CampaignKind
from vouchers.api.cards import loaders
from vouchers.api.cards.enums import ClaimedHow, ReversalReason, VoucherState
from vouchers.api.context import Info
from vouchers.application.cards import read_vouchers
from vouchers.domain.cards import codes, uses, voucher


@strawberry.type(description="What was taken off a voucher, once; amounts are whole fen.")
class Redemption:
    """See vouchers.domain.cards.uses."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    merchant_id: strawberry.ID = strawberry.field(description="The merchant.")
    store_id: strawberry.ID = strawberry.field(description="The merchant's store.")
    bill_fen: int = strawberry.field(description="What the bill came to.")
    amount_fen: int = strawberry.field(description="What the voucher paid of it.")
    remaining_fen: int = strawberry.field(
        description="What of the voucher could still be used after it."
    )
    redeemed_at: datetime = strawberry.field(description="When.")
    reversed_at: datetime | None = strawberry.field(
        description="When it was taken back; null as long as it stands."
    )
    reversal_reason: ReversalReason | None = strawberry.field(
        description="Why it was taken back; null as long as it stands."
    )

    @strawberry.field(description="What the merchant is called; null for one no longer known.")
    async def merchant_name(self, info: Info) -> str | None:
        """By the loader."""
        merchant = await info.context.load(loaders.shops, str(self.merchant_id))
        return merchant.name if merchant else None

    @strawberry.field(description="What the store is called; null for one no longer known.")
    async def store_name(self, info: Info) -> str | None:
        """By the loader."""
        merchant = await info.context.load(loaders.shops, str(self.merchant_id))
        stores = merchant.stores if merchant else ()
        return next((store.name for store in stores if store.id == self.store_id), None)

    @classmethod
    def of(cls, use: uses.Use) -> "Redemption":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(use.id),
            merchant_id=strawberry.ID(use.merchant_id),
            store_id=strawberry.ID(use.store_id),
            bill_fen=use.bill_fen,
            amount_fen=use.amount_fen,
            remaining_fen=use.remaining_fen,
            redeemed_at=use.redeemed_at,
            reversed_at=use.reversed_at,
            reversal_reason=ReversalReason[use.reversal_reason.name]
            if use.reversal_reason
            else None,
        )


@strawberry.type(description="A voucher that somebody has; amounts are whole fen.")
class Voucher:
    """See vouchers.domain.cards.voucher."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    campaign_id: strawberry.ID = strawberry.field(description="The campaign that it is of.")
    state: VoucherState = strawberry.field(description="Where it stands.")
    is_single_use: bool = strawberry.field(description="Whether it is good for one use alone.")
    face_value_fen: int = strawberry.field(description="What it was worth when it was claimed.")
    remaining_fen: int = strawberry.field(
        description="What can still be used of it; nothing of a red packet that was used."
    )
    minimum_spend_fen: int = strawberry.field(description="The least bill that it pays; 0 for any.")
    is_paused: bool = strawberry.field(description="Whether its campaign stands still for now.")
    claimed_how: ClaimedHow | None = strawberry.field(description="How the holder came by it.")
    source_id: strawberry.ID | None = strawberry.field(
        description="The matter that it thanks for; null for one that was claimed."
    )
    claimed_at: datetime | None = strawberry.field(description="Since when it is the holder's.")
    usable_until: datetime = strawberry.field(description="From then on it cannot be used.")
    redemptions: list[Redemption] = strawberry.field(
        description="What was taken off it, in order; at most 50."
    )

    @strawberry.field(description="What its campaign is called.")
    async def campaign_title(self, info: Info) -> str | None:
        """By the loader."""
        return await info.context.load(loaders.titles, str(self.campaign_id))

    @classmethod
    def of(cls, kept: voucher.Voucher) -> "Voucher":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(kept.id),
            campaign_id=strawberry.ID(kept.campaign_id),
            state=VoucherState[kept.standing.name],
            is_single_use=kept.is_single_use,
            face_value_fen=kept.face_value_fen,
            remaining_fen=kept.usable_fen,
            minimum_spend_fen=kept.minimum_spend_fen,
            is_paused=kept.is_paused,
            claimed_how=ClaimedHow[kept.claimed_how.name] if kept.claimed_how else None,
            source_id=strawberry.ID(kept.source_id) if kept.source_id else None,
            claimed_at=kept.claimed_at,
            usable_until=kept.usable_until,
            redemptions=[Redemption.of(use) for use in kept.uses],
        )


@strawberry.type(description="What is shown at a till: twenty digits that soon change.")
class VoucherCode:
    """See vouchers.domain.cards.codes."""

    code: str = strawberry.field(description="The digits.")
    valid_until: datetime = strawberry.field(
        description="When the next is to be shown; a till takes this one half a minute longer."
    )
    step_seconds: int = strawberry.field(description="How often the code changes.")

    @classmethod
    def of(cls, shown: codes.ShownCode) -> "VoucherCode":
        """As the graph shows it."""
        return cls(code=shown.code, valid_until=shown.valid_until, step_seconds=codes.STEP_SECONDS)


@strawberry.type(description="A campaign that residents can claim from; amounts are whole fen.")
class LiveCampaign:
    """See vouchers.application.cards.read_vouchers."""

    id: strawberry.ID = strawberry.field(description="The campaign's id.")
    title: str = strawberry.field(description="What it is called.")
    funder_name: str = strawberry.field(description="Whose money it is.")
    kind: CampaignKind = strawberry.field(description="How a voucher of it is used.")
    face_value_fen: int = strawberry.field(description="What a voucher is worth.")
    minimum_spend_fen: int = strawberry.field(
        description="The least bill that a voucher pays; 0 for any."
    )
    per_person: int = strawberry.field(description="How many a person may claim.")
    claimed_by_me: int = strawberry.field(description="How many of them the caller has claimed.")
    is_left: bool = strawberry.field(description="Whether one can be claimed at this moment.")
    claim_from: datetime = strawberry.field(description="Since when they can be claimed.")
    claim_until: datetime = strawberry.field(description="From then on they cannot.")
    use_until: datetime = strawberry.field(description="From then on they cannot be used.")
    merchant_ids: strawberry.Private[tuple[str, ...]]

    @strawberry.field(
        description="The merchants that take them; empty where every approved one does."
    )
    async def merchant_names(self, info: Info) -> list[str]:
        """By the loader."""
        found = await info.context.load_many(loaders.shops, self.merchant_ids)
        return [merchant.name for merchant in found if merchant]

    @classmethod
    def of(cls, live: read_vouchers.LiveCampaign) -> "LiveCampaign":
        """As the graph shows it."""
        terms = live.campaign.terms
        return cls(
            id=strawberry.ID(live.campaign.id),
            title=terms.title,
            funder_name=terms.funder.name,
            kind=CampaignKind[terms.kind.name],
            face_value_fen=terms.face_value_fen,
            minimum_spend_fen=terms.minimum_spend_fen,
            per_person=terms.per_person,
            claimed_by_me=live.held,
            is_left=live.is_left,
            claim_from=terms.claim_from,
            claim_until=terms.claim_until,
            use_until=terms.use_until,
            merchant_ids=terms.merchant_ids,
        )
