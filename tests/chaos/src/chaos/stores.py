"""The stores and the broker behind the doors, read beside them: for the audit, never written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.mongo import Store
from local_stack.acting.rest import waiting_events
from local_stack.layout import Layout

from chaos.schedule import SERVICES


@dataclass(frozen=True)
class Stores:
    """The stores by service, and where Kafka is."""

    by_service: Mapping[str, Store]
    bootstrap_servers: str

    @classmethod
    def of(cls, layout: Layout) -> "Stores":
        """Return those of a stack."""
        uri = f"mongodb://127.0.0.1:{layout.port('store')}/?directConnection=true"
        return cls(
            {name: Store.connect(uri, f"linli_{name}") for name in SERVICES},
            f"127.0.0.1:{layout.port('kafka')}",
        )

    async def close(self) -> None:
        """Let go of the stores."""
        for store in self.by_service.values():
            await store.close()

    async def waiting(self, service: str, *, before: datetime | None = None) -> str:
        """Name a collection with events to publish, that wait since before a moment; "" if none."""
        return await waiting_events(self.by_service[service], service, before=before)
