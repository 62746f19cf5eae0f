"""An event that cannot be handled is put aside, told of, and handled when what it met is mended."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from chassis.event_contracts import Contracts
from chassis.ids import new_id
from chassis.mongo import Store
from chassis.testing_poison import Poison, ServiceUnderTest, check_poison
from chassis.testing_streams import Stream, example
from chassis.testing_waits import until

from .conftest import Running
from .running import run_command

TOPIC = "linli.residents.events"

a = partial(example, Contracts(Path(__file__).parents[4] / "contracts/events"))


@pytest.fixture
async def service(
    running: Running, kafka_bootstrap_servers: str
) -> AsyncIterator[ServiceUnderTest]:
    variables = running.variables
    store = Store.connect(variables["MONGODB_URI"], variables["MONGODB_DATABASE"])
    yield ServiceUnderTest(
        bootstrap_servers=kafka_bootstrap_servers,
        store=store,
        command=partial(run_command, variables),
        worker=running.worker.address,
    )
    await store.close()


async def test_an_end_of_a_binding_that_meets_a_broken_account(
    service: ServiceUnderTest, community_id: str
) -> None:
    account_id, another, home = new_id("account"), new_id("account"), new_id("household")
    said = [
        a("account.bound.v1", account_id=account_id, household_id=home, union_mark=None),
        a("account.unbound.v1", account_id=account_id, household_id=home),
    ]
    first, second = Stream(TOPIC, account_id, community_id, said).events()
    [other] = Stream(
        TOPIC, another, community_id, [a("account.bound.v1", account_id=another, union_mark=None)]
    ).events()
    accounts = service.store.collection("bound_accounts")

    async def is_known(bound_id: str) -> bool:
        return bool(await accounts.find_one({"_id": bound_id}))

    async def has_left() -> bool:
        known = await accounts.find_one({"_id": account_id})
        return known is not None and known["households"][0]["unbound_at"] is not None

    await service.deliver([first])
    await until(lambda: is_known(account_id), within_seconds=60)
    await check_poison(
        service,
        Poison(
            collection="bound_accounts",
            document_id=account_id,
            broken={"households": "no list"},
            event=second,
            following=other,
            follows=lambda: is_known(another),
            effect=has_left,
        ),
    )
