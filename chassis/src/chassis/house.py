"""What the processes and commands of every service built of rooms have in common."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import typer

from chassis.backup import Backup
from chassis.backup_commands import OpenBackup, mount_backup_commands
from chassis.commands import OpenEvents, mount_event_commands
from chassis.consumer_groups import group_name
from chassis.event_plumbing import EventPlumbing
from chassis.foundation import Foundation, store_of
from chassis.key_commands import mount_key_commands
from chassis.listening import Listener
from chassis.mongo import Index
from chassis.person_keys import PersonKeys
from chassis.rewrapping import Rewrapping
from chassis.rooms import Plan, Room
from chassis.server import Service
from chassis.settings import ServiceSettings, load


class Built(Protocol):
    """All rooms of a service, built."""

    @property
    def foundation(self) -> Foundation[Any]:
        """What they stand on."""

    @property
    def all(self) -> Sequence[Room[Any]]:
        """Each room."""


S = TypeVar("S", bound=ServiceSettings)
B = TypeVar("B", bound=Built)
Lanes = Mapping[str, Sequence[Listener[Any]]]


@dataclass(frozen=True)
class House(Generic[S, B]):
    """A service of rooms.

    Attributes:
        build: builds the rooms; the store need not be there yet.
        plumbing: what the service owns of the event path.
        lanes: the consumer groups that it has beside its first, and what each listens to.
    """

    settings: type[S]
    build: Callable[[S], B]
    plans: Sequence[Plan]
    plumbing: Callable[[S], EventPlumbing]
    lanes: Callable[[B], Lanes] = field(default=lambda rooms: {})

    def indexes(self, settings: S) -> list[Index]:
        """All that the store must have."""
        of_rooms = [index for plan in self.plans for index in plan.indexes]
        return [*of_rooms, *PersonKeys.indexes(), *self.plumbing(settings).indexes()]

    def api(self, rooms: B) -> Service:
        """The process that answers, with the edges of the rooms and as yet without its graph."""
        service = self._process("api", rooms)
        for room in rooms.all:
            service.routes += room.routes
        return service

    def worker(self, rooms: B) -> Service:
        """The process that publishes events, listens to others' and works in the background.

        While nothing is to be written it does none of that, and is ready all the same.
        """
        service = self._process("worker", rooms)
        settings, store = rooms.foundation.settings, rooms.foundation.store
        if settings.read_only:
            return service
        plumbing = self.plumbing(settings)
        consumer = plumbing.consumer(store, [each for room in rooms.all for each in room.listeners])
        service.add("relay", run=plumbing.relay(store).run)
        service.add("consumers", run=consumer.run, ready=consumer.ready)
        for lane, listeners in self.lanes(rooms).items():
            beside = plumbing.consumer(store, listeners, lane=lane)
            service.add(f"consumers of {lane}", run=beside.run, ready=beside.ready)
        for room in rooms.all:
            for name, run in room.background.items():
                service.add(name, run=run)
        return service

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[B]:
        """Everything built from the environment, and the store closed at the end."""
        rooms = self.build(load(self.settings))
        try:
            yield rooms
        finally:
            await rooms.foundation.store.close()

    def mount_commands(self, app: typer.Typer) -> None:
        """Add the commands about events and keys to those of a service."""

        @asynccontextmanager
        async def open_events() -> AsyncIterator[OpenEvents]:
            async with self.opened() as rooms:
                yield OpenEvents(
                    plumbing=self.plumbing(rooms.foundation.settings),
                    store=rooms.foundation.store,
                    groups=self.groups(rooms),
                    facts=[fact for room in rooms.all for fact in room.facts],
                )

        @asynccontextmanager
        async def open_rewrapping() -> AsyncIterator[Rewrapping]:
            async with self.opened() as rooms:
                foundation = rooms.foundation
                yield Rewrapping(
                    foundation.store,
                    foundation.wrapping_keys,
                    foundation.person_keys,
                    secrets=tuple(sealed for plan in self.plans for sealed in plan.sealed),
                )

        @asynccontextmanager
        async def open_backup() -> AsyncIterator[OpenBackup]:
            async with self.opened() as rooms:
                settings = rooms.foundation.settings
                # Read alone or not: putting a backup back is what an operator asks for by name.
                store = store_of(settings.model_copy(update={"read_only": False}))
                try:
                    yield OpenBackup(
                        backup=Backup(settings.service_name, store),
                        kafka=settings.kafka(),
                        groups=self.groups(rooms),
                        read_only=settings.read_only,
                    )
                finally:
                    await store.close()

        mount_backup_commands(app, open_backup)
        mount_event_commands(app, open_events)
        mount_key_commands(app, open_rewrapping)

    def groups(self, rooms: B) -> dict[str, list[str]]:
        """The service's consumer groups, and the topics that each listens to."""
        service = rooms.foundation.settings.service_name
        first = [each for room in rooms.all for each in room.listeners]
        heard = {group_name(service): first} | {
            group_name(service, lane): listeners for lane, listeners in self.lanes(rooms).items()
        }
        return {
            group: sorted({each.topic for each in listeners}) for group, listeners in heard.items()
        }

    def _process(self, role: str, rooms: B) -> Service:
        settings, store = rooms.foundation.settings, rooms.foundation.store
        name = f"{settings.service_name}-{role}"
        service = Service(name, host=settings.http_host, port=settings.http_port)
        service.add("store", ready=store.ping, stop=store.close)
        for room in rooms.all:
            for part, stop in room.stops.items():
                service.add(part, stop=stop)
        return service
