"""What a resident reads: their vouchers, and what can be claimed."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from vouchers.application.authorisation import demand
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.cards.account_holders import AccountHolders
from vouchers.application.cards.ports import Vouchers
from vouchers.application.listed import Listed
from vouchers.application.merchants.ports import Merchants
from vouchers.application.ports import Cursor, Now, Page
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign, CampaignState
from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.errors import VoucherNotFound
from vouchers.domain.cards.permissions import READ_LIVE_CAMPAIGNS, READ_NAMES, READ_OWN_VOUCHERS
from vouchers.domain.cards.voucher import Holder, Voucher
from vouchers.domain.merchants.merchant import Merchant

_LIVE_SHOWN = 50


class LiveCampaign(msgspec.Struct, frozen=True):
    """A campaign as a resident sees it.

    Attributes:
        held: how many of it the caller has.
        is_left: whether one can be claimed at this moment.
    """

    campaign: Campaign
    held: int
    is_left: bool


@dataclass(frozen=True)
class ReadVouchers:
    """A voucher is its holder's alone: the person's, from whichever of their accounts."""

    vouchers: Vouchers
    campaigns: Campaigns
    holders: AccountHolders
    merchants: Merchants
    now: Now

    async def own(self, actor: Actor, voucher_id: str) -> Voucher:
        """One of the caller's. Raises: Forbidden; VoucherNotFound for another's, too."""
        demand(actor, READ_OWN_VOUCHERS)
        account = await self.holders.find(actor.community_id, actor.account_id)
        voucher = await self.vouchers.get(actor.community_id, voucher_id)
        if not _is_of(voucher, account):
            raise VoucherNotFound
        return voucher

    async def listed(self, actor: Actor, *, first: int, after: Cursor | None) -> Page[Voucher]:
        """The caller's, the latest claimed first. Raises: Forbidden."""
        demand(actor, READ_OWN_VOUCHERS)
        account = await self.holders.find(actor.community_id, actor.account_id)
        if account is None or account.person_key is None:
            return Listed()
        holder = Holder(account.person_key, None, account.id)
        return await self.vouchers.of_holder(actor.community_id, holder, first=first, after=after)

    async def live(self, actor: Actor) -> list[LiveCampaign]:
        """What can be claimed by residents, the newest first. Raises: Forbidden."""
        demand(actor, READ_LIVE_CAMPAIGNS)
        page = await self.campaigns.newest_first(
            actor.community_id, CampaignState.LIVE, first=_LIVE_SHOWN, after=None
        )
        account = await self.holders.find(actor.community_id, actor.account_id)
        open_ = [each for each in page.items if each.terms.reward_for is None]
        return [await self._shown(campaign, account) for campaign in open_]

    async def titles(self, actor: Actor, ids: Sequence[str]) -> list[str | None]:
        """What campaigns are called, in the order of their ids. Raises: Forbidden."""
        demand(actor, READ_NAMES)
        found = await self.campaigns.get_many(actor.community_id, ids)
        return [each.terms.title if each else None for each in found]

    async def shops(self, actor: Actor, ids: Sequence[str]) -> list[Merchant | None]:
        """Merchants, for their names, in the order of their ids. Raises: Forbidden."""
        demand(actor, READ_NAMES)
        return await self.merchants.get_many(actor.community_id, ids)

    async def _shown(self, campaign: Campaign, account: AccountHolder | None) -> LiveCampaign:
        at = self.now()
        left = await self.vouchers.claimable(campaign.community_id, campaign.id, at, lot=0)
        held = 0
        if account is not None and account.person_key is not None:
            counted = await self.vouchers.held(
                campaign.community_id, campaign.id, account.person_key, None
            )
            held = counted.by_person
        in_window = campaign.terms.claim_from <= at < campaign.terms.claim_until
        return LiveCampaign(campaign, held, is_left=in_window and bool(left))


def _is_of(voucher: Voucher, account: AccountHolder | None) -> bool:
    if account is None or account.person_key is None:
        return False
    return voucher.person_key == account.person_key or voucher.account_id == account.id
