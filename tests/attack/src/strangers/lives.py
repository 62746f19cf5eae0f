"""Whether the processes that were tried are still the same: one that died is started again."""

import asyncio
from collections.abc import Mapping

from local_stack.layout import Layout
from local_stack.supervisor import Supervisor


async def lives_of(layout: Layout) -> dict[str, int]:
    """Return the process id of each process of a stack; 0 where it does not run."""
    processes = await asyncio.to_thread(Supervisor(layout).processes)
    return {process.name: process.pid for process in processes}


def deaths(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, str]:
    """Find the processes that ran before and are away now, or are others. Returns: what is seen."""
    return {
        name: f"process {pid} is gone; now {after.get(name) or 'none runs'}"
        for name, pid in sorted(before.items())
        if pid and after.get(name) != pid
    }
