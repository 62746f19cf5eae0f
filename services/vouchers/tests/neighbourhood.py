"""A campaign, a merchant and neighbours, over whichever stores a test has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from chassis.encryption import KEY_BYTES, LookupHash
from chassis.ids import derived_id
from chassis.joined_reads import JoinedReads
from chassis.testing import REQUESTS, FrozenClock
from vouchers.adapters.campaigns.memory_campaigns import MemoryCampaigns
from vouchers.adapters.cards.memory_account_holders import MemoryAccountHolders
from vouchers.adapters.cards.memory_owed_rewards import MemoryOwedRewards
from vouchers.adapters.cards.memory_vouchers import MemoryVouchers
from vouchers.adapters.cards.memory_wrong_codes import MemoryWrongCodes
from vouchers.adapters.ledger.identities import entry_id
from vouchers.adapters.ledger.memory_ledger import (
    MemoryLedgerEntries,
    MemoryLedgerHeads,
    MemoryVoucherCounts,
)
from vouchers.adapters.merchants.memory_merchants import MemoryMerchants
from vouchers.api.till.orders import till_order
from vouchers.application.campaigns.mint_vouchers import MintVouchers
from vouchers.application.cards.claim_voucher import ClaimVoucher
from vouchers.application.cards.expire_vouchers import ExpireVouchers
from vouchers.application.cards.free_vouchers import FreeVouchers, looks_at
from vouchers.application.cards.give_owed_rewards import GiveOwedRewards
from vouchers.application.cards.hand_out import HandOut
from vouchers.application.cards.read_vouchers import ReadVouchers
from vouchers.application.cards.reward_reporter import RewardReporter
from vouchers.application.cards.show_code import ShowCode
from vouchers.application.ledger.post_entries import PostEntries
from vouchers.application.ledger.release_unclaimed import ReleaseUnclaimed
from vouchers.application.ledger.seal_entries import SealEntries
from vouchers.application.ledger.verify_ledger import VerifyLedger
from vouchers.application.till.ports import Redemption
from vouchers.application.till.presented import ReadPresented
from vouchers.application.till.preview_voucher import PreviewVoucher
from vouchers.application.till.read_redemption import ReadRedemption
from vouchers.application.till.redeem_voucher import RedeemVoucher, TillOrder
from vouchers.application.till.reverse_redemption import ReverseRedemption
from vouchers.application.till.till import Till
from vouchers.domain.actors import Actor, Role, RoleGrant
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.campaigns.terms import (
    CampaignKind,
    CampaignTerms,
    Funder,
    FunderKind,
)
from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.events import (
    VoucherClaimed,
    VoucherExpiredEvent,
    VoucherRedeemed,
    VoucherReversed,
)
from vouchers.domain.cards.voucher import Voucher
from vouchers.domain.ledger import posting
from vouchers.domain.merchants.merchant import Merchant, MerchantState, Store
from vouchers.domain.merchants.particulars import BusinessKind

COMMUNITY = derived_id("community", "here")
ELSEWHERE = derived_id("community", "there")
ESTATE = derived_id("estate", "1")
CODE_HASH = LookupHash(bytes(KEY_BYTES))
LEDGER_HASH = LookupHash(b"l" * KEY_BYTES)
CLERK = Actor(derived_id("account", "clerk"), COMMUNITY, (RoleGrant(Role.CLERK),))
SECRETARY = Actor(derived_id("account", "secretary"), COMMUNITY, (RoleGrant(Role.SECRETARY),))
AUDITOR = Actor(derived_id("account", "auditor"), COMMUNITY, (RoleGrant(Role.AUDITOR),))


def terms_of(begins_at: datetime, **changed: Any) -> CampaignTerms:
    """Twenty red packets of 20 yuan for bills from 50 yuan, a week to claim, a month to use."""
    terms = CampaignTerms(
        title="邻里消费红包",
        funder=Funder(FunderKind.COMMITTEE, "社区居委会"),
        kind=CampaignKind.RED_PACKET,
        face_value_fen=2_000,
        minimum_spend_fen=5_000,
        stock=20,
        budget_fen=50_000,
        per_person=1,
        per_household=2,
        claim_from=begins_at,
        claim_until=begins_at + timedelta(days=7),
        use_until=begins_at + timedelta(days=30),
    )
    return msgspec.structs.replace(terms, **changed)


def resident(name: str, *, community_id: str = COMMUNITY) -> Actor:
    """Somebody by name, with the role that a verified binding gives."""
    return Actor(derived_id("account", name), community_id, (RoleGrant(Role.RESIDENT, (ESTATE,)),))


def merchant_actor(name: str = "面馆", *, till: str = "1") -> Actor:
    """A till of a merchant."""
    scope = (derived_id("merchant", name),)
    return Actor(derived_id("account", name, till), COMMUNITY, (RoleGrant(Role.MERCHANT, scope),))


def store_id(name: str = "面馆") -> str:
    """The one store of a merchant."""
    return derived_id("store", name)


def order(
    actor: Actor,
    code: str,
    *,
    key: str = "key-1",
    bill_fen: int = 6_000,
    amount_fen: int | None = None,
    store: str | None = None,
) -> TillOrder:
    """What a till asks for."""
    at = store or store_id()
    asked = {"code": code, "bill_fen": bill_fen, "amount_fen": amount_fen, "store_id": at}
    request = REQUESTS.request_for(actor.account_id, key, **asked)
    return till_order(
        actor, request, code=code, bill_fen=bill_fen, amount_fen=amount_fen, store_id=at
    )


@dataclass
class Stores:
    """What a neighbourhood lies in."""

    campaigns: Any = field(default_factory=MemoryCampaigns)
    merchants: Any = field(default_factory=MemoryMerchants)
    holders: Any = field(default_factory=MemoryAccountHolders)
    vouchers: Any = field(default_factory=lambda: MemoryVouchers(code_hash=CODE_HASH))
    wrong_codes: Any = field(default_factory=MemoryWrongCodes)
    owed: Any = field(default_factory=MemoryOwedRewards)
    entries: Any = field(default_factory=MemoryLedgerEntries)
    heads: Any = field(default_factory=MemoryLedgerHeads)
    counts: Any = None

    def __post_init__(self) -> None:
        if self.counts is None:
            self.counts = MemoryVoucherCounts(self.vouchers)


class Neighbourhood:
    """All use cases over some stores, and a clock that moves only when told."""

    def __init__(self, stores: Stores | None = None, clock: FrozenClock | None = None) -> None:
        self.stores = stores or Stores()
        self.clock = clock or FrozenClock()
        self._lot = 0
        kept, now = self.stores, self.clock
        look_at = JoinedReads(looks_at(kept.vouchers, now, self._new_lot)).by_id
        hand_out = HandOut(kept.vouchers, FreeVouchers(look_at, now), now)
        self.claim = ClaimVoucher(kept.campaigns, kept.holders, hand_out)
        self.reward = RewardReporter(kept.campaigns, kept.holders, hand_out, kept.owed)
        self.give_owed = GiveOwedRewards(kept.owed, self.reward)
        self.read = ReadVouchers(kept.vouchers, kept.campaigns, kept.holders, kept.merchants, now)
        self.show_code = ShowCode(self.read, CODE_HASH, now)
        self.expire = ExpireVouchers(kept.vouchers, now)
        presented = ReadPresented(
            kept.vouchers, kept.campaigns, kept.merchants, kept.wrong_codes, CODE_HASH, now
        )
        self.till = Till(
            redeem=RedeemVoucher(kept.vouchers, presented, now),
            preview=PreviewVoucher(presented, now),
            read=ReadRedemption(kept.vouchers),
            reverse=ReverseRedemption(kept.vouchers, now),
        )
        self.mint = MintVouchers(kept.campaigns, kept.vouchers, now)
        self.post = PostEntries(kept.entries, kept.heads, entry_id, now)
        self.release = ReleaseUnclaimed(kept.campaigns, kept.vouchers, kept.counts, self.post)
        self.seal = SealEntries(kept.entries, kept.heads, LEDGER_HASH)
        self.verify = VerifyLedger(
            kept.entries, kept.heads, kept.counts, kept.campaigns, LEDGER_HASH, now
        )

    def _new_lot(self) -> int:
        self._lot = (self._lot + 1_000_003) % 2**31
        return self._lot

    async def campaign(self, name: str = "campaign", **terms: Any) -> Campaign:
        """A live campaign."""
        draft = Campaign.draft(
            derived_id("campaign", name),
            terms_of(self.clock(), **terms),
            funder_id=derived_id("funder", "1"),
            by=CLERK,
            at=self.clock(),
        )
        campaigns = self.stores.campaigns
        await campaigns.add(draft)
        await campaigns.change(
            COMMUNITY,
            draft.id,
            lambda each: each.approve(SECRETARY, self.clock(), terms_number=each.terms_number),
        )
        await self.mint()
        return await self.changed(draft.id)

    async def changed(self, campaign_id: str) -> Campaign:
        """The campaign as it now is."""
        campaign: Campaign = await self.stores.campaigns.get(COMMUNITY, campaign_id)
        return campaign

    async def pause(self, campaign: Campaign) -> None:
        """Stop it for now; the vouchers hear of it with the worker's next turn."""
        await self.stores.campaigns.change(
            COMMUNITY, campaign.id, lambda each: each.pause(SECRETARY, self.clock())
        )

    async def end(self, campaign: Campaign) -> None:
        """Give out no more of it."""
        await self.stores.campaigns.change(
            COMMUNITY, campaign.id, lambda each: each.end(SECRETARY, self.clock())
        )

    async def merchant(
        self, name: str = "面馆", *, state: MerchantState = MerchantState.APPROVED
    ) -> Merchant:
        """A merchant with one store."""
        merchant: Merchant = await self.stores.merchants.add(
            Merchant(
                id=derived_id("merchant", name),
                community_id=COMMUNITY,
                credit_code=derived_id("code", name),
                name=name,
                business=BusinessKind.CATERING,
                is_alliance_member=True,
                contact=None,
                payee=None,
                state=state,
                registered_at=self.clock(),
                registered_by=CLERK.account_id,
                stores=(Store(id=store_id(name), name=f"{name}一店", address="东街 1 号"),),
            )
        )
        return merchant

    async def neighbour(
        self,
        name: str,
        *,
        household: str | None = None,
        estate_id: str = ESTATE,
        person: str | None = None,
    ) -> Actor:
        """Somebody whose binding was verified, as that person or as who they are."""
        actor = resident(name)
        await self.stores.holders.add(AccountHolder(id=actor.account_id, community_id=COMMUNITY))
        await self.stores.holders.change(
            COMMUNITY,
            actor.account_id,
            lambda holder: holder.bind(
                derived_id("household", household or name),
                estate_id=estate_id,
                person_key=derived_id("person", person or name),
                at=self.clock(),
                sequence=1,
            ),
        )
        return actor

    async def unbound(self, actor: Actor) -> None:
        """All that binds an account to a household is over."""
        account = await self.stores.holders.get(COMMUNITY, actor.account_id)
        for household in account.households:
            await self.stores.holders.change(
                COMMUNITY,
                actor.account_id,
                lambda holder, left=household.household_id: holder.unbind(left, at=self.clock()),
            )

    async def claimed(self, actor: Actor, campaign: Campaign, *, request: str = "1") -> Voucher:
        """A voucher of somebody's."""
        return await self.claim(
            actor, campaign.id, claim_key=derived_id("claim", actor.account_id, request)
        )

    async def code(self, actor: Actor, voucher: Voucher) -> str:
        """What the holder's phone shows now."""
        return (await self.show_code(actor, voucher.id)).code

    async def redeemed(
        self, holder: Actor, voucher: Voucher, *, till: Actor | None = None, **asked: Any
    ) -> Redemption:
        """The holder shows the code, and a till takes it."""
        at = till or merchant_actor()
        return await self.till.redeem(at, order(at, await self.code(holder, voucher), **asked))

    async def voucher(self, voucher: Voucher) -> Voucher:
        """The voucher as it now is."""
        found: Voucher = await self.stores.vouchers.get(COMMUNITY, voucher.id)
        return found

    async def post_told(self, campaign: Campaign) -> None:
        """Enter what vouchers in memory have told so far."""
        terms = campaign.terms
        at = campaign.approved_at or self.clock()
        await self._posted(posting.reserved(campaign.id, campaign.funder_id, terms.budget_fen, at))
        for event in self.stores.vouchers.events:
            await self._posted(posting_of(event))

    async def _posted(self, entry: posting.Posting) -> None:
        await self.post(COMMUNITY, derived_id("event", entry.kind, entry.key), entry)


def posting_of(event: object) -> posting.Posting:
    """As the consumers do."""
    match event:
        case VoucherClaimed():
            return posting.claimed(
                event.campaign_id, event.voucher_id, event.face_value_fen, event.claimed_at
            )
        case VoucherRedeemed():
            return posting.redeemed(_slip(event), event.amount_fen, event.redeemed_at)
        case VoucherReversed():
            return posting.taken_back(_slip(event), event.amount_fen, event.reversed_at)
        case VoucherExpiredEvent():
            return posting.expired(
                event.campaign_id, event.voucher_id, event.released_fen, event.expired_at
            )
    raise TypeError(type(event))


def _slip(event: VoucherRedeemed | VoucherReversed) -> posting.TillSlip:
    return posting.TillSlip(
        event.voucher_id, event.campaign_id, event.use_id, event.merchant_id, event.store_id
    )


def distinct(outcomes: Sequence[object]) -> int:
    """How many different ones there are."""
    return len({repr(each) for each in outcomes})
