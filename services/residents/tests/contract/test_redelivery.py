"""Every event that this service hears, repeated and out of order: the same state as once."""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from chassis.event_contracts import Contracts
from chassis.listening import Listener
from chassis.testing import FrozenClock
from chassis.testing_redelivery import check_same_state, instances, opened, seed_of_run
from chassis.testing_streams import Stream, example
from residents.bootstrap.merchants import VOUCHERS_TOPIC
from residents.bootstrap.processes import HOUSE
from residents.bootstrap.room import Room
from residents.bootstrap.rooms import PLANS, build
from residents.domain.events import SERVICE_TOPIC
from residents.settings import ResidentsSettings

from ..redelivery_town import MERCHANT, Town
from ..village import AT, COMMUNITY

_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

a = partial(example, Contracts(Path(__file__).parents[4] / "contracts/events"))


def in_all_lanes(room: Room[Any]) -> Sequence[Listener[Any]]:
    """What is done at once, and what may take its time."""
    return [*room.listeners, *room.follow_ups]


def merchant(*states: str) -> Stream:
    """A merchant who is let in and shut out."""
    said = [a(f"merchant.{state}.v1", merchant_id=MERCHANT) for state in states]
    return Stream(VOUCHERS_TOPIC, MERCHANT, COMMUNITY, said)


def consent(subject_id: str) -> Stream:
    """Somebody no longer agrees to being bound; that they no longer agree to more is not heard."""
    said = [
        a("consent.withdrawn.v1", subject_id=subject_id, purpose=purpose)
        for purpose in ("household_binding", "account")
    ]
    return Stream(SERVICE_TOPIC, subject_id, COMMUNITY, said)


async def test_told_again_and_out_of_order_is_as_told_once(mongodb_uri: str) -> None:
    clock = FrozenClock(AT)
    settings = ResidentsSettings.model_validate(
        {
            "environment": "development",
            "mongodb_uri": mongodb_uri,
            "mongodb_database": f"residents_{uuid.uuid4().hex}",
            "kafka_bootstrap_servers": "127.0.0.1:9",
            "key_wrapping_keys": f"test:{_KEY}",
            "lookup_hash_key": _KEY,
        }
    )
    async with opened(lambda: build(settings, clock)) as rooms:
        await rooms.foundation.store.create_indexes(HOUSE.indexes(settings))
        town = Town(rooms, clock())
        await town.lives()
        at_the_counter = town.village.residents[0].id
    clock.advance(minutes=5)
    streams = [
        merchant("approved", "suspended", "approved"),
        consent(town.account_id("regrets")),
        consent(at_the_counter),
    ]
    await check_same_state(
        instances(lambda: build(settings, clock), PLANS, SERVICE_TOPIC, in_all_lanes),
        streams,
        seed=seed_of_run(),
        shuffles=3,
    )
