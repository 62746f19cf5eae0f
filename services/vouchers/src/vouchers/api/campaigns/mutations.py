"""What can be done with campaigns."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.ids import derived_id

from vouchers.api.campaigns.inputs import (
    AmendCampaignInput,
    ApproveCampaignInput,
    DraftCampaignInput,
    EndCampaignInput,
    PauseCampaignInput,
    ResumeCampaignInput,
)
from vouchers.api.campaigns.results import (
    AmendCampaignResult,
    AmendCampaignSuccess,
    ApproveCampaignResult,
    ApproveCampaignSuccess,
    DraftCampaignResult,
    DraftCampaignSuccess,
    EndCampaignResult,
    EndCampaignSuccess,
    PauseCampaignResult,
    PauseCampaignSuccess,
    ResumeCampaignResult,
    ResumeCampaignSuccess,
)
from vouchers.api.campaigns.types import Campaign
from vouchers.api.context import Info, actor


@strawberry.type
class CampaignMutations:
    """The part of Mutation that is about campaigns."""

    @strawberry.federation.mutation(
        description="Write down what a campaign would be.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def draft_campaign(
        self,
        info: Info,
        input: Annotated[DraftCampaignInput, strawberry.argument(description="The campaign.")],
    ) -> DraftCampaignResult | None:
        """See DraftCampaign."""
        caller, terms = actor(info), input.terms.in_domain()
        campaign = await info.context.application.campaigns.draft(
            caller,
            derived_id("campaign", caller.account_id, input.request_id),
            terms,
            request=info.context.request_for(input.request_id, draft_campaign=terms),
        )
        return DraftCampaignSuccess(campaign=Campaign.of(campaign))

    @strawberry.federation.mutation(
        description="Write other terms for a campaign that nobody has approved yet.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def amend_campaign(
        self,
        info: Info,
        input: Annotated[AmendCampaignInput, strawberry.argument(description="Which, and what.")],
    ) -> AmendCampaignResult | None:
        """See AmendCampaign."""
        campaign_id, terms = str(input.campaign_id), input.terms.in_domain()
        campaign = await info.context.application.campaigns.amend(
            actor(info),
            campaign_id,
            terms,
            request=info.context.request_for(
                input.request_id, amend_campaign=campaign_id, terms=terms
            ),
        )
        return AmendCampaignSuccess(campaign=Campaign.of(campaign))

    @strawberry.federation.mutation(
        description="Let a campaign's money be spent; never by who wrote its terms.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def approve_campaign(
        self,
        info: Info,
        input: Annotated[ApproveCampaignInput, strawberry.argument(description="Which terms.")],
    ) -> ApproveCampaignResult | None:
        """See ApproveCampaign."""
        campaign_id = str(input.campaign_id)
        campaign = await info.context.application.campaigns.approve(
            actor(info),
            campaign_id,
            terms_number=input.terms_number,
            request=info.context.request_for(
                input.request_id, approve_campaign=campaign_id, terms_number=input.terms_number
            ),
        )
        return ApproveCampaignSuccess(campaign=Campaign.of(campaign))

    @strawberry.federation.mutation(
        description="Stop a campaign's claims and uses for now.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def pause_campaign(
        self,
        info: Info,
        input: Annotated[PauseCampaignInput, strawberry.argument(description="Which.")],
    ) -> PauseCampaignResult | None:
        """See PauseCampaign."""
        campaign_id = str(input.campaign_id)
        campaign = await info.context.application.campaigns.pause(
            actor(info),
            campaign_id,
            request=info.context.request_for(input.request_id, pause_campaign=campaign_id),
        )
        return PauseCampaignSuccess(campaign=Campaign.of(campaign))

    @strawberry.federation.mutation(
        description="Let a paused campaign go on.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def resume_campaign(
        self,
        info: Info,
        input: Annotated[ResumeCampaignInput, strawberry.argument(description="Which.")],
    ) -> ResumeCampaignResult | None:
        """See ResumeCampaign."""
        campaign_id = str(input.campaign_id)
        campaign = await info.context.application.campaigns.resume(
            actor(info),
            campaign_id,
            request=info.context.request_for(input.request_id, resume_campaign=campaign_id),
        )
        return ResumeCampaignSuccess(campaign=Campaign.of(campaign))

    @strawberry.federation.mutation(
        description="Give out no more vouchers of a campaign.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def end_campaign(
        self,
        info: Info,
        input: Annotated[EndCampaignInput, strawberry.argument(description="Which.")],
    ) -> EndCampaignResult | None:
        """See EndCampaign."""
        campaign_id = str(input.campaign_id)
        campaign = await info.context.application.campaigns.end(
            actor(info),
            campaign_id,
            request=info.context.request_for(input.request_id, end_campaign=campaign_id),
        )
        return EndCampaignSuccess(campaign=Campaign.of(campaign))
