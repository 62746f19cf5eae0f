"""What is given to change campaigns."""

from datetime import datetime

import strawberry
from chassis.scalars import SafeInt

from vouchers.api.campaigns.enums import CampaignKind, FunderKind, RewardFor
from vouchers.api.moments import checked_moment
from vouchers.domain.campaigns import terms as domain

_REQUEST_ID = "The same in every repeat of this request."


@strawberry.input(description="Whose money it is.")
class FunderInput:
    """See vouchers.domain.campaigns.terms."""

    kind: FunderKind = strawberry.field(description="Who they are.")
    name: str = strawberry.field(
        description="What the organisation is called: up to 60 characters; never a person."
    )


@strawberry.input(description="All that is decided about a campaign; amounts are whole fen.")
class CampaignTermsInput:
    """See vouchers.domain.campaigns.terms."""

    title: str = strawberry.field(description="What it is called: up to 40 characters.")
    funder: FunderInput = strawberry.field(description="Whose money it is.")
    kind: CampaignKind = strawberry.field(description="How a voucher is used.")
    face_value_fen: int = strawberry.field(description="What a voucher is worth: 1 to 100,000.")
    minimum_spend_fen: int = strawberry.field(
        description="The least bill that a voucher pays: 0 to 1,000,000."
    )
    stock: int = strawberry.field(description="How many vouchers: 1 to 200,000.")
    daily_stock: int | None = strawberry.field(
        default=None,
        description="How many are let out on each day in China; null: all at once.",
    )
    budget_fen: SafeInt = strawberry.field(
        description="The most that may be spent: no less than face value times stock."
    )
    per_person: int = strawberry.field(description="How many a person may claim: 1 to 20.")
    per_household: int = strawberry.field(
        description="How many a household may claim: as many, up to 100."
    )
    claim_from: datetime = strawberry.field(description="Since when they can be claimed.")
    claim_until: datetime = strawberry.field(description="From then on they cannot.")
    use_until: datetime = strawberry.field(description="From then on they cannot be used.")
    estate_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Whose verified residents may claim; empty for the whole community.",
    )
    merchant_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Where they may be used; empty for every approved merchant.",
    )
    reward_for: RewardFor | None = strawberry.field(
        default=None,
        description="What they are given for; null for vouchers that people claim.",
    )

    def in_domain(self) -> domain.CampaignTerms:
        """As the domain has it. Raises: BadUserInput for a time without an offset."""
        return domain.CampaignTerms(
            title=self.title,
            funder=domain.Funder(domain.FunderKind[self.funder.kind.name], self.funder.name),
            kind=domain.CampaignKind[self.kind.name],
            face_value_fen=self.face_value_fen,
            minimum_spend_fen=self.minimum_spend_fen,
            stock=self.stock,
            budget_fen=self.budget_fen,
            per_person=self.per_person,
            per_household=self.per_household,
            claim_from=checked_moment(self.claim_from, "claimFrom"),
            claim_until=checked_moment(self.claim_until, "claimUntil"),
            use_until=checked_moment(self.use_until, "useUntil"),
            estate_ids=tuple(str(each) for each in self.estate_ids),
            merchant_ids=tuple(str(each) for each in self.merchant_ids),
            reward_for=domain.Reward[self.reward_for.name] if self.reward_for else None,
            daily_stock=self.daily_stock,
        )


@strawberry.input(description="A campaign that is to be.")
class DraftCampaignInput:
    """See DraftCampaign."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    terms: CampaignTermsInput = strawberry.field(description="What it promises.")


@strawberry.input(description="Other terms for a campaign that nobody has approved yet.")
class AmendCampaignInput:
    """See AmendCampaign."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    terms: CampaignTermsInput = strawberry.field(description="All that it promises from now on.")


@strawberry.input(description="The campaign whose money may be spent.")
class ApproveCampaignInput:
    """See ApproveCampaign."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    terms_number: int = strawberry.field(
        description="The termsNumber of the campaign as the approver has read it."
    )


@strawberry.input(description="The campaign to stop for now.")
class PauseCampaignInput:
    """See PauseCampaign."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")


@strawberry.input(description="The paused campaign to let go on.")
class ResumeCampaignInput:
    """See ResumeCampaign."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")


@strawberry.input(description="The campaign to end.")
class EndCampaignInput:
    """See EndCampaign."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
