"""Nobody claims of a campaign any more."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from vouchers.application.ledger.release_unclaimed import ReleaseUnclaimed


class CampaignEnded(msgspec.Struct, frozen=True):
    """What the books need of campaign.ended."""

    type: ClassVar[str] = "campaign.ended.v1"

    campaign_id: str
    ended_at: datetime


def ledger_on_campaign_ended(release: ReleaseUnclaimed) -> Handle[CampaignEnded]:
    """Enter it."""

    async def handle(event: Received[CampaignEnded]) -> None:
        said = event.data
        await release(event.community_id, event.id, campaign_id=said.campaign_id, at=said.ended_at)

    return handle
