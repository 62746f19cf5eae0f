"""Neighbours, a shop and its till, through the api."""

import asyncio
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from chassis.testing_waits import until
from local_stack.acting.service_process import run_service_command

from ..documents import ADD_STORE
from ..graph import Graph, Person
from ..kafka import Others
from ..office import approved_campaign, approved_merchant, done, until_it_is

_VOUCHER = """
  id state faceValueFen remainingFen minimumSpendFen usableUntil campaignTitle claimedHow sourceId
  redemptions { id amountFen remainingFen merchantName storeName reversedAt }
"""
CLAIM = f"""
mutation Claim($input: ClaimVoucherInput!) {{
  claimVoucher(input: $input) {{
    __typename
    ... on ClaimVoucherSuccess {{ voucher {{ {_VOUCHER} }} }}
    ... on UserError {{ code message }}
  }}
}}
"""
MINE = f"query {{ myVouchers(first: 50) {{ nodes {{ {_VOUCHER} }} }} }}"
CODE = """
query Code($id: ID!) {
  voucherCode(id: $id) {
    __typename
    ... on VoucherCode { code validUntil stepSeconds }
    ... on UserError { code }
  }
}
"""
LIVE = """
query { liveCampaigns { id title faceValueFen claimedByMe isLeft merchantNames funderName kind } }
"""
REDEEM = """
mutation Redeem($input: RedeemVoucherInput!) {
  redeemVoucher(input: $input) {
    __typename
    ... on RedeemVoucherSuccess { redemption { id amountFen remainingFen merchantName storeName } }
    ... on UserError { code message }
    ... on BillBelowMinimum { minimumSpendFen }
  }
}
"""
REVERSE = """
mutation Reverse($input: ReverseRedemptionInput!) {
  reverseRedemption(input: $input) {
    __typename
    ... on ReverseRedemptionSuccess { redemption { id reversedAt reversalReason } }
    ... on UserError { code message }
  }
}
"""
STATEMENT = """
query Statement($from: DateTime!, $to: DateTime!, $merchant: ID) {
  merchantStatement(from: $from, to: $to, merchantId: $merchant, first: 50) {
    totalFen lines { nodes { kind amountFen redemptionId } }
  }
}
"""
ENTRIES = """
query { ledgerEntries(first: 100) { nodes { seq kind amountFen legs { account amountFen } } } }
"""
FIGURES = """
query Figures($id: ID!) {
  community(id: $id) {
    voucherFigures {
      budgetFen claimedFen redeemedFen openFen expiredFen merchantsRedeeming
      customers { merchantName new returning }
      used { value numerator denominator rows(first: 50) { nodes { id state } } }
      ledgerInBalance { balanced sealedThrough asOf }
    }
  }
}
"""


@dataclass
class Market:
    """One community's market day."""

    graph: Graph
    others: Others
    environment: dict[str, str]
    person_as: Callable[..., Person]
    clerk: Person
    secretary: Person
    merchant: dict[str, Any] = field(default_factory=dict)
    store_id: str = ""

    async def open(self, **terms: object) -> str:
        """A shop with one store, and a live campaign. Returns: the campaign's id."""
        if not self.merchant:
            self.merchant = await approved_merchant(self.graph, self.clerk, self.secretary)
            new_store = {
                "requestId": new_id("request"),
                "merchantId": self.merchant["id"],
                "name": "八家庄一店",
                "address": "八家庄东街 1 号",
            }
            added = await self.graph.ask(self.clerk, ADD_STORE, input=new_store)
            self.store_id = done(added, "store")["id"]
        campaign = await approved_campaign(self.graph, self.clerk, self.secretary, **terms)
        await until_it_is("LIVE", self.graph, self.clerk, campaign["id"], within_seconds=60)
        return str(campaign["id"])

    async def neighbours(self, count: int, *, store: Any) -> list[Person]:
        """Residents whose bindings were verified, known here."""
        people = [self.person_as("resident") for _ in range(count)]
        await asyncio.gather(*(self._bound(person, number) for number, person in enumerate(people)))
        ids = [person.account_id for person in people]

        async def known() -> bool:
            found = await store.collection("account_holders").count({"_id": {"$in": ids}})
            return bool(found == count)

        await until(known, within_seconds=30)
        return people

    async def _bound(self, person: Person, number: int) -> None:
        account_id = person.account_id
        await self.others.residents.tell(
            "account.bound.v1",
            account_id,
            person.community_id,
            account_id=account_id,
            person_key=derived_id("person", account_id),
            resident_id=derived_id("resident", account_id),
            household_id=derived_id("household", account_id),
            estate_id=derived_id("estate", "1"),
            building_id=derived_id("building", "1"),
            union_mark=None,
            bound_at=utc_now(),
        )

    def till(self, *, merchant_id: str | None = None) -> Person:
        """A till of the shop."""
        scope = [merchant_id or self.merchant["id"]]
        return self.person_as("merchant", scope=scope, client="till")

    async def claim(self, person: Person, campaign_id: str, request: str = "1") -> dict[str, Any]:
        """What comes of claiming."""
        asked = {"requestId": request, "campaignId": campaign_id}
        outcome: dict[str, Any] = await self.graph.ask(person, CLAIM, input=asked)
        return outcome

    async def code(self, person: Person, voucher_id: str) -> str:
        """What the phone shows, with time enough left to use it."""
        shown = await self.graph.ask(person, CODE, id=voucher_id)
        assert shown["__typename"] == "VoucherCode", shown
        return str(shown["code"])

    async def post(
        self, till: Person | None, path: str, body: object, key: str | None = "key-1"
    ) -> httpx.Response:
        """What a till gets for it."""
        headers = dict(till.headers) if till else {}
        if key is not None:
            headers["Idempotency-Key"] = key
        async with httpx.AsyncClient(base_url=self.graph.url, timeout=20) as client:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return await client.post(f"/till/v1/{path}", content=content, headers=headers)

    async def redeem(
        self, till: Person | None, code: str, *, key: str | None = "key-1", **body: object
    ) -> httpx.Response:
        """What a till gets for a redemption."""
        asked = {"code": code, "billFen": 6_000, "storeId": self.store_id, **body}
        return await self.post(till, "redemptions", asked, key)

    async def verified(self) -> dict[str, Any]:
        """What verify-ledger says of this community once all is in the books."""
        community_id = self.clerk.community_id

        async def in_balance() -> dict[str, Any] | None:
            (report,) = await asyncio.to_thread(self.verification)
            return report if report["inBalance"] and not report["unsealed"] else None

        report = await until(in_balance, within_seconds=60)
        assert isinstance(report, dict)
        assert report["communityId"] == community_id
        return report

    def verification(self) -> list[dict[str, Any]]:
        """What verify-ledger prints now, whatever it exits with."""
        return verification(self.environment, self.clerk.community_id)[1]


def verification(
    environment: dict[str, str], community_id: str
) -> tuple[int, list[dict[str, Any]]]:
    """verify-ledger of one community. Returns: its exit code and its reports."""
    argv = ("verify-ledger", "--community", community_id, "--json")
    ended = run_service_command("vouchers", os.environ | environment, *argv)
    assert ended.returncode in {0, 1, 2}, ended.stderr
    return ended.returncode, json.loads(ended.stdout)


def fingerprint(response: httpx.Response) -> str:
    """The answer, for comparing."""
    return hashlib.sha256(bytes([response.status_code % 256]) + response.content).hexdigest()
