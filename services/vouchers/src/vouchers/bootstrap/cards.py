"""The room of vouchers: who holds them, claiming and using."""

import secrets
from dataclasses import dataclass
from typing import Any

from chassis.joined_reads import JoinedReads
from chassis.lease import Lease
from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan, Room

from vouchers.adapters.cards import (
    mongo_account_holders,
    mongo_owed_rewards,
    mongo_vouchers,
    mongo_wrong_codes,
)
from vouchers.adapters.cards.mongo_account_holders import MongoAccountHolders
from vouchers.adapters.cards.mongo_owed_rewards import MongoOwedRewards
from vouchers.adapters.cards.mongo_vouchers import MongoVouchers
from vouchers.adapters.cards.mongo_wrong_codes import MongoWrongCodes
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.cards.account_holders import AccountHolders
from vouchers.application.cards.cards import Cards
from vouchers.application.cards.claim_voucher import ClaimVoucher
from vouchers.application.cards.expire_vouchers import ExpireVouchers
from vouchers.application.cards.free_vouchers import FreeVouchers, looks_at
from vouchers.application.cards.give_owed_rewards import GiveOwedRewards
from vouchers.application.cards.hand_out import HandOut
from vouchers.application.cards.read_vouchers import ReadVouchers
from vouchers.application.cards.reward_reporter import RewardReporter
from vouchers.application.cards.show_code import ShowCode
from vouchers.application.merchants.ports import Merchants
from vouchers.application.till.presented import ReadPresented
from vouchers.application.till.preview_voucher import PreviewVoucher
from vouchers.application.till.read_redemption import ReadRedemption
from vouchers.application.till.redeem_voucher import RedeemVoucher
from vouchers.application.till.reverse_redemption import ReverseRedemption
from vouchers.application.till.till import Till
from vouchers.bootstrap.foundation import Foundation
from vouchers.consumers.on_account_bound import AccountBound, on_account_bound
from vouchers.consumers.on_account_unbound import AccountUnbound, on_account_unbound
from vouchers.consumers.reward_on_issue_confirmed import IssueConfirmed, reward_on_issue_confirmed
from vouchers.consumers.topics import ISSUES_TOPIC, RESIDENTS_TOPIC
from vouchers.domain.cards.minting import LOTS
from vouchers.domain.cards.voucher import voucher_facts

PLAN = Plan(
    outboxes=(mongo_account_holders.COLLECTION, mongo_vouchers.COLLECTION),
    indexes=(
        *mongo_vouchers.INDEXES,
        *mongo_wrong_codes.INDEXES,
        *mongo_owed_rewards.INDEXES,
    ),
)

_EXPIRING_SECONDS = 60.0
_GIVING_SECONDS = 30.0


@dataclass(frozen=True)
class BuiltCards:
    """Built once a process."""

    room: Room[Cards]
    till: Till


def build(
    foundation: Foundation, campaigns: Campaigns, merchants: Merchants, vouchers: MongoVouchers
) -> BuiltCards:
    """Build it; the store need not be there yet."""
    holders = MongoAccountHolders(foundation.store)
    look_at = JoinedReads(looks_at(vouchers, foundation.now, _new_lot)).by_id
    hand_out = HandOut(vouchers, FreeVouchers(look_at, foundation.now), foundation.now)
    cards = _cards(foundation, campaigns, merchants, holders, hand_out)
    owed = MongoOwedRewards(foundation.store)
    reward = RewardReporter(campaigns, holders, hand_out, owed)
    give_owed = GiveOwedRewards(owed, reward)
    expiring = Lease(foundation.store, "expiring-vouchers")
    giving = Lease(foundation.store, "giving-owed-rewards")

    async def expire() -> None:
        await cards.expire()

    room = Room(
        use_cases=cards,
        listeners=_listeners(foundation, holders, reward),
        background={
            "expiring vouchers": lambda: expiring.run_every(_EXPIRING_SECONDS, expire),
            "giving owed rewards": lambda: giving.run_every(_GIVING_SECONDS, give_owed),
        },
        facts=[Facts(vouchers, voucher_facts)],
    )
    return BuiltCards(room, _till(foundation, campaigns, merchants, vouchers))


def _cards(
    foundation: Foundation,
    campaigns: Campaigns,
    merchants: Merchants,
    holders: AccountHolders,
    hand_out: HandOut,
) -> Cards:
    vouchers, now = hand_out.vouchers, foundation.now
    read = ReadVouchers(vouchers, campaigns, holders, merchants, now)
    return Cards(
        claim=ClaimVoucher(campaigns, holders, hand_out),
        read=read,
        show_code=ShowCode(read, foundation.code_hash, now),
        expire=ExpireVouchers(vouchers, now),
    )


def _till(
    foundation: Foundation, campaigns: Campaigns, merchants: Merchants, vouchers: MongoVouchers
) -> Till:
    now, wrong_codes = foundation.now, MongoWrongCodes(foundation.store)
    presented = ReadPresented(
        vouchers, campaigns, merchants, wrong_codes, foundation.code_hash, now
    )
    return Till(
        redeem=RedeemVoucher(vouchers, presented, now),
        preview=PreviewVoucher(presented, now),
        read=ReadRedemption(vouchers),
        reverse=ReverseRedemption(vouchers, now),
    )


def _listeners(
    foundation: Foundation, holders: AccountHolders, reward: RewardReporter
) -> list[Listener[Any]]:
    return [
        Listener(RESIDENTS_TOPIC, AccountBound, on_account_bound(holders)),
        Listener(RESIDENTS_TOPIC, AccountUnbound, on_account_unbound(holders)),
        Listener(ISSUES_TOPIC, IssueConfirmed, reward_on_issue_confirmed(reward, foundation.now)),
    ]


def _new_lot() -> int:
    return secrets.randbelow(LOTS)
