"""What is told of campaigns."""

from datetime import datetime
from typing import ClassVar

from vouchers.domain.events import Event


class CampaignApproved(Event, frozen=True, kw_only=True):
    """A second person let the money be spent; the vouchers are about to be made."""

    type: ClassVar[str] = "campaign.approved.v1"

    campaign_id: str
    funder_id: str
    face_value_fen: int
    stock: int
    budget_fen: int
    approved_at: datetime
    approved_by: str


class CampaignLive(Event, frozen=True, kw_only=True):
    """Its vouchers can be claimed and used, within their times."""

    type: ClassVar[str] = "campaign.live.v1"

    campaign_id: str
    live_at: datetime
    live_by: str | None


class CampaignPaused(Event, frozen=True, kw_only=True):
    """Its vouchers can neither be claimed nor used for now."""

    type: ClassVar[str] = "campaign.paused.v1"

    campaign_id: str
    paused_at: datetime
    paused_by: str


class CampaignEnded(Event, frozen=True, kw_only=True):
    """It gives out no more vouchers; what was claimed stays usable until its last day."""

    type: ClassVar[str] = "campaign.ended.v1"

    campaign_id: str
    ended_at: datetime
    ended_by: str | None
