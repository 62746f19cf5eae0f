"""The types of the graph that campaigns are."""
# ruff: noqa: A002 - `id` is the word of the graph

import asyncio
from datetime import datetime

import strawberry
from chassis.scalars import SafeInt

from vouchers.api.campaigns import loaders
from vouchers.api.campaigns.enums import CampaignKind, CampaignState, FunderKind, RewardFor
from vouchers.api.context import Info
from vouchers.api.merchants import loaders as merchant_loaders
from vouchers.api.merchants.types import Merchant
from vouchers.domain.campaigns import campaign as domain


@strawberry.type(description="Whose money it is.")
class Funder:
    """See vouchers.domain.campaigns.terms."""

    id: strawberry.ID = strawberry.field(
        description="The same for the same funder in all campaigns of the community."
    )
    kind: FunderKind = strawberry.field(description="Who they are.")
    name: str = strawberry.field(description="What they are called.")


@strawberry.federation.type(
    keys=["id"], description="Money that somebody gives, as vouchers; amounts are whole fen."
)
class Campaign:
    """See vouchers.domain.campaigns.campaign."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    title: str = strawberry.field(description="What it is called.")
    funder: Funder = strawberry.field(description="Whose money it is.")
    kind: CampaignKind = strawberry.field(description="How a voucher is used.")
    face_value_fen: int = strawberry.field(description="What a voucher is worth.")
    minimum_spend_fen: int = strawberry.field(
        description="The least bill that a voucher pays; 0 for any."
    )
    stock: int = strawberry.field(description="How many vouchers there are.")
    daily_stock: int | None = strawberry.field(
        description="How many are let out on each day in China; null: all at once."
    )
    budget_fen: SafeInt = strawberry.field(description="The most that may be spent.")
    per_person: int = strawberry.field(description="How many a person may claim.")
    per_household: int = strawberry.field(description="How many a household may claim.")
    claim_from: datetime = strawberry.field(description="Since when they can be claimed.")
    claim_until: datetime = strawberry.field(description="From then on they cannot.")
    use_until: datetime = strawberry.field(description="From then on they cannot be used.")
    estate_ids: list[strawberry.ID] = strawberry.field(
        description="Whose verified residents may claim; empty for the whole community."
    )
    merchant_ids: list[strawberry.ID] = strawberry.field(
        description="Where they may be used; empty for every approved merchant."
    )
    reward_for: RewardFor | None = strawberry.field(
        description="What they are given for; null for vouchers that people claim."
    )
    state: CampaignState = strawberry.field(description="Where it stands.")
    terms_number: int = strawberry.field(
        description="One more whenever its terms are written anew; an approval names it."
    )
    minted: int = strawberry.field(description="How many vouchers are certainly made.")
    drafted_at: datetime = strawberry.field(description="When it was first written down.")
    makers: list[strawberry.ID] = strawberry.field(
        description="The accounts that drafted or amended it; none of them may approve it."
    )
    approved_at: datetime | None = strawberry.field(description="When it was approved.")
    approved_by: strawberry.ID | None = strawberry.field(description="The account that did.")
    live_at: datetime | None = strawberry.field(description="When it last went live.")
    paused_at: datetime | None = strawberry.field(
        description="Since when it is paused; null for one that is not."
    )
    ended_at: datetime | None = strawberry.field(description="When it ended.")
    ended_by: strawberry.ID | None = strawberry.field(
        description="The account that ended it; null where its time was over."
    )

    @strawberry.field(
        description="The merchants that it names; empty where every approved one may be used at."
    )
    async def merchants(self, info: Info) -> list[Merchant]:
        """At most 200."""
        found = await asyncio.gather(
            *(
                info.context.load(merchant_loaders.merchants, str(each))
                for each in self.merchant_ids
            )
        )
        return [Merchant.of(merchant) for merchant in found if merchant]

    @classmethod
    def of(cls, kept: domain.Campaign) -> "Campaign":
        """As the graph shows it."""
        terms = kept.terms
        return cls(
            id=strawberry.ID(kept.id),
            title=terms.title,
            funder=Funder(
                id=strawberry.ID(kept.funder_id),
                kind=FunderKind[terms.funder.kind.name],
                name=terms.funder.name,
            ),
            kind=CampaignKind[terms.kind.name],
            face_value_fen=terms.face_value_fen,
            minimum_spend_fen=terms.minimum_spend_fen,
            stock=terms.stock,
            daily_stock=terms.daily_stock,
            budget_fen=SafeInt(terms.budget_fen),
            per_person=terms.per_person,
            per_household=terms.per_household,
            claim_from=terms.claim_from,
            claim_until=terms.claim_until,
            use_until=terms.use_until,
            estate_ids=[strawberry.ID(each) for each in terms.estate_ids],
            merchant_ids=[strawberry.ID(each) for each in terms.merchant_ids],
            reward_for=RewardFor[terms.reward_for.name] if terms.reward_for else None,
            state=CampaignState[kept.state.name],
            terms_number=kept.terms_number,
            minted=kept.minted,
            drafted_at=kept.drafted_at,
            makers=[strawberry.ID(each) for each in kept.makers],
            approved_at=kept.approved_at,
            approved_by=strawberry.ID(kept.approved_by) if kept.approved_by else None,
            live_at=kept.live_at,
            paused_at=kept.paused_at,
            ended_at=kept.ended_at,
            ended_by=strawberry.ID(kept.ended_by) if kept.ended_by else None,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Campaign | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.campaigns, str(id))
        return cls.of(found) if found else None
