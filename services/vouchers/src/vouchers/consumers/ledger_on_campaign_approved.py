"""A funder's money may be spent."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from vouchers.application.ledger.post_entries import PostEntries
from vouchers.domain.ledger import posting


class CampaignApproved(msgspec.Struct, frozen=True):
    """What the books need of campaign.approved."""

    type: ClassVar[str] = "campaign.approved.v1"

    campaign_id: str
    funder_id: str
    budget_fen: int
    approved_at: datetime


def ledger_on_campaign_approved(post: PostEntries) -> Handle[CampaignApproved]:
    """Enter it."""

    async def handle(event: Received[CampaignApproved]) -> None:
        said = event.data
        entry = posting.reserved(
            said.campaign_id, said.funder_id, said.budget_fen, said.approved_at
        )
        await post(event.community_id, event.id, entry)

    return handle
