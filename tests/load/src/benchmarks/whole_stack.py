"""A whole stack of a benchmark's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.down import down
from local_stack.programs import SERVICES

from benchmarks.given_mongodb import only_meanwhile
from benchmarks.measuring import Workbench

# The limits of a gateway that everybody shares one address with are not what is measured.
UNLIMITED = {"REQUESTS_PER_MINUTE": "100000000", "ANONYMOUS_REQUESTS_PER_MINUTE": "100000000"}
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
