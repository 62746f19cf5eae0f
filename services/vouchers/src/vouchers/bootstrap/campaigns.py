"""The room of campaigns, and the worker that makes their vouchers."""

from dataclasses import dataclass

from chassis.lease import Lease
from chassis.republish import Facts
from chassis.rooms import Plan, Room

from vouchers.adapters.campaigns import mongo_campaigns
from vouchers.adapters.campaigns.funder_ids import funder_ids
from vouchers.adapters.campaigns.mongo_campaigns import MongoCampaigns
from vouchers.application.campaigns.campaigns import CampaignsRoom
from vouchers.application.campaigns.ports import VoucherMint
from vouchers.application.merchants.ports import Merchants
from vouchers.bootstrap.foundation import Foundation
from vouchers.domain.campaigns.campaign import campaign_facts

PLAN = Plan(outboxes=(mongo_campaigns.COLLECTION,), indexes=mongo_campaigns.INDEXES)

_MINTING_SECONDS = 0.5
_ENDING_SECONDS = 10.0


@dataclass(frozen=True)
class BuiltCampaigns:
    """Built once a process; other rooms use its store."""

    room: Room[CampaignsRoom]
    campaigns: MongoCampaigns


def build(foundation: Foundation, merchants: Merchants, mint: VoucherMint) -> BuiltCampaigns:
    """Build it; the store need not be there yet."""
    store = foundation.store
    campaigns = MongoCampaigns(store)
    use_cases = CampaignsRoom(
        campaigns, merchants, mint, funder_ids(foundation.keyed_hash), foundation.now
    )
    minting, ending = Lease(store, "minting"), Lease(store, "ending-campaigns")
    room = Room(
        use_cases=use_cases,
        background={
            "minting": lambda: minting.run_every(_MINTING_SECONDS, use_cases.mint_vouchers),
            "ending campaigns": lambda: ending.run_every(_ENDING_SECONDS, use_cases.end_lapsed),
        },
        facts=[Facts(campaigns, campaign_facts)],
    )
    return BuiltCampaigns(room, campaigns)
