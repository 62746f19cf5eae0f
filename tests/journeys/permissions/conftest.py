"""The running stack with a community to try permissions in, and what its stores hold."""

from collections.abc import AsyncIterator

import pytest
from chassis.mongo import Store
from local_stack.acting.people_by_wechat import PeopleByWeChat
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.secrets_file import stack_secrets
from residents.settings import ResidentsSettings
from story.graph import Graph
from story.phones import Phones

from .asking import http_client
from .cast import Cast, Person
from .contract import ROLES
from .quiet import Quiet
from .wechat import WeChat
from .world import World

SERVICES = ("residents", "issues", "vouchers", "outreach")


@pytest.fixture(scope="package")
async def world(stack: StackByCommands) -> AsyncIterator[World]:
    layout = stack.layout
    secrets = stack_secrets(layout.state)
    cast = Cast(
        ResidentsSettings.model_validate(
            {
                "mongodb_uri": f"mongodb://127.0.0.1:{layout.port('store')}",
                "kafka_bootstrap_servers": f"127.0.0.1:{layout.port('kafka')}",
                "key_wrapping_keys": secrets.key_wrapping_keys,
                "lookup_hash_key": secrets.lookup_hash_key,
            }
        )
    )
    client, simulator = http_client(), layout.address("wechat-simulator")
    world = World(
        layout.address("gateway"),
        WeChat(simulator),
        cast,
        residents=layout.address("residents-api"),
        by_wechat=PeopleByWeChat(
            Graph(client, layout.address("gateway")),
            Phones(client, simulator),
            mini_program_secret=secrets.mini_program_secret,
        ),
    )
    await world.open(await cast.community(), ROLES)
    yield world
    await client.aclose()
    await cast.store.close()
    await cast.rooms.foundation.store.close()


@pytest.fixture(scope="package")
async def stores(stack: StackByCommands) -> AsyncIterator[dict[str, Store]]:
    uri = f"mongodb://127.0.0.1:{stack.layout.port('store')}"
    stores = {name: Store.connect(uri, f"linli_{name}") for name in SERVICES}
    yield stores
    for store in stores.values():
        await store.close()


@pytest.fixture(scope="package")
async def quiet(stack: StackByCommands, stores: dict[str, Store]) -> AsyncIterator[Quiet]:
    async with Quiet(stores, f"127.0.0.1:{stack.layout.port('kafka')}") as quiet:
        yield quiet


@pytest.fixture(scope="package")
async def stranger(stack: StackByCommands, world: World) -> Person:
    """The secretary of another community."""
    return await world.cast.person(await world.cast.community(), "secretary")
