"""A whole stack of a benchmark's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from chassis.mongo import Store
from chassis.testing_waits import until
from local_stack.acting.rest import Rest
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.topics import Topics
from local_stack.down import down
from local_stack.programs import SERVICES

from benchmarks.given_mongodb import only_meanwhile
from benchmarks.measuring import Workbench

# The limits of a gateway that everybody shares one address with are not what is measured.
UNLIMITED = {"REQUESTS_PER_MINUTE": "100000000", "ANONYMOUS_REQUESTS_PER_MINUTE": "100000000"}
_AT_REST_WITHIN_SECONDS = 300.0
_DATABASES = frozenset(f"linli_{service}" for service in SERVICES)


@asynccontextmanager
async def running_stack(bench: Workbench, **settings: str) -> AsyncIterator[StackByCommands]:
    """Bring a stack up, without its story. Yields: it, ready; it is down again afterwards.

    In a MongoDB that is given, its databases are there only meanwhile.

    Args:
        settings: variables of every process, beside those that the stack gives them.

    Raises: RuntimeError where the given MongoDB has databases of another stack's.
    """
    if bench.mongodb_uri:
        settings["MONGODB_URI"] = bench.mongodb_uri
    async with only_meanwhile(bench.mongodb_uri, _DATABASES.__contains__):
        stack = StackByCommands.in_folder(bench.folder / "stack", settings)
        bench.leash.run_at_end(stack.argv("down"))
        try:
            await asyncio.to_thread(stack.must, "up", "--no-story")
            yield stack
        finally:
            await asyncio.to_thread(down, stack.layout)


def store_uri(bench: Workbench, stack: StackByCommands) -> str:
    """Where a running stack keeps everything: in its own store, or in the MongoDB given."""
    own = f"mongodb://127.0.0.1:{stack.layout.port('store')}/?directConnection=true"
    return bench.mongodb_uri or own


async def at_rest(bench: Workbench, stack: StackByCommands) -> None:
    """Return when every event is heard. Raises: TimeoutError, which names what is under way."""
    uri = store_uri(bench, stack)
    async with AsyncExitStack() as ends:
        stores: dict[str, Store] = {}
        for service in SERVICES:
            stores[service] = Store.connect(uri, f"linli_{service}")
            ends.push_async_callback(stores[service].close)
        rest = Rest(stores, Topics(f"127.0.0.1:{stack.layout.port('kafka')}"))
        ends.push_async_callback(rest.close)
        outstanding: list[str] = []

        async def is_at_rest() -> bool:
            outstanding[:] = await rest.outstanding()
            return not outstanding

        try:
            await until(is_at_rest, within_seconds=_AT_REST_WITHIN_SECONDS)
        except TimeoutError as error:
            raise TimeoutError(f"still under way: {outstanding}") from error
