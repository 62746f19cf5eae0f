"""Merchants with their tills, and campaigns: what trials of vouchers are about."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from chassis.clock import utc_now
from chassis.testing_waits import until
from vouchers.domain.merchants.credit_code import check_character


class Asks(Protocol):
    """Asks the gateway as the person of a role."""

    def __call__(self, role: str, document: str, variables: Any, field: str) -> Awaitable[Any]: ...


@dataclass(frozen=True)
class Shop:
    """A merchant that was approved, one of its shops, and a client of it."""

    merchant_id: str
    store_id: str
    client_id: str


class Shops:
    """Makes them, each by the people who may."""

    def __init__(self, ask: Asks, number: Callable[[], int], request_id: Callable[[], str]) -> None:
        self._ask = ask
        self._number = number
        self._request_id = request_id

    def new_merchant(self) -> dict[str, Any]:
        """A business that nobody registered."""
        body = f"91350100{self._number():09d}"
        return {
            "name": f"商户{body[-4:]}",
            "creditCode": body + check_character(body),
            "business": "GROCERY",
            "isAllianceMember": True,
            "contactName": "王桂兰",
            "contactPhone": "13812345678",
            "payeeName": "王桂兰",
            "payeeAccountNumber": "6222020200012345678",
        }

    def new_terms(self, **changed: Any) -> dict[str, Any]:
        """What a campaign promises."""
        now = utc_now()
        return {
            "title": f"消费红包{self._number()}",
            "funder": {"kind": "COMMITTEE", "name": "社区居委会"},
            "kind": "RED_PACKET",
            "faceValueFen": 2_000,
            "minimumSpendFen": 0,
            "stock": 20,
            "budgetFen": 40_000,
            "perPerson": 20,
            "perHousehold": 20,
            "claimFrom": now.isoformat(),
            "claimUntil": (now + timedelta(days=7)).isoformat(),
            "useUntil": (now + timedelta(days=30)).isoformat(),
            **changed,
        }

    async def registered(self) -> str:
        """A merchant that waits for the secretary."""
        made = await self._done("clerk", "registerMerchant", self.new_merchant())
        return str(made["merchant"]["id"])

    async def approved(self) -> str:
        """A merchant that may take vouchers."""
        merchant_id = await self.registered()
        await self._done("secretary", "approveMerchant", {"merchantId": merchant_id})
        return merchant_id

    async def suspended(self) -> str:
        """A merchant that is shut out."""
        merchant_id = await self.approved()
        await self.suspend(merchant_id)
        return merchant_id

    async def store(self, merchant_id: str) -> str:
        """One more shop of a merchant."""
        new = {"merchantId": merchant_id, "name": "一店", "address": "东街 1 号"}
        made = await self._done("clerk", "addStore", new)
        return str(made["store"]["id"])

    async def client(self, merchant_id: str) -> str:
        """The id of a new client of a merchant."""
        client_id, _ = await self.credentials(merchant_id)
        return client_id

    async def credentials(self, merchant_id: str) -> tuple[str, str]:
        """Id and secret of a new client, as soon as residents has heard of the merchant."""
        new = {"merchantId": merchant_id, "kind": "TILL"}

        async def issued() -> tuple[str, str] | None:
            made = await self._tried("clerk", "issueMerchantClient", new)
            return (made["clientId"], made["clientSecret"]) if "clientId" in made else None

        made = await until(issued, within_seconds=30)
        assert isinstance(made, tuple)
        return made

    async def suspend(self, merchant_id: str) -> None:
        """Shut a merchant out."""
        given = {"merchantId": merchant_id, "reason": "多次拒收消费券"}
        await self._done("secretary", "suspendMerchant", given)

    async def open(self) -> Shop:
        """A merchant with everything."""
        merchant_id = await self.approved()
        return Shop(merchant_id, await self.store(merchant_id), await self.client(merchant_id))

    async def drafted(self, **terms: Any) -> str:
        """A campaign that waits for the secretary."""
        made = await self._done("clerk", "draftCampaign", {"terms": self.new_terms(**terms)})
        return str(made["campaign"]["id"])

    async def live(self, **terms: Any) -> str:
        """A campaign whose vouchers can be claimed and used."""
        campaign_id = await self.drafted(**terms)
        await self._done(
            "secretary", "approveCampaign", {"campaignId": campaign_id, "termsNumber": 1}
        )
        query = "query Q($id: ID!) { campaign(id: $id) { state } }"

        async def is_live() -> bool:
            seen = await self._ask("clerk", query, {"id": campaign_id}, "campaign")
            return bool(seen["state"] == "LIVE")

        await until(is_live, within_seconds=30)
        return campaign_id

    async def paused(self) -> str:
        """A campaign that goes on when it is told to."""
        campaign_id = await self.live()
        await self._done("secretary", "pauseCampaign", {"campaignId": campaign_id})
        return campaign_id

    async def _done(self, role: str, mutation: str, content: dict[str, Any]) -> Any:
        outcome = await self._tried(role, mutation, content)
        assert outcome["__typename"].endswith("Success"), outcome
        return outcome

    async def _tried(self, role: str, mutation: str, content: dict[str, Any]) -> dict[str, Any]:
        given = {"requestId": self._request_id(), **content}
        kind = mutation[0].upper() + mutation[1:]
        document = (
            f"mutation M($input: {kind}Input!) {{ {mutation}(input: $input) {{ __typename "
            f"... on {kind}Success {{ {_SHOWN[mutation]} }} ... on UserError {{ code }} }} }}"
        )
        outcome: dict[str, Any] = await self._ask(role, document, {"input": given}, mutation)
        return outcome


_SHOWN = {
    "registerMerchant": "merchant { id }",
    "approveMerchant": "merchant { id }",
    "suspendMerchant": "merchant { id }",
    "addStore": "store { id }",
    "issueMerchantClient": "clientId clientSecret",
    "draftCampaign": "campaign { id }",
    "approveCampaign": "campaign { id }",
    "pauseCampaign": "campaign { id }",
}
