"""The stack that is attacked: its doors, and two communities apart from each other."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TypeVar

from chassis.mongo import Store
from local_stack.acting.one_of_each.cast import Person
from local_stack.acting.one_of_each.opening import connected_stores, opened_world, quiet_of
from local_stack.acting.one_of_each.quiet import Quiet
from local_stack.acting.one_of_each.world import World
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.layout import ROOT, Layout
from local_stack.leash import Leash
from local_stack.programs import SERVICES

ROLES = ["resident", "steward", "partner", "clerk", "secretary", "merchant", "auditor"]
GATEWAY = "gateway"
T = TypeVar("T")


@dataclass(frozen=True)
class Door:
    """A process that answers GraphQL.

    Attributes:
        process: its name in the stack.
        pid: whose CPU time a request costs.
    """

    process: str
    address: str
    pid: int

    @property
    def graph(self) -> str:
        """Where it answers."""
        return f"{self.address}/graphql"

    @property
    def schema_file(self) -> Path:
        """What it can be asked."""
        if self.process == GATEWAY:
            return ROOT / "gateway" / "schema.graphql"
        service = self.process.removesuffix("-api")
        return ROOT / "services" / service / "schema.graphql"


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes:
        seed: makes what is drawn the same again.
        tries: inputs drawn for each operation, and tokens with one character changed.
        levels: the depth, width and number of copies of the largest documents.
        body_bytes: the length of the largest bodies.
        repeats: how often each request is sent whose CPU time is measured; 0 measures nothing.
    """

    seed: int
    tries: int
    levels: int
    body_bytes: int
    repeats: int

    @property
    def is_full(self) -> bool:
        """Whether it is the size of `make attack`, and not the small one beside other tests."""
        return self.repeats > 0

    def some_of(self, line: str, there: Sequence[T], *, one_in: int) -> list[T]:
        """All of them at the full size; at the small one a drawn share, in their order."""
        if self.is_full:
            return list(there)
        chosen = self.draw(line).sample(range(len(there)), k=ceil(len(there) / one_in))
        return [there[place] for place in sorted(chosen)]

    def draw(self, line: str) -> random.Random:
        """What draws for a line, whichever other lines run."""
        return random.Random(f"{self.seed} {line}")  # noqa: S311  to be drawn again


@dataclass(frozen=True)
class Target:
    """What is attacked.

    Attributes:
        world: the community whose secrets are wanted, with a person of each role.
        stranger: the secretary of another community.
        stores: what each service keeps, to see that nothing changed.
        folder: where processes of the attack's own keep their logs.
        leash: ends those processes with the attack.
    """

    layout: Layout
    world: World
    stranger: Person
    stores: dict[str, Store]
    quiet: Quiet
    pids: dict[str, int]
    folder: Path
    leash: Leash

    def door(self, process: str) -> Door:
        """Return a door of the stack by the name of its process."""
        return Door(process, self.layout.address(process), self.pids[process])

    @property
    def doors(self) -> list[Door]:
        """The gateway, and each service alone."""
        return [self.door(GATEWAY), *(self.door(f"{service}-api") for service in SERVICES)]


@asynccontextmanager
async def target_of(stack: StackByCommands, folder: Path, leash: Leash) -> AsyncIterator[Target]:
    """Found both communities in a running stack. Yields: what can be attacked in it."""
    async with AsyncExitStack() as ends:
        world = await ends.enter_async_context(opened_world(stack.layout, ROLES))
        stores = await ends.enter_async_context(connected_stores(stack.layout))
        quiet = await ends.enter_async_context(quiet_of(stack.layout, stores))
        stranger = await world.cast.person(await world.cast.community(), "secretary")
        yield Target(stack.layout, world, stranger, stores, quiet, stack.pids(), folder, leash)
