"""The commands that every service has for its events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import typer
from chassis.clock import utc_now
from chassis.commands import OpenEvents, mount_event_commands
from chassis.consumer_groups import group_name
from chassis.event_plumbing import EventPlumbing
from chassis.events import Received
from chassis.ids import new_id
from chassis.kafka_access import KafkaAccess
from chassis.listening import Listener
from chassis.mongo import Store
from chassis.republish import Facts
from chassis.topics import Topic, create_topics, existing_topics
from typer.testing import CliRunner, Result

from .conftest import Bakery, Loaf, LoafBaked, LoafSliced, eventually

Command = Callable[..., "asyncio.Future[Result]"]


def loaf_facts(loaf: Loaf) -> list[LoafSliced]:
    return [LoafSliced(loaf.id, loaf.slices)]


def facts_of_each_slice(loaf: Loaf) -> list[LoafSliced]:
    return [LoafSliced(loaf.id, number) for number in range(1, loaf.slices + 1)]


class Shell:
    """A service's command line, run in a thread: each command has a loop of its own."""

    def __init__(self, bakery: Bakery, mongodb_uri: str) -> None:
        self.bakery = bakery
        self.uri = mongodb_uri
        self.plumbing = bakery.plumbing
        self.facts = loaf_facts

    async def run(self, *arguments: str) -> Result:
        app = typer.Typer()
        mount_event_commands(app, self._open)
        return await asyncio.to_thread(lambda: CliRunner().invoke(app, arguments))

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[OpenEvents]:
        store = Store.connect(self.uri, self.bakery.store._database.name)
        bakery = Bakery(store, self.plumbing.kafka, self.bakery.name)
        try:
            yield OpenEvents(
                plumbing=self.plumbing,
                store=store,
                groups={group_name(bakery.name): [bakery.topic]},
                facts=[Facts(bakery.loaves, self.facts)],
            )
        finally:
            await store.close()


@pytest.fixture
def shell(bakery: Bakery, mongodb_uri: str) -> Shell:
    return Shell(bakery, mongodb_uri)


async def test_topics_are_made_once_with_their_dead_letters(
    shell: Shell, kafka_bootstrap_servers: str
) -> None:
    name = new_id("mill")
    shell.plumbing = EventPlumbing(
        service="mill",
        kafka=KafkaAccess(kafka_bootstrap_servers),
        topics=[Topic(name, compacted=True, retention_days=1)],
        outboxes=[],
    )

    would = await shell.run("create-topics", "--dry-run")
    assert would.output == f"would make {name}, {name}.dead\n"
    assert name not in await existing_topics(KafkaAccess(kafka_bootstrap_servers))

    first, second = await shell.run("create-topics"), await shell.run("create-topics")

    assert (await shell.run("create-topics", "--dry-run")).output == "every topic was there\n"
    assert first.output == f"made {name}, {name}.dead\n"
    assert second.output == "every topic was there\n"
    assert {name, f"{name}.dead"} <= await existing_topics(KafkaAccess(kafka_bootstrap_servers))


async def test_a_broker_that_is_away_is_one_clear_line(shell: Shell) -> None:
    shell.plumbing = EventPlumbing(
        service="mill", kafka=KafkaAccess("127.0.0.1:9"), topics=[Topic("mill")], outboxes=[]
    )

    for command in (["create-topics"], ["dead-letters", "list"]):
        result = await shell.run(*command)
        assert result.exit_code == 1
        assert result.output == "BrokerUnavailable: Kafka does not answer at 127.0.0.1:9\n"


async def with_two_dead_letters(bakery: Bakery) -> list[str]:
    """Two loaves that a bug refuses; returns their ids."""
    loaves = [new_id("loaf"), new_id("loaf")]

    async def refuse(event: Received[LoafBaked]) -> None:
        raise ZeroDivisionError

    async def both_dead() -> bool:
        return len(await bakery.told(f"{bakery.topic}.dead")) == 2

    async with bakery.listening(Listener(bakery.topic, LoafBaked, refuse)):
        for loaf in loaves:
            await bakery.tell(bakery.message(LoafBaked(loaf, 3), loaf, 1))
        await eventually(both_dead)
    return loaves


