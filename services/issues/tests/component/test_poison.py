"""An event that cannot be handled is put aside, told of, and handled when what it met is mended."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id, new_id
from chassis.mongo import Store
from chassis.testing_poison import Poison, ServiceUnderTest, check_poison
from chassis.testing_streams import Stream, example

from .outreach import OUTREACH_TOPIC
from .processes import Process, run_command
from .waiting import eventually

a = partial(example, Contracts(Path(__file__).parents[4] / "contracts/events"))


@pytest.fixture
async def service(
    processes: dict[str, Process], environment: dict[str, str], kafka_bootstrap_servers: str
) -> AsyncIterator[ServiceUnderTest]:
    store = Store.connect(environment["MONGODB_URI"], environment["MONGODB_DATABASE"])
    yield ServiceUnderTest(
        bootstrap_servers=kafka_bootstrap_servers,
        store=store,
        command=partial(run_command, environment),
        worker=processes["worker"].address,
    )
    await store.close()


async def test_a_reply_that_meets_a_broken_intake(
    service: ServiceUnderTest, community_id: str
) -> None:
    comment_id, another = new_id("comment"), new_id("comment")
    said = [
        a("comment.received.v1", comment_id=comment_id),
        a("comment.replied.v1", comment_id=comment_id),
    ]
    received, replied = Stream(OUTREACH_TOPIC, comment_id, community_id, said).events()
    [other] = Stream(
        OUTREACH_TOPIC, another, community_id, [a("comment.received.v1", comment_id=another)]
    ).events()
    intakes = service.store.collection("intakes")

    async def is_here(of_comment: str) -> bool:
        return bool(await intakes.find_one({"_id": derived_id("intake", of_comment)}))

    async def is_replied() -> bool:
        intake = await intakes.find_one({"_id": derived_id("intake", comment_id)})
        return bool(intake and intake["state"] == "replied")

    await service.deliver([received])
    await eventually(lambda: is_here(comment_id))
    await check_poison(
        service,
        Poison(
            collection="intakes",
            document_id=derived_id("intake", comment_id),
            broken={"state": "no state"},
            event=replied,
            following=other,
            follows=lambda: is_here(another),
            effect=is_replied,
        ),
    )
