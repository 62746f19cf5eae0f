"""The room of the books: posting, sealing, verifying, and the figures."""

from typing import Any

from chassis.lease import Lease
from chassis.listening import Listener
from chassis.rooms import Plan, Room

from vouchers.adapters.cards.mongo_owed_rewards import MongoOwedRewards
from vouchers.adapters.cards.mongo_vouchers import MongoVouchers
from vouchers.adapters.ledger import mongo_ledger
from vouchers.adapters.ledger.identities import entry_id
from vouchers.adapters.ledger.mongo_ledger import MongoLedgerEntries, MongoLedgerHeads
from vouchers.adapters.ledger.mongo_voucher_counts import MongoVoucherCounts
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.ledger.ledger import Ledger
from vouchers.application.ledger.post_entries import PostEntries
from vouchers.application.ledger.read_ledger import ReadLedger
from vouchers.application.ledger.release_unclaimed import ReleaseUnclaimed
from vouchers.application.ledger.seal_entries import SealEntries
from vouchers.application.ledger.verify_ledger import VerifyLedger
from vouchers.application.ledger.voucher_figures import ReadVoucherFigures
from vouchers.application.merchants.ports import Merchants
from vouchers.bootstrap.foundation import Foundation
from vouchers.consumers.ledger_on_campaign_approved import (
    CampaignApproved,
    ledger_on_campaign_approved,
)
from vouchers.consumers.ledger_on_campaign_ended import CampaignEnded, ledger_on_campaign_ended
from vouchers.consumers.ledger_on_voucher_claimed import VoucherClaimed, ledger_on_voucher_claimed
from vouchers.consumers.ledger_on_voucher_expired import VoucherExpired, ledger_on_voucher_expired
from vouchers.consumers.ledger_on_voucher_redeemed import (
    VoucherRedeemed,
    ledger_on_voucher_redeemed,
)
from vouchers.consumers.ledger_on_voucher_reversed import (
    VoucherReversed,
    ledger_on_voucher_reversed,
)
from vouchers.domain.events import SERVICE_TOPIC

PLAN = Plan(indexes=mongo_ledger.INDEXES)

_SEALING_SECONDS = 1.0


def build(
    foundation: Foundation, campaigns: Campaigns, merchants: Merchants, vouchers: MongoVouchers
) -> Room[Ledger]:
    """Build it; the store need not be there yet."""
    store, keyed_hash, now = foundation.store, foundation.keyed_hash, foundation.now
    entries, heads = MongoLedgerEntries(store), MongoLedgerHeads(store)
    counts = MongoVoucherCounts(vouchers)
    seal = SealEntries(entries, heads, keyed_hash)
    post = PostEntries(entries, heads, entry_id, now)
    sealing = Lease(store, "sealing-the-ledger")

    async def seal_all() -> None:
        await seal()

    return Room(
        use_cases=Ledger(
            read=ReadLedger(entries, merchants),
            figures=ReadVoucherFigures(counts, entries, heads, MongoOwedRewards(store), now),
            seal=seal,
            verify=VerifyLedger(entries, heads, counts, campaigns, keyed_hash, now),
        ),
        listeners=_listeners(post, ReleaseUnclaimed(campaigns, vouchers, counts, post)),
        background={"sealing the ledger": lambda: sealing.run_every(_SEALING_SECONDS, seal_all)},
    )


def _listeners(post: PostEntries, release: ReleaseUnclaimed) -> list[Listener[Any]]:
    return [
        Listener(SERVICE_TOPIC, CampaignApproved, ledger_on_campaign_approved(post)),
        Listener(SERVICE_TOPIC, CampaignEnded, ledger_on_campaign_ended(release)),
        Listener(SERVICE_TOPIC, VoucherClaimed, ledger_on_voucher_claimed(post)),
        Listener(SERVICE_TOPIC, VoucherRedeemed, ledger_on_voucher_redeemed(post)),
        Listener(SERVICE_TOPIC, VoucherReversed, ledger_on_voucher_reversed(post)),
        Listener(SERVICE_TOPIC, VoucherExpired, ledger_on_voucher_expired(post)),
    ]