async def test_dead_letters_are_listed_shown_replayed_and_dropped(
    bakery: Bakery, shell: Shell
) -> None:
    loaves = await with_two_dead_letters(bakery)

    listed = [
        json.loads(line)
        for line in (await shell.run("dead-letters", "list", "--json")).output.splitlines()
    ]
    assert {letter["subject"] for letter in listed} == set(loaves)
    assert {(letter["state"], letter["error"]) for letter in listed} == {
        ("waiting", "ZeroDivisionError")
    }
    one, other = (letter["id"] for letter in listed)

    shown = json.loads((await shell.run("dead-letters", "show", one)).output)
    assert shown == listed[0]
    assert shown["data"] == {"loaf_id": listed[0]["subject"], "slices": 3}

    what = f"{listed[1]['event_type']} of {listed[1]['subject']}"
    dropping = ("dead-letters", "drop", other, "--reason", "the loaf was never baked")
    assert (await shell.run(*dropping, "--dry-run")).output == f"would drop {other}: {what}\n"
    assert json.loads((await shell.run("dead-letters", "show", other)).output) == listed[1]
    assert (await shell.run(*dropping)).output == f"dropped {other}: {what}\n"
    decided = json.loads((await shell.run("dead-letters", "show", other)).output)
    assert (decided["state"], decided["reason"]) == ("dropped", "the loaf was never baked")
    assert decided["decided_at"] is not None
    would = await shell.run("dead-letters", "replay", "--all", "--dry-run")
    assert would.output == f"would replay {one}\n"
    assert len(await bakery.told()) == 2

    assert (await shell.run("dead-letters", "replay", "--all")).output == f"replayed {one}\n"
    assert (await shell.run("dead-letters", "replay", "--all")).output == "none waits\n"
    told = [record for record in await bakery.told() if record.key == shown["subject"].encode()]
    assert [(each.key, each.value, each.headers) for each in told[1:]] == [
        (told[0].key, told[0].value, told[0].headers)
    ]
    table = (await shell.run("dead-letters", "list")).output
    assert "replayed" in table
    assert "dropped" in table


async def test_an_unknown_letter_is_named_and_nothing_is_told(bakery: Bakery, shell: Shell) -> None:
    for command in (["show"], ["replay"], ["drop", "--reason", "no"]):
        result = await shell.run("dead-letters", *command, "deadletter_unknown")
        assert result.exit_code == 1
        assert result.output == "NoSuchDeadLetter: deadletter_unknown\n"

    assert await bakery.told() == []
    assert await bakery.store.collection("dead_letters").count({}) == 0


async def test_another_services_letters_are_not_listed(bakery: Bakery, shell: Shell) -> None:
    await with_two_dead_letters(bakery)
    shell.plumbing = EventPlumbing(
        service="mill",
        kafka=bakery.kafka,
        topics=bakery.plumbing.topics,
        outboxes=[],
    )

    assert (await shell.run("dead-letters", "list")).output == "no dead letters\n"


async def test_facts_are_published_again_at_their_sequence_under_the_same_ids(
    bakery: Bakery, shell: Shell
) -> None:
    async with bakery.relaying():
        loaves = [await bakery.bake(sliced=2) for _ in range(120)]
        await eventually(bakery.nothing_waits)
        before = len(await bakery.told())
        assert before == 360

        would = await shell.run("republish", "--all", "--dry-run")
        assert would.output == "120 events would be put into outboxes\n"
        assert await bakery.nothing_waits()
        assert len(await bakery.told()) == before

        result = await shell.run("republish", "--all")
        assert result.output == "120 events put into outboxes; the relay publishes them\n"
        await eventually(bakery.nothing_waits)

    told: dict[str, list[str]] = {}
    for record in await bakery.told():
        told.setdefault(record.key.decode(), []).append(dict(record.headers)["ce_id"].decode())
    assert len(told) == 120
    for ids in told.values():
        assert ids[3] == ids[2], "the last event, told again, has its own id"
    for loaf in loaves:
        assert await bakery.loaves.get(loaf.community_id, loaf.id) == loaf


async def test_facts_that_still_wait_are_not_put_twice(bakery: Bakery, shell: Shell) -> None:
    loaf = await bakery.bake(sliced=1)

    await shell.run("republish", "--all")
    result = await shell.run("republish", "--all")

    assert result.output.startswith("0 events")
    assert (
        len(await bakery.loaves.collection.find({"_id": loaf.id, "outbox.2": {"$exists": 1}})) == 0
    )


async def test_several_facts_of_one_type_are_each_told_under_an_id_of_their_own(
    bakery: Bakery, shell: Shell
) -> None:
    shell.facts = facts_of_each_slice
    await bakery.bake(sliced=3)
    async with bakery.relaying():
        await eventually(bakery.nothing_waits)
        before = len(await bakery.told())
        for _ in range(2):
            await shell.run("republish", "--all")
            await eventually(bakery.nothing_waits)
    again = [dict(record.headers)["ce_id"] for record in (await bakery.told())[before:]]

    assert len(again) == 6
    assert again[:3] == again[3:]
    assert len(set(again)) == 3


