"""A world in a running stack: opened before what is tried in it, closed after."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from chassis.mongo import Store
from residents.settings import ResidentsSettings
from story.graph import Graph
from story.phones import Phones

from local_stack.acting.one_of_each.asking import http_client
from local_stack.acting.one_of_each.cast import Cast
from local_stack.acting.one_of_each.quiet import Quiet
from local_stack.acting.one_of_each.wechat import WeChat
from local_stack.acting.one_of_each.world import World
from local_stack.acting.people_by_wechat import PeopleByWeChat
from local_stack.layout import Layout
from local_stack.programs import SERVICES
from local_stack.secrets_file import stack_secrets


@asynccontextmanager
async def opened_world(layout: Layout, roles: list[str]) -> AsyncIterator[World]:
    """Found a community with one person of each role. Yields: it."""
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
    gateway, simulator = layout.address("gateway"), layout.address("wechat-simulator")
    try:
        async with http_client() as client:
            world = World(
                gateway,
                WeChat(simulator),
                cast,
                residents=layout.address("residents-api"),
                by_wechat=PeopleByWeChat(
                    Graph(client, gateway),
                    Phones(client, simulator),
                    mini_program_secret=secrets.mini_program_secret,
                ),
            )
            await world.open(await cast.community(), roles)
            yield world
    finally:
        await cast.store.close()
        await cast.rooms.foundation.store.close()


@asynccontextmanager
async def connected_stores(layout: Layout) -> AsyncIterator[dict[str, Store]]:
    """Connect to what each service keeps. Yields: it by the service's name."""
    uri = f"mongodb://127.0.0.1:{layout.port('store')}"
    stores = {name: Store.connect(uri, f"linli_{name}") for name in SERVICES}
    try:
        yield stores
    finally:
        for store in stores.values():
            await store.close()


def quiet_of(layout: Layout, stores: Mapping[str, Store]) -> Quiet:
    """Return what waits until the stack is at rest; to be entered."""
    return Quiet(stores, f"127.0.0.1:{layout.port('kafka')}")
