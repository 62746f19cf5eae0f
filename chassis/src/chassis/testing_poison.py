"""For tests: an event that a service cannot handle, and what becomes of it and of the next one."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
from aiokafka import AIOKafkaProducer

from chassis.events import OutboxEntry, headers_of, value_of
from chassis.mongo import Document, Store
from chassis.testing_waits import until

_WITHIN_SECONDS = 60
_ATTEMPTS = 5
_PARTITION = 0


@dataclass(frozen=True)
class ServiceUnderTest:
    """A worker that runs, its store and its commands.

    Attributes:
        command: runs a command of the service that must succeed. Returns: what it printed.
        worker: where the worker answers `/metrics`.
    """

    bootstrap_servers: str
    store: Store
    command: Callable[..., str]
    worker: str

    async def deliver(self, events: Sequence[OutboxEntry]) -> None:
        """Put them one after the other into one partition of their topic, under one key."""
        async with AIOKafkaProducer(bootstrap_servers=self.bootstrap_servers) as producer:
            for event in events:
                await producer.send_and_wait(
                    event.topic,
                    value_of(event),
                    key=events[0].key.encode(),
                    partition=_PARTITION,
                    headers=headers_of(event, service="another"),
                )

    async def letters(self, event: OutboxEntry) -> list[dict[str, Any]]:
        """The dead letters of an event, as `dead-letters list` shows them."""
        printed = await asyncio.to_thread(self.command, "dead-letters", "list", "--json")
        listed = [msgspec.json.decode(line) for line in printed.splitlines()]
        return [letter for letter in listed if letter["event_id"] == event.id]

    async def replay(self, letter_id: str) -> None:
        """Replay one."""
        await asyncio.to_thread(self.command, "dead-letters", "replay", letter_id)

    async def counted(self, metric: str, **labels: str) -> float:
        """A counter of the worker's, over whatever these labels leave open."""
        async with httpx.AsyncClient(trust_env=False) as client:
            lines = (await client.get(f"{self.worker}/metrics")).text.splitlines()
        wanted = {f'{name}="{value}"' for name, value in labels.items()}
        found = (re.fullmatch(rf"{metric}{{(.*)}} (\S+)", line) for line in lines)
        return sum(float(each[2]) for each in found if each and wanted <= set(each[1].split(",")))


@dataclass(frozen=True)
class Poison:
    """An event whose handling meets a document that nobody can read.

    Attributes:
        document_id: of the document that is broken by these fields, and mended afterwards.
        following: an event of the same partition that has nothing to do with the document.
        follows: whether the effect of that one is there.
        effect: whether the effect of the poison itself is there.
    """

    collection: str
    document_id: str
    broken: Document
    event: OutboxEntry
    following: OutboxEntry
    follows: Callable[[], Awaitable[object]]
    effect: Callable[[], Awaitable[object]]


class NotAsPromised(AssertionError):
    """A poison event was not treated as dead letters are."""


async def check_poison(service: ServiceUnderTest, poison: Poison) -> None:
    """Deliver a poison event, mend what it met, and replay it twice.

    Raises: NotAsPromised; TimeoutError when the next of its partition waits longer than the
        retries, or an effect never comes.
    """
    collection = service.store.collection(poison.collection)
    where: Document = {"_id": poison.document_id}
    whole = await collection.find_one(where)
    _demand(whole is not None, f"there is no {poison.collection} {poison.document_id}")
    mending = {name: (whole or {})[name] for name in poison.broken}
    given_up = await service.counted("linli_dead_letters_total", topic=poison.event.topic)

    await collection.update_one(where, {"$set": poison.broken})
    await service.deliver([poison.event, poison.following])
    await until(poison.follows, within_seconds=_WITHIN_SECONDS)
    letter = await _the_letter(service, poison.event)

    async def newly_given_up() -> float:
        counted = await service.counted("linli_dead_letters_total", topic=poison.event.topic)
        return counted - given_up

    # The letter can be read a moment before its writer hears that it is there.
    _demand(await until(newly_given_up, within_seconds=_WITHIN_SECONDS) == 1, "it counts twice")

    await collection.update_one(where, {"$set": mending})
    _demand(not await poison.effect(), "the effect was there before the replay")
    await service.replay(letter["id"])
    await until(poison.effect, within_seconds=_WITHIN_SECONDS)
    after = await collection.find_one(where)

    handled = await service.counted(
        "linli_messages_total", topic=poison.event.topic, outcome="handled"
    )
    await service.replay(letter["id"])

    async def handled_again() -> bool:
        counted = await service.counted(
            "linli_messages_total", topic=poison.event.topic, outcome="handled"
        )
        return counted > handled

    await until(handled_again, within_seconds=_WITHIN_SECONDS)
    _demand(await collection.find_one(where) == after, "a second replay did something more")
    await _demand_replayed(service, poison.event)


async def _the_letter(service: ServiceUnderTest, event: OutboxEntry) -> dict[str, Any]:
    """Its one letter, with why and from where."""
    letters = await service.letters(event)
    _demand(len(letters) == 1, f"{len(letters)} letters of one event")
    letter = letters[0]
    told = {name: letter[name] for name in ("state", "topic", "partition", "event_type", "subject")}
    expected = {
        "state": "waiting",
        "topic": event.topic,
        "partition": _PARTITION,
        "event_type": event.type,
        "subject": event.subject,
    }
    _demand(told == expected, f"it tells {told}")
    _demand(letter["attempts"] == _ATTEMPTS, f"it was given up after {letter['attempts']} attempts")
    _demand(bool(letter["error"] and letter["message"]), "it does not say why")
    return letter


async def _demand_replayed(service: ServiceUnderTest, event: OutboxEntry) -> None:
    states = [letter["state"] for letter in await service.letters(event)]
    _demand(states == ["replayed"], f"the letters are {states}")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotAsPromised(otherwise)
