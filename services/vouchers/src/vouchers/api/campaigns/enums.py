"""The words that campaigns have in the graph."""

from enum import Enum

import strawberry


@strawberry.enum(description="How a voucher of a campaign is used.")
class CampaignKind(Enum):
    """See vouchers.domain.campaigns.terms."""

    RED_PACKET = strawberry.enum_value("red_packet", description="Once.")
    WELFARE_CARD = strawberry.enum_value(
        "welfare_card", description="In parts, until nothing remains."
    )


@strawberry.enum(description="What a voucher is given for, without being claimed.")
class RewardFor(Enum):
    """See vouchers.domain.campaigns.terms."""

    ISSUE_CONFIRMED = strawberry.enum_value(
        "issue_confirmed", description="The reporter of a matter confirmed that it is settled."
    )


@strawberry.enum(description="Who gives the money.")
class FunderKind(Enum):
    """See vouchers.domain.campaigns.terms."""

    GOVERNMENT = strawberry.enum_value("government", description="A public body.")
    COMMITTEE = strawberry.enum_value("committee", description="The residents' committee.")
    COMPANY = strawberry.enum_value("company", description="A firm.")
    CHARITY = strawberry.enum_value("charity", description="A charity or foundation.")
    ALLIANCE = strawberry.enum_value("alliance", description="The neighbourhood's merchants.")
    OTHER = strawberry.enum_value("other", description="Another organisation.")


@strawberry.enum(description="Where a campaign stands.")
class CampaignState(Enum):
    """See vouchers.domain.campaigns.campaign."""

    DRAFT = strawberry.enum_value("draft", description="Waits for a second person.")
    APPROVED = strawberry.enum_value("approved", description="Its money may be spent.")
    MINTING = strawberry.enum_value("minting", description="Its vouchers are being made.")
    LIVE = strawberry.enum_value("live", description="Its vouchers can be claimed and used.")
    PAUSED = strawberry.enum_value("paused", description="Neither, for now.")
    ENDED = strawberry.enum_value("ended", description="Nothing more is given out.")
