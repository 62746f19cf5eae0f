"""When nothing is under way any more, and what still is."""

import asyncio
import time
from datetime import datetime

from aiokafka.errors import KafkaError
from chassis.clock import utc_now
from chassis.errors import StoreUnavailable
from chassis.lease import COLLECTION as LEASES
from chassis.lease import DEFAULT_SECONDS as LEASE_SECONDS
from local_stack.acting.rest import Rest
from local_stack.acting.topics import Topics

from chaos.stores import Stores

REST_WITHIN_SECONDS = 120.0
_LOOK_SECONDS = 0.5


class Resting:
    """Waits until a system whose parts have died is at rest, and looks at its leases."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._rest = Rest(stores.by_service, Topics(stores.bootstrap_servers))

    async def come(self, within_seconds: float = REST_WITHIN_SECONDS) -> list[str]:
        """Wait for it; return what was still under way when the time was over."""
        deadline = time.monotonic() + within_seconds
        while True:
            try:
                outstanding = await self._rest.outstanding()
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
        await self._rest.close()

    async def _expiries(self) -> dict[str, datetime]:
        return {
            f"{service} {lease['_id']}": lease["expires_at"]
            for service, store in self._stores.by_service.items()
            for lease in await store.collection(LEASES).find({})
        }
