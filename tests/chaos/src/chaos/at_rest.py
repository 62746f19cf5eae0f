"""When nothing is under way any more, and what still is."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiokafka.errors import KafkaError
from chassis.clock import utc_now
from chassis.errors import StoreUnavailable
from chassis.lease import COLLECTION as LEASES
from chassis.lease import DEFAULT_SECONDS as LEASE_SECONDS
from chassis.mongo import Document
from residents.domain.imports.batch import ENDED, WORK_TO_DO

from chaos.schedule import SERVICES
from chaos.stores import Stores, Topics
from chassis import early_arrivals

REST_WITHIN_SECONDS = 120.0
_LOOK_SECONDS = 0.5
_SENDING: Document = {"$in": ["pending", "sending"]}
_LANES: dict[str, tuple[str | None, ...]] = {"residents": (None, "follow_ups")}


@dataclass(frozen=True)
class Work:
    """Documents that are there only while something is half done."""

    service: str
    collection: str
    where: Document


def _work() -> Sequence[Work]:
    due: Document = {"$lte": utc_now()}
    return (
        *(
            Work(service, early_arrivals.collection_of(lane), {"type": {"$ne": _WAITS_FOR_PEOPLE}})
            for service in SERVICES
            for lane in _LANES.get(service, (None,))
        ),
        Work("outreach", "comments", {"reply.delivery": _SENDING}),
        Work("outreach", "notifications", {"phone.state": _SENDING}),
        Work("outreach", "commenters", {"due_at": due}),
        Work("issues", "issues", {"watch_at": due}),
        Work("vouchers", "campaigns", {"has_work": True}),
        Work("vouchers", "ledger_entries", {"seq": None}),
        Work("residents", "import_batches", {"state": {"$in": list(WORK_TO_DO)}}),
        Work(
            "residents",
            "import_batches",
            {"state": {"$in": list(ENDED)}, "has_leftovers": True},
        ),
    )


# A confirmed matter waits for its reporter to be verified: that is a person's turn.
_WAITS_FOR_PEOPLE = "issue.confirmed.v1"


class Rest:
    """Waits until the system is at rest."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._topics = Topics(stores.bootstrap_servers)

    async def come(self, within_seconds: float = REST_WITHIN_SECONDS) -> list[str]:
        """Wait for it; return what was still under way when the time was over."""
        deadline = time.monotonic() + within_seconds
        while True:
            try:
                outstanding = await self._outstanding()
            except (StoreUnavailable, KafkaError, OSError) as error:
                outstanding = [f"{type(error).__name__}: {error}"]
            if not outstanding or time.monotonic() > deadline:
                return outstanding
            await asyncio.sleep(_LOOK_SECONDS)

    async def stuck_leases(self) -> list[str]:
        """Name the leases that are neither renewed nor run out in more than their time.

        What is looked at is each service's own name for the work, such as "issues outbox-relay".
        """
        before = await self._expiries()
        deadline = time.monotonic() + 2 * LEASE_SECONDS
        while time.monotonic() < deadline:
            now, at = utc_now(), await self._expiries()
            stuck = [name for name, end in at.items() if end > now and end == before.get(name)]
            if not stuck:
                return []
            await asyncio.sleep(_LOOK_SECONDS)
        return stuck

    async def close(self) -> None:
        """Let go of the broker."""
        await self._topics.close()

    async def _outstanding(self) -> list[str]:
        # What lies in an outbox moves to a topic, and what is heard there fills outboxes again:
        # it is quiet only if both are at rest, and nothing moved while they were looked at.
        ends = await self._topics.ends()
        found = [where for service in SERVICES if (where := await self._stores.waiting(service))]
        if behind := await self._topics.behind(ends):
            found.append(behind)
        found += [
            f"{work.service}.{work.collection} {work.where}"
            for work in _work()
            if await self._stores.has(work.service, work.collection, work.where)
        ]
        if not found and await self._topics.ends() != ends:
            found.append("events still come")
        return found

    async def _expiries(self) -> dict[str, datetime]:
        return {
            f"{service} {lease['_id']}": lease["expires_at"]
            for service, store in self._stores.by_service.items()
            for lease in await store.collection(LEASES).find({})
        }
