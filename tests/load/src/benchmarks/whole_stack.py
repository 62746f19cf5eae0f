"""A whole stack of a benchmark's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.down import down

from benchmarks.measuring import Workbench


@asynccontextmanager
async def running_stack(bench: Workbench, **settings: str) -> AsyncIterator[StackByCommands]:
    """Bring a stack up, without its story. Yields: it, ready; it is down again afterwards.

    Args:
        settings: variables of every process, beside those that the stack gives them.
    """
    if bench.mongodb_uri:
        settings["MONGODB_URI"] = bench.mongodb_uri
    stack = StackByCommands.in_folder(bench.folder / "stack", settings)
    bench.leash.run_at_end(stack.argv("down"))
    try:
        await asyncio.to_thread(stack.must, "up", "--no-story")
        yield stack
    finally:
        await asyncio.to_thread(down, stack.layout)
