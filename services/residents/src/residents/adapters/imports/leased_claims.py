"""A claim on a batch as a lease in the store."""

from collections.abc import Awaitable, Callable

from chassis.lease import Held, Lease
from chassis.mongo import Store

_SECONDS = 10.0  # a machine under load must not lose what it is at


class LeasedClaims:
    """The port `Claims`: whoever is killed has a batch for ten seconds more."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def while_claimed(self, batch_id: str, work: Callable[[], Awaitable[None]]) -> bool:
        """See the port."""

        async def working(_: Held) -> None:
            await work()

        lease = Lease(self._store, f"work.{batch_id}", seconds=_SECONDS)
        return await lease.run_if_free(working)
