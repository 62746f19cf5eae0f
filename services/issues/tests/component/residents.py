"""Residents, as far as this service hears of them."""

from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.testing_events import OtherService


class Residents(OtherService):
    """Tells of accounts as residents does."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        super().__init__(producer, "residents", "linli.residents.events")

    async def roles_changed(
        self, community_id: str, account_id: str, *roles: str, sequence: int = 1
    ) -> None:
        await self.tell(
            "account.roles_changed.v1",
            account_id,
            community_id,
            sequence,
            account_id=account_id,
            roles=[{"role": role, "scope": None} for role in roles],
            changed_at=utc_now(),
        )
