"""Vouchers, as far as this service hears of it, and the tills of its merchants."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.events import OutboxEntry, headers_of, value_of
from chassis.ids import new_id
from chassis.testing_waits import until

from ..conftest import Person, Running
from ..graph import Graph, an_address
from .documents import ISSUE

TOPIC = "linli.vouchers.events"


class Vouchers:
    """Tells of merchants as vouchers does."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def approve(self, community_id: str, merchant_id: str, *, sequence: int = 1) -> None:
        await self._tell(
            "merchant.approved.v1",
            community_id,
            merchant_id,
            sequence,
            store_ids=[],
            approved_at="2026-11-23T04:00:00Z",
            approved_by="account_01jd8f6v5tev4b8f4z9x7m2k14",
        )

    async def suspend(self, community_id: str, merchant_id: str, *, sequence: int = 2) -> None:
        await self._tell(
            "merchant.suspended.v1",
            community_id,
            merchant_id,
            sequence,
            suspended_at="2026-11-23T05:00:00Z",
            suspended_by="account_01jd8f6v5tev4b8f4z9x7m2k14",
        )

    async def _tell(
        self, event_type: str, community_id: str, merchant_id: str, sequence: int, **data: object
    ) -> None:
        entry = OutboxEntry(
            id=new_id("event"),
            type=event_type,
            sequence=sequence,
            at=utc_now(),
            topic=TOPIC,
            key=merchant_id,
            subject=merchant_id,
            community_id=community_id,
            data={"community_id": community_id, "merchant_id": merchant_id, **data},
        )
        await self._producer.send_and_wait(
            TOPIC,
            value_of(entry),
            key=merchant_id.encode(),
            headers=headers_of(entry, service="vouchers"),
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
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap_servers)
    await producer.start()
    yield Vouchers(producer)
    await producer.stop()


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
