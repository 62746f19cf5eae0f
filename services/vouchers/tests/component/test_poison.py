"""An event that cannot be handled is put aside, told of, and handled when what it met is mended."""

from functools import partial
from pathlib import Path

from chassis.event_contracts import Contracts
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing_poison import Poison, ServiceUnderTest, check_poison
from chassis.testing_streams import Stream, example
from chassis.testing_waits import until

from .processes import Process, run_command

TOPIC = "linli.residents.events"

a = partial(example, Contracts(Path(__file__).parents[4] / "contracts/events"))


async def test_a_binding_that_meets_a_broken_holder(
    processes: dict[str, Process],
    environment: dict[str, str],
    kafka_bootstrap_servers: str,
    store: Store,
    community_id: str,
) -> None:
    account_id, another = new_id("account"), new_id("account")
    homes = [new_id("household"), new_id("household")]
    bound = [a("account.bound.v1", account_id=account_id, household_id=home) for home in homes]
    first, second = Stream(TOPIC, account_id, community_id, bound).events()
    [other] = Stream(
        TOPIC, another, community_id, [a("account.bound.v1", account_id=another)]
    ).events()
    service = ServiceUnderTest(
        bootstrap_servers=kafka_bootstrap_servers,
        store=store,
        command=partial(run_command, environment),
        worker=processes["worker"].address,
    )
    holders = store.collection("account_holders")

    async def is_known(holder_id: str, households: int) -> bool:
        known = await holders.find_one({"_id": holder_id})
        return known is not None and len(known["households"]) == households

    await service.deliver([first])
    await until(lambda: is_known(account_id, 1), within_seconds=60)
    await check_poison(
        service,
        Poison(
            collection="account_holders",
            document_id=account_id,
            broken={"households": "no list"},
            event=second,
            following=other,
            follows=lambda: is_known(another, 1),
            effect=lambda: is_known(account_id, 2),
        ),
    )
