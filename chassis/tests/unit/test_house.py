"""A bakery of one room: what its processes are made of follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
import pytest
from chassis.clock import utc_now
from chassis.event_plumbing import EventPlumbing
from chassis.events import Received
from chassis.foundation import Foundation
from chassis.house import House
from chassis.listening import Listener
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys
from chassis.rooms import Plan, Room, outboxes_of
from chassis.settings import ServiceSettings
from chassis.topics import Topic
from starlette.responses import Response
from starlette.routing import Route

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
LOAVES = Index(collection="loaves", keys=(("community_id", 1),))
PLANS = (Plan(outboxes=("loaves",), indexes=(LOAVES,)), Plan(outboxes=("ovens",)))


class BakerySettings(ServiceSettings):
    service_name: ClassVar[str] = "bakery"


class FlourDelivered(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "flour.delivered.v1"


@dataclass(frozen=True)
class Rooms:
    foundation: Foundation[BakerySettings]
    ovens: Room[str]

    @property
    def all(self) -> Sequence[Room[Any]]:
        return (self.ovens,)


def plumbing(settings: BakerySettings) -> EventPlumbing:
    return EventPlumbing(
        service=settings.service_name,
        kafka=settings.kafka(),
        topics=[Topic("bakery.events")],
        outboxes=outboxes_of(PLANS),
    )


async def _work() -> None: ...


async def _take_flour(event: Received[FlourDelivered]) -> None: ...


async def _smell(_: object) -> Response:
    return Response("bread")


def build(settings: BakerySettings) -> Rooms:
    ovens = Room(
        use_cases="bake",
        listeners=[Listener("mill.events", FlourDelivered, _take_flour)],
        routes=[Route("/smell", _smell)],
        background={"baking": _work},
        stops={"gas": _work},
    )
    return Rooms(Foundation.laid(settings), ovens)


HOUSE = House(BakerySettings, build, PLANS, plumbing)


@pytest.fixture
def settings() -> BakerySettings:
    return BakerySettings.model_validate(
        {
            "mongodb_uri": "mongodb://127.0.0.1:1",
            "kafka_bootstrap_servers": "127.0.0.1:1",
            "key_wrapping_keys": f"test:{KEY}",
            "lookup_hash_key": KEY,
        }
    )


async def test_the_api_serves_the_edges_of_the_rooms(settings: BakerySettings) -> None:
    rooms = build(settings)

    api = HOUSE.api(rooms)

    assert api.name == "bakery-api"
    assert [part.name for part in api.parts] == ["store", "gas"]
    assert list(api.routes) == list(rooms.ovens.routes)
    await rooms.foundation.store.close()


async def test_the_worker_publishes_listens_and_works(settings: BakerySettings) -> None:
    rooms = build(settings)

    worker = HOUSE.worker(rooms)

    assert worker.name == "bakery-worker"
    assert [part.name for part in worker.parts] == ["store", "gas", "relay", "consumers", "baking"]
    assert worker.routes == []
    await rooms.foundation.store.close()


def test_the_store_has_what_rooms_keys_and_events_need(settings: BakerySettings) -> None:
    indexes = HOUSE.indexes(settings)

    assert LOAVES in indexes
    assert all(index in indexes for index in PersonKeys.indexes())
    assert {index.collection for index in plumbing(settings).indexes()} <= {
        index.collection for index in indexes
    }


async def test_a_lane_is_a_group_beside_the_first_and_the_worker_joins_both(
    settings: BakerySettings,
) -> None:
    slow = Listener("fields.events", FlourDelivered, _take_flour)
    house = House(BakerySettings, build, PLANS, plumbing, lanes=lambda rooms: {"slow": [slow]})
    rooms = build(settings)

    worker = house.worker(rooms)

    parts = [part.name for part in worker.parts]
    assert parts == ["store", "gas", "relay", "consumers", "consumers of slow", "baking"]
    assert house.groups(rooms) == {
        "linli.bakery": ["mill.events"],
        "linli.bakery.slow": ["fields.events"],
    }
    await rooms.foundation.store.close()


async def test_a_worker_that_may_write_nothing_does_nothing_and_is_ready(
    settings: BakerySettings,
) -> None:
    rooms = build(settings.model_copy(update={"read_only": True}))

    worker = HOUSE.worker(rooms)

    assert [part.name for part in worker.parts] == ["store", "gas"]
    assert all(part.background is None for part in worker.parts)
    assert rooms.foundation.store.read_only
    await rooms.foundation.store.close()


async def test_the_store_is_closed_when_a_command_has_ended(
    settings: BakerySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Store] = []

    async def close(store: Store) -> None:
        closed.append(store)

    monkeypatch.setenv("MONGODB_URI", settings.mongodb_uri.get_secret_value())
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", settings.kafka_bootstrap_servers)
    monkeypatch.setenv("KEY_WRAPPING_KEYS", f"test:{KEY}")
    monkeypatch.setenv("LOOKUP_HASH_KEY", KEY)
    monkeypatch.setattr(Store, "close", close)

    with pytest.raises(ZeroDivisionError):
        async with HOUSE.opened() as rooms:
            _ = 1 // 0

    assert closed == [rooms.foundation.store]


async def test_what_stands_on_the_foundation_is_built_once(settings: BakerySettings) -> None:
    foundation = Foundation.laid(settings)

    assert foundation.person_keys is foundation.person_keys
    assert foundation.now is utc_now
    await foundation.store.close()