async def test_only_what_was_published_since_is_told_again(bakery: Bakery, shell: Shell) -> None:
    async with bakery.relaying():
        await bakery.bake()
        await eventually(bakery.nothing_waits)
        await bakery.loaves.collection.update_many(
            {}, {"$set": {"outbox_published_at": utc_now() - timedelta(days=2)}}
        )
        late = await bakery.bake()
        await eventually(bakery.nothing_waits)

        yesterday = (utc_now() - timedelta(days=1)).isoformat()
        result = await shell.run("republish", "--since", yesterday)
        await eventually(bakery.nothing_waits)

    assert result.output.startswith("1 events")
    assert (await bakery.told_sequences())[late.id] == [1, 1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["republish"],
        ["republish", "--all", "--since", "2026-11-23"],
        ["republish", "--since", "yesterday"],
        ["dead-letters", "replay"],
        ["dead-letters", "drop", "deadletter_1"],
        ["dead-letters", "drop", "deadletter_1", "--reason", " "],
    ],
)
async def test_a_command_that_does_not_say_what_is_refused(
    bakery: Bakery, shell: Shell, arguments: list[str]
) -> None:
    await bakery.bake()

    assert (await shell.run(*arguments)).exit_code == 2

    assert await bakery.told() == []
    assert await bakery.store.collection("dead_letters").count({}) == 0


async def test_what_waits_for_kafka_is_counted_without_kafka(bakery: Bakery, shell: Shell) -> None:
    shell.plumbing = replace(shell.plumbing, kafka=KafkaAccess("127.0.0.1:9"))
    assert (await shell.run("outbox")).output == "0 events wait in 1 collections\n"
    await bakery.bake(sliced=2)
    await bakery.bake()

    said = await shell.run("outbox")
    assert said.exit_code == 0
    assert said.output.endswith("4 events wait in 1 collections\n")
    row = json.loads((await shell.run("outbox", "--json")).output)
    assert (row["collection"], row["documents"], row["events"]) == ("loaves", 2, 4)
    assert row["oldest"] < utc_now().isoformat()

    async with bakery.relaying():
        await eventually(bakery.nothing_waits)
    assert (await shell.run("outbox")).output == "0 events wait in 1 collections\n"


async def test_how_far_a_group_is_is_told_by_partition(bakery: Bakery, shell: Shell) -> None:
    async def behind() -> dict[str, list[int]]:
        told = (await shell.run("consumers", "--json")).output.splitlines()
        rows = [json.loads(line) for line in told]
        assert {(row["group"], row["topic"]) for row in rows} == {
            (group_name(bakery.name), bakery.topic)
        }
        assert [row["partition"] for row in rows] == list(range(6))
        return {
            "behind": [row["behind"] for row in rows],
            "committed": [row["committed"] for row in rows],
        }

    heard: list[str] = []

    async def hear(event: Received[LoafBaked]) -> None:
        heard.append(event.data.loaf_id)

    loaves = [new_id("loaf") for _ in range(9)]
    await bakery.tell(*(bakery.message(LoafBaked(each, 0), each, 1) for each in loaves))
    at_first = await behind()
    assert sum(at_first["behind"]) == 9
    assert set(at_first["committed"]) == {None}
    assert (await shell.run("consumers")).output.endswith("9 messages behind\n")

    async def all_committed() -> bool:
        return sum((await behind())["behind"]) == 0

    async with bakery.listening(Listener(bakery.topic, LoafBaked, hear)):
        await eventually(all_committed)
    assert sorted(heard) == sorted(loaves)
    assert sum(each or 0 for each in (await behind())["committed"]) == 9


async def test_the_broker_away_is_one_line_of_consumers_too(shell: Shell) -> None:
    shell.plumbing = replace(shell.plumbing, kafka=KafkaAccess("127.0.0.1:9"))
    result = await shell.run("consumers")
    assert result.exit_code == 1
    assert result.output == "BrokerUnavailable: Kafka does not answer at 127.0.0.1:9\n"


async def test_a_topic_that_is_there_is_left_as_it_is(kafka_bootstrap_servers: str) -> None:
    name, kafka = new_id("mill"), KafkaAccess(kafka_bootstrap_servers)

    assert await create_topics(kafka, [Topic(name, partitions=2)]) != []
    assert await create_topics(kafka, [Topic(name, partitions=9)]) == []
