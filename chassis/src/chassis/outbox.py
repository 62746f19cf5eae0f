"""The relay from outboxes to Kafka."""

from collections.abc import Sequence

from chassis.mongo import Store


class Relay:
    """Publishes what waits in the outboxes of a service; one lease-holder at a time."""

    def __init__(
        self,
        *,
        service: str,
        bootstrap_servers: str,
        store: Store,
        collections: Sequence[str],
    ) -> None:
        raise NotImplementedError

    async def run(self) -> None:
        """Publish until cancelled; what could not be published stays in the outbox."""
        raise NotImplementedError
