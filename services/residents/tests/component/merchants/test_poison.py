"""An event that cannot be handled is put aside, told of, and handled when what it met is mended."""

from functools import partial
from pathlib import Path

from chassis.event_contracts import Contracts
from chassis.ids import new_id
from chassis.testing_poison import Poison, ServiceUnderTest, check_poison
from chassis.testing_streams import Stream, example
from chassis.testing_waits import until
from residents.bootstrap.merchants import VOUCHERS_TOPIC
from residents.bootstrap.rooms import Rooms

from ..conftest import Running

a = partial(example, Contracts(Path(__file__).parents[5] / "contracts/events"))


async def test_a_suspension_that_meets_a_broken_merchant(
    running: Running, rooms: Rooms, kafka_bootstrap_servers: str
) -> None:
    community_id, merchant_id, another = new_id("community"), new_id("merchant"), new_id("merchant")
    said = [
        a("merchant.approved.v1", merchant_id=merchant_id),
        a("merchant.suspended.v1", merchant_id=merchant_id),
    ]
    approved, suspended = Stream(VOUCHERS_TOPIC, merchant_id, community_id, said).events()
    [other] = Stream(
        VOUCHERS_TOPIC, another, community_id, [a("merchant.approved.v1", merchant_id=another)]
    ).events()
    service = ServiceUnderTest(
        bootstrap_servers=kafka_bootstrap_servers,
        store=rooms.foundation.store,
        command=running.commands.done,
        worker=running.worker.address,
    )
    merchants = service.store.collection("known_merchants")

    async def is_known(known_id: str) -> bool:
        return bool(await merchants.find_one({"_id": known_id}))

    async def is_shut_out() -> bool:
        known = await merchants.find_one({"_id": merchant_id})
        return bool(known and not known["is_approved"])

    await service.deliver([approved])
    await until(lambda: is_known(merchant_id), within_seconds=60)
    await check_poison(
        service,
        Poison(
            collection="known_merchants",
            document_id=merchant_id,
            # with a sequence that no event is beyond, so that what is broken is not written over
            broken={"is_approved": "no answer", "sequence": 10**9},
            event=suspended,
            following=other,
            follows=lambda: is_known(another),
            effect=is_shut_out,
        ),
    )
