"""The running stack with a community to try permissions in, and what its stores hold."""

from collections.abc import AsyncIterator

import pytest
from chassis.mongo import Store
from local_stack.acting.one_of_each.cast import Person
from local_stack.acting.one_of_each.opening import connected_stores, opened_world, quiet_of
from local_stack.acting.one_of_each.quiet import Quiet
from local_stack.acting.one_of_each.world import World
from local_stack.acting.stack_by_commands import StackByCommands

from .contract import ROLES


@pytest.fixture(scope="package")
async def world(stack: StackByCommands) -> AsyncIterator[World]:
    async with opened_world(stack.layout, ROLES) as world:
        yield world


@pytest.fixture(scope="package")
async def stores(stack: StackByCommands) -> AsyncIterator[dict[str, Store]]:
    async with connected_stores(stack.layout) as stores:
        yield stores


@pytest.fixture(scope="package")
async def quiet(stack: StackByCommands, stores: dict[str, Store]) -> AsyncIterator[Quiet]:
    async with quiet_of(stack.layout, stores) as quiet:
        yield quiet


@pytest.fixture(scope="package")
async def stranger(stack: StackByCommands, world: World) -> Person:
    """The secretary of another community."""
    return await world.cast.person(await world.cast.community(), "secretary")
