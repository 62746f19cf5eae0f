"""Vouchers, as far as this service hears of it, and the tills of its merchants."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from chassis.ids import new_id
from chassis.testing_events import OtherService
from chassis.testing_waits import until

from ..conftest import Person, Running
from ..graph import Graph, an_address
from .documents import ISSUE


class Vouchers(OtherService):
    """Tells of merchants as vouchers does."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        super().__init__(producer, "vouchers", "linli.vouchers.events")

    async def approve(self, community_id: str, merchant_id: str, *, sequence: int = 1) -> None:
        await self.tell(
            "merchant.approved.v1",
            merchant_id,
            community_id,
            sequence,
            merchant_id=merchant_id,
            store_ids=[],
            approved_at="2026-11-23T04:00:00Z",
            approved_by="account_01jd8f6v5tev4b8f4z9x7m2k14",
        )

    async def suspend(self, community_id: str, merchant_id: str, *, sequence: int = 2) -> None:
        await self.tell(
            "merchant.suspended.v1",
            merchant_id,
            community_id,
            sequence,
            merchant_id=merchant_id,
            suspended_at="2026-11-23T05:00:00Z",
            suspended_by="account_01jd8f6v5tev4b8f4z9x7m2k14",
        )


@dataclass(frozen=True)
class Till:
    """A merchant's system, at an address of its own."""

    service: str
    client_id: str
    secret: str

    async def ask_token(
        self, *, secret: str | None = None, form: dict[str, str] | None = None, **fields: str
    ) -> httpx.Response:
        """POST /oauth/token by HTTP Basic, or by the form that is given."""
        body = form if form is not None else {"grant_type": "client_credentials", **fields}
        basic = httpx.BasicAuth(self.client_id, secret or self.secret)
        async with httpx.AsyncClient(timeout=15) as client:
            return await client.post(
                f"{self.service}/oauth/token",
                data=body,
                auth=basic if form is None else httpx.USE_CLIENT_DEFAULT,
                headers={"X-Forwarded-For": an_address()},
            )

    async def token(self) -> str:
        """A token that must be given."""
        answer = await self.ask_token()
        assert answer.status_code == httpx.codes.OK, answer.text
        return str(answer.json()["access_token"])


@pytest.fixture
async def vouchers(running: Running, kafka_bootstrap_servers: str) -> AsyncIterator[Vouchers]:
    async with AIOKafkaProducer(bootstrap_servers=kafka_bootstrap_servers) as producer:
        yield Vouchers(producer)


@pytest.fixture
async def merchant_id(vouchers: Vouchers, secretary: Person) -> str:
    """A merchant that was approved."""
    merchant_id = new_id("merchant")
    await vouchers.approve(secretary.community_id, merchant_id)
    return merchant_id


async def issued(office: Graph, merchant_id: str, request_id: str = "till-1") -> dict[str, Any]:
    """A till's credentials, once this service has heard of the merchant."""

    async def made() -> dict[str, Any] | None:
        outcome: dict[str, Any] = await office.ask(
            ISSUE, request=request_id, merchant=merchant_id, kind="TILL"
        )
        return outcome if outcome["__typename"] == "IssueMerchantClientSuccess" else None

    outcome = await until(made)
    assert isinstance(outcome, dict)
    return outcome


@pytest.fixture
async def till(running: Running, as_secretary: Graph, merchant_id: str) -> Till:
    """A till of the merchant."""
    made = await issued(as_secretary, merchant_id)
    return Till(running.api.address, made["clientId"], made["clientSecret"])
