"""How to try what is about vouchers, tills and the books."""

from datetime import timedelta

from chassis.clock import utc_now
from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.customers import own_voucher, payment, redemption
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query

_PAGE = "pageInfo { hasNextPage }"


async def _community(world: World, _: str) -> Variables:
    return {"id": world.community_id}


async def _claim(world: World, _: str) -> Variables:
    await own_voucher(world)  # from then on the resident's home is known
    return {"campaignId": await world.shops.live()}


async def _own_voucher(world: World, _: str) -> Variables:
    return {"id": await own_voucher(world)}


async def _payment(world: World, _: str) -> Variables:
    return await payment(world)


async def _redemption(world: World, _: str) -> Variables:
    return {"redemptionId": await redemption(world), "reason": "ENTERED_TWICE"}


async def _period(world: World, role: str) -> Variables:
    """The merchant's own for a merchant, and named for everybody else."""
    now = utc_now()
    return {
        "from": (now - timedelta(days=1)).isoformat(),
        "to": (now + timedelta(days=1)).isoformat(),
        "merchant": None if role == "merchant" else world.shop.merchant_id,
    }


VOUCHER_TRIALS: dict[str, Trial] = {
    "Query.liveCampaigns": query("vouchers", "liveCampaigns", "id title"),
    "Query.myVouchers": query("vouchers", "myVouchers", _PAGE),
    "Query.voucherCode": query(
        "vouchers", "voucherCode", "... on VoucherCode { code }", _own_voucher
    ),
    "Mutation.claimVoucher": mutation("vouchers", "claimVoucher", _claim),
    "Mutation.redeemVoucher": mutation("vouchers", "redeemVoucher", _payment),
    "Mutation.reverseRedemption": mutation("vouchers", "reverseRedemption", _redemption),
    "Query.ledgerEntries": query("vouchers", "ledgerEntries", _PAGE),
    "Query.merchantStatement": Trial(
        "vouchers",
        "query Q($from: DateTime!, $to: DateTime!, $merchant: ID) "
        "{ merchantStatement(from: $from, to: $to, merchantId: $merchant) { totalFen } }",
        _period,
        ("merchantStatement",),
    ),
    "Community.voucherFigures": Trial(
        "vouchers",
        "query Q($id: ID!) { community(id: $id) { voucherFigures { openFen } } }",
        _community,
        ("community", "voucherFigures"),
    ),
}
