"""What a resident reads: their vouchers, and what can be claimed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from vouchers.application.authorisation import demand
from vouchers.application.campaigns.ports import Campaigns
from vouchers.application.cards.account_holders import AccountHolders
from vouchers.application.cards.ports import Vouchers
from vouchers.application.listed import Listed
from vouchers.application.merchants.ports import Merchants, Shop
from vouchers.application.ports import Cursor, Now, Page
from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.campaign import Campaign
from vouchers.domain.cards.account_holders import AccountHolder
from vouchers.domain.cards.errors import VoucherNotFound
from vouchers.domain.cards.permissions import READ_LIVE_CAMPAIGNS, READ_NAMES, READ_OWN_VOUCHERS
from vouchers.domain.cards.voucher import Holder, Voucher

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
    """A voucher is its holder's alone: the person's, from whichever of their accounts.

    An account is the person's for as long as a binding of it stands. It has what the person got
    by any account, and what was got by it under another pseudonym.
    """

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
        holder = _holder(account)
        if holder is None:
            return Listed()
        return await self.vouchers.of_holder(actor.community_id, holder, first=first, after=after)

    async def live(self, actor: Actor) -> list[LiveCampaign]:
        """What can be claimed by residents of the caller's estate, now or soon, the newest first.

        Raises: Forbidden.
        """
        demand(actor, READ_LIVE_CAMPAIGNS)
        account = await self.holders.find(actor.community_id, actor.account_id)
        estate_id = account.home.estate_id if account and account.home else None
        found, held = await asyncio.gather(
            self.campaigns.claimable(actor.community_id, estate_id, self.now(), limit=_LIVE_SHOWN),
            self._held_of(actor.community_id, _holder(account)),
        )
        at = self.now()
        open_ = [each.id for each in found if each.terms.claim_from <= at]
        left = await self.vouchers.with_some_left(actor.community_id, open_, at)
        return [LiveCampaign(each, held.get(each.id, 0), is_left=each.id in left) for each in found]

    async def titles(self, actor: Actor, ids: Sequence[str]) -> list[str | None]:
        """What campaigns are called, in the order of their ids. Raises: Forbidden."""
        demand(actor, READ_NAMES)
        found = await self.campaigns.get_many(actor.community_id, ids)
        return [each.terms.title if each else None for each in found]

    async def shops(self, actor: Actor, ids: Sequence[str]) -> list[Shop | None]:
        """Merchants by name, in the order of their ids. Raises: Forbidden."""
        demand(actor, READ_NAMES)
        return await self.merchants.shops(actor.community_id, ids)

    async def _held_of(self, community_id: str, holder: Holder | None) -> Mapping[str, int]:
        return await self.vouchers.held_of(community_id, holder) if holder else {}


def _holder(account: AccountHolder | None) -> Holder | None:
    if account is None or account.person is None:
        return None
    return Holder(account.person, None, account.id)


def _is_of(voucher: Voucher, account: AccountHolder | None) -> bool:
    holder = _holder(account)
    if holder is None:
        return False
    return voucher.person_key == holder.person_key or voucher.account_id == holder.account_id
