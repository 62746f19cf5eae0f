"""How to try what is about merchants, their clients and campaigns."""

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query

_PAGE = "pageInfo { hasNextPage }"


async def _own_merchant(world: World, _: str) -> Variables:
    return {"id": world.shop.merchant_id}


async def _new_merchant(world: World, _: str) -> Variables:
    return world.shops.new_merchant()


async def _new_store(world: World, _: str) -> Variables:
    return {"merchantId": await world.shops.registered(), "name": "二店", "address": "西街 2 号"}


async def _merchant_to_approve(world: World, _: str) -> Variables:
    return {"merchantId": await world.shops.registered()}


async def _merchant_to_suspend(world: World, _: str) -> Variables:
    return {"merchantId": await world.shops.approved(), "reason": "多次拒收消费券"}


async def _merchant_to_reinstate(world: World, _: str) -> Variables:
    return {"merchantId": await world.shops.suspended()}


async def _new_client(world: World, _: str) -> Variables:
    return {"merchantId": world.shop.merchant_id, "kind": "PORTAL"}


async def _client_to_revoke(world: World, _: str) -> Variables:
    return {"clientId": await world.shops.client(world.shop.merchant_id)}


async def _a_campaign(world: World, _: str) -> Variables:
    return {"id": await world.shops.drafted()}


async def _new_campaign(world: World, _: str) -> Variables:
    return {"terms": world.shops.new_terms()}


async def _campaign_to_amend(world: World, _: str) -> Variables:
    return {"campaignId": await world.shops.drafted(), "terms": world.shops.new_terms(stock=10)}


async def _campaign_to_approve(world: World, _: str) -> Variables:
    return {"campaignId": await world.shops.drafted(), "termsNumber": 1}


async def _live_campaign(world: World, _: str) -> Variables:
    return {"campaignId": await world.shops.live()}


async def _paused_campaign(world: World, _: str) -> Variables:
    return {"campaignId": await world.shops.paused()}


MERCHANT_TRIALS: dict[str, Trial] = {
    "Query.merchantClients": Trial(
        "residents",
        f"query Q($id: ID!) {{ merchantClients(merchantId: $id) {{ {_PAGE} }} }}",
        _own_merchant,
        ("merchantClients",),
    ),
    "Mutation.issueMerchantClient": mutation("residents", "issueMerchantClient", _new_client),
    "Mutation.revokeMerchantClient": mutation(
        "residents", "revokeMerchantClient", _client_to_revoke
    ),
    "Query.merchants": query("vouchers", "merchants", _PAGE),
    "Query.merchant": query("vouchers", "merchant", "id name", _own_merchant),
    "Mutation.registerMerchant": mutation("vouchers", "registerMerchant", _new_merchant),
    "Mutation.addStore": mutation("vouchers", "addStore", _new_store),
    "Mutation.approveMerchant": mutation("vouchers", "approveMerchant", _merchant_to_approve),
    "Mutation.suspendMerchant": mutation("vouchers", "suspendMerchant", _merchant_to_suspend),
    "Mutation.reinstateMerchant": mutation("vouchers", "reinstateMerchant", _merchant_to_reinstate),
    "Query.campaigns": query("vouchers", "campaigns", _PAGE),
    "Query.campaign": query("vouchers", "campaign", "id title", _a_campaign),
    "Mutation.draftCampaign": mutation("vouchers", "draftCampaign", _new_campaign),
    "Mutation.amendCampaign": mutation("vouchers", "amendCampaign", _campaign_to_amend),
    "Mutation.approveCampaign": mutation("vouchers", "approveCampaign", _campaign_to_approve),
    "Mutation.pauseCampaign": mutation("vouchers", "pauseCampaign", _live_campaign),
    "Mutation.resumeCampaign": mutation("vouchers", "resumeCampaign", _paused_campaign),
    "Mutation.endCampaign": mutation("vouchers", "endCampaign", _live_campaign),
}
