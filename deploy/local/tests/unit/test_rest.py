"""A system is at rest when nothing waits, nothing lags, nothing is half done and nothing moves."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from aiokafka import TopicPartition
from chassis.mongo import Store
from local_stack.acting.rest import OUTBOXES, Rest
from local_stack.acting.topics import HEARD, PARTITIONS, TOPICS, Ends, Topics
from local_stack.programs import SERVICES

_PARTITION = TopicPartition(TOPICS[0], 0)


class Stored:
    """A store in which some collections have what is asked for."""

    def __init__(self) -> None:
        self.has: Callable[[str, Any], bool] = lambda name, where: False
        self.asked: list[str] = []

    def collection(self, name: str) -> "_Collection":
        return _Collection(self, name)


class _Collection:
    def __init__(self, stored: Stored, name: str) -> None:
        self._stored = stored
        self._name = name

    async def count(self, where: Any, *, limit: int) -> int:
        self._stored.asked.append(self._name)
        return int(self._stored.has(self._name, where))


class Broker(Topics):
    """Topics without a broker."""

    def __init__(self) -> None:
        super().__init__("")
        self.all_ends: list[int] = [1]
        self.lag = self.stranger = ""

    async def ends(self) -> Ends:
        end = self.all_ends.pop(0) if len(self.all_ends) > 1 else self.all_ends[0]
        return {_PARTITION: end}

    async def behind(self, ends: Ends) -> str:
        return self.lag

    async def unknown_group(self) -> str:
        return self.stranger


@pytest.fixture
def stored() -> dict[str, Stored]:
    return {service: Stored() for service in SERVICES}


@pytest.fixture
def broker() -> Broker:
    return Broker()


@pytest.fixture
def rest(stored: dict[str, Stored], broker: Broker) -> Rest:
    return Rest({name: cast(Store, each) for name, each in stored.items()}, broker)


async def test_nothing_is_outstanding_where_all_is_at_rest(
    rest: Rest, stored: dict[str, Stored]
) -> None:
    assert await rest.outstanding() == []

    for service, collections in OUTBOXES.items():
        assert set(collections) <= set(stored[service].asked)


async def test_an_event_that_waits_is_named(rest: Rest, stored: dict[str, Stored]) -> None:
    stored["issues"].has = lambda name, where: name == "followers"

    assert "issues.followers" in await rest.outstanding()


async def test_an_event_that_comes_of_the_last_work_is_named(
    rest: Rest, stored: dict[str, Stored]
) -> None:
    """It was not in the outbox at the first look, and the work is done at the second."""
    looks = iter((False, True))
    stored["vouchers"].has = lambda name, where: name == OUTBOXES["vouchers"][0] and next(looks)

    assert await rest.outstanding() == [f"vouchers.{OUTBOXES['vouchers'][0]}"]


@pytest.mark.parametrize(
    ("service", "collection"),
    [
        ("outreach", "notifications"),
        ("vouchers", "ledger_entries"),
        ("residents", "import_batches"),
        ("residents", "early_arrivals_follow_ups"),
        ("issues", "early_arrivals"),
    ],
)
async def test_what_is_half_done_is_named(
    rest: Rest, stored: dict[str, Stored], service: str, collection: str
) -> None:
    stored[service].has = lambda name, where: name == collection

    named = await rest.outstanding()

    assert named
    assert all(each.startswith(f"{service}.{collection} ") for each in named)


async def test_a_group_that_lags_or_is_unknown_is_named(rest: Rest, broker: Broker) -> None:
    broker.lag, broker.stranger = "linli.issues at 1 of 2", "linli.new"

    assert await rest.outstanding() == ["nobody says what linli.new hears", broker.lag]


async def test_what_moves_while_it_is_looked_at_is_not_at_rest(rest: Rest, broker: Broker) -> None:
    broker.all_ends = [1, 2]

    assert await rest.outstanding() == ["events still come"]


def test_every_service_is_heard_and_hears() -> None:
    assert {group.split(".")[1] for group in HEARD} == set(SERVICES) == set(OUTBOXES)
    assert {service for heard in HEARD.values() for service in heard} == set(SERVICES)
    assert {partition.topic for partition in PARTITIONS} == set(TOPICS)
