"""An instance of a service under a test: its commands, and its processes side by side."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal, TypeVar

from local_stack.acting.service_process import ServiceProcess, run_service_command
from local_stack.leash import Leash

P = TypeVar("P", bound=ServiceProcess)


def command_done(service: str, variables: Mapping[str, str], *argv: str) -> str:
    """Run a command that must succeed, by these variables beside the test run's own.

    Returns: what it printed. Raises: AssertionError.
    """
    ended = run_service_command(service, os.environ | dict(variables), *argv)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@asynccontextmanager
async def running_processes(
    process: type[P],
    variables: Mapping[str, str],
    *kinds: Literal["api", "worker"],
    folder: Path,
    leash: Leash,
) -> AsyncIterator[dict[str, P]]:
    """Start these processes. Yields: each by its kind, ready; what still runs then is killed."""
    processes: dict[str, P] = {
        kind: process(kind, variables, folder=folder, leash=leash) for kind in kinds
    }
    async with AsyncExitStack() as ends:
        for each in processes.values():
            each.start()
            ends.push_async_callback(asyncio.to_thread, each.kill)
        for each in processes.values():
            await asyncio.to_thread(each.wait_ready)
        yield processes


async def end_well(processes: Iterable[ServiceProcess]) -> None:
    """Tell them to end, one after the other. Raises: AssertionError for one that fails at it."""
    for process in processes:
        exit_code = await asyncio.to_thread(process.exit_code_after_sigterm)
        assert exit_code == 0, process.log_path.read_text()
