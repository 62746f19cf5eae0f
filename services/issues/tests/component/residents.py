"""Residents, as far as this service hears of them."""

import msgspec
from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.events import OutboxEntry, headers_of, value_of
from chassis.ids import new_id

RESIDENTS_TOPIC = "linli.residents.events"


class Residents:
    """Tells of accounts as residents does."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def roles_changed(
        self, community_id: str, account_id: str, *roles: str, sequence: int = 1
    ) -> None:
        entry = OutboxEntry(
            id=new_id("event"),
            type="account.roles_changed.v1",
            sequence=sequence,
            at=utc_now(),
            topic=RESIDENTS_TOPIC,
            key=account_id,
            subject=account_id,
            community_id=community_id,
            data=msgspec.to_builtins(
                {
                    "community_id": community_id,
                    "account_id": account_id,
                    "roles": [{"role": role, "scope": None} for role in roles],
                    "changed_at": utc_now(),
                }
            ),
        )
        await self._producer.send_and_wait(
            RESIDENTS_TOPIC,
            value_of(entry),
            key=account_id.encode(),
            headers=headers_of(entry, service="residents"),
        )
