"""A resident who is known to have a home, their vouchers, and what they paid at the shop."""

from datetime import datetime, timedelta
from typing import Any

from chassis.clock import utc_now
from chassis.testing_waits import until
from residents.domain.logins.events import AccountBound

from local_stack.acting.one_of_each.neighbours import own_resident
from local_stack.acting.one_of_each.world import World

_CLAIM = (
    "mutation M($input: ClaimVoucherInput!) { claimVoucher(input: $input) "
    "{ __typename ... on ClaimVoucherSuccess { voucher { id } } ... on UserError { code } } }"
)
_CODE = "query Q($id: ID!) { voucherCode(id: $id) { ... on VoucherCode { code validUntil } } }"
_REDEEM = (
    "mutation M($input: RedeemVoucherInput!) { redeemVoucher(input: $input) "
    "{ __typename ... on RedeemVoucherSuccess { redemption { id } } ... on UserError { code } } }"
)
_LONG_ENOUGH = timedelta(seconds=25)
_BILL_FEN = 6_000


async def own_voucher(world: World) -> str:
    """A new voucher of the resident's, as soon as their home is known there."""
    await _tell_of_home(world)
    campaign_id = await world.shops.live()
    given = {"requestId": world.request_id(), "campaignId": campaign_id}

    async def claimed() -> str | None:
        outcome = await world.as_role("resident", _CLAIM, {"input": given}, "claimVoucher")
        assert outcome["__typename"] in {"ClaimVoucherSuccess", "NotEligible"}, outcome
        return outcome["voucher"]["id"] if "voucher" in outcome else None

    return str(await until(claimed, within_seconds=30))


async def payment(world: World) -> dict[str, Any]:
    """What a till of the shop asks for, by a code that has only just begun."""
    voucher_id = await own_voucher(world)

    async def fresh() -> str | None:
        shown = await world.as_role("resident", _CODE, {"id": voucher_id}, "voucherCode")
        left = datetime.fromisoformat(shown["validUntil"]) - utc_now()
        return shown["code"] if left > _LONG_ENOUGH else None

    code = await until(fresh, within_seconds=40)
    return {"code": code, "billFen": _BILL_FEN, "storeId": world.shop.store_id}


async def redemption(world: World) -> str:
    """A redemption at the shop."""
    given = {"requestId": world.request_id(), **await payment(world)}
    outcome = await world.as_role("merchant", _REDEEM, {"input": given}, "redeemVoucher")
    assert outcome["__typename"] == "RedeemVoucherSuccess", outcome
    return str(outcome["redemption"]["id"])


async def _tell_of_home(world: World) -> None:
    """As residents tells when a binding is verified."""
    resident = await own_resident(world)
    account_id = world.people["resident"].account.account_id
    home = resident.home
    assert home is not None
    told = AccountBound(
        community_id=world.community_id,
        account_id=account_id,
        person_key=resident.person_key,
        resident_id=resident.id,
        household_id=home.household_id,
        estate_id=home.estate_id,
        building_id=home.building_id,
        union_mark=None,
        bound_at=utc_now(),
    )
    accounts = world.cast.rooms.identity.accounts
    await accounts.change(world.community_id, account_id, lambda account: (account, [told]))
