"""What can come of changing campaigns."""

from typing import Annotated

import strawberry
from chassis.graphql_errors import RequestIdReused

from vouchers.api.campaigns.errors import (
    BudgetInvalid,
    BudgetTooSmall,
    CampaignNotDraft,
    CampaignNotFound,
    CampaignNotLive,
    CampaignNotPaused,
    CampaignNotRunning,
    CampaignTermsChanged,
    CampaignTitleInvalid,
    CapInvalid,
    DailyStockInvalid,
    FaceValueInvalid,
    FunderInvalid,
    MinimumSpendInvalid,
    StockInvalid,
    TooManyPlaces,
    WindowInvalid,
    WindowOver,
)
from vouchers.api.campaigns.types import Campaign
from vouchers.api.errors import MakerMayNotApprove
from vouchers.api.merchants.errors import MerchantNotApproved, MerchantNotFound


@strawberry.type(description="The campaign waits for a second person.")
class DraftCampaignSuccess:
    """See DraftCampaign."""

    campaign: Campaign = strawberry.field(description="The campaign.")


@strawberry.type(description="The campaign has the other terms.")
class AmendCampaignSuccess:
    """See AmendCampaign."""

    campaign: Campaign = strawberry.field(description="The campaign.")


@strawberry.type(description="The money may be spent; the vouchers are being made.")
class ApproveCampaignSuccess:
    """See ApproveCampaign."""

    campaign: Campaign = strawberry.field(description="The campaign.")


@strawberry.type(description="Nothing is claimed or used for now.")
class PauseCampaignSuccess:
    """See PauseCampaign."""

    campaign: Campaign = strawberry.field(description="The campaign.")


@strawberry.type(description="The campaign goes on.")
class ResumeCampaignSuccess:
    """See ResumeCampaign."""

    campaign: Campaign = strawberry.field(description="The campaign.")


@strawberry.type(description="Nothing more is given out; what was claimed stays usable.")
class EndCampaignSuccess:
    """See EndCampaign."""

    campaign: Campaign = strawberry.field(description="The campaign.")


DraftCampaignResult = Annotated[
    DraftCampaignSuccess
    | CampaignTitleInvalid
    | FunderInvalid
    | FaceValueInvalid
    | MinimumSpendInvalid
    | StockInvalid
    | DailyStockInvalid
    | BudgetInvalid
    | BudgetTooSmall
    | CapInvalid
    | WindowInvalid
    | WindowOver
    | TooManyPlaces
    | MerchantNotFound
    | MerchantNotApproved
    | RequestIdReused,
    strawberry.union("DraftCampaignResult", description="What can come of drafting one."),
]
AmendCampaignResult = Annotated[
    AmendCampaignSuccess
    | CampaignNotFound
    | CampaignNotDraft
    | CampaignTitleInvalid
    | FunderInvalid
    | FaceValueInvalid
    | MinimumSpendInvalid
    | StockInvalid
    | DailyStockInvalid
    | BudgetInvalid
    | BudgetTooSmall
    | CapInvalid
    | WindowInvalid
    | WindowOver
    | TooManyPlaces
    | MerchantNotFound
    | MerchantNotApproved
    | RequestIdReused,
    strawberry.union("AmendCampaignResult", description="What can come of amending one."),
]
ApproveCampaignResult = Annotated[
    ApproveCampaignSuccess
    | CampaignNotFound
    | CampaignNotDraft
    | MakerMayNotApprove
    | CampaignTermsChanged
    | BudgetTooSmall
    | WindowOver
    | RequestIdReused,
    strawberry.union("ApproveCampaignResult", description="What can come of approving one."),
]
PauseCampaignResult = Annotated[
    PauseCampaignSuccess | CampaignNotFound | CampaignNotLive | RequestIdReused,
    strawberry.union("PauseCampaignResult", description="What can come of pausing one."),
]
ResumeCampaignResult = Annotated[
    ResumeCampaignSuccess | CampaignNotFound | CampaignNotPaused | RequestIdReused,
    strawberry.union("ResumeCampaignResult", description="What can come of that."),
]
EndCampaignResult = Annotated[
    EndCampaignSuccess | CampaignNotFound | CampaignNotRunning | RequestIdReused,
    strawberry.union("EndCampaignResult", description="What can come of ending one."),
]
