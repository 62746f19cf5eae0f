"""Processes of the stack once more, as strangers meet them: in production."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from local_stack.layout import Layout
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.programs import Program, Stores, answers_ready, programs
from local_stack.secrets_file import stack_secrets
from local_stack.server_process import ServerProcess

from strangers.target import Door

REQUESTS_PER_MINUTE = 600
"""Of one account: fewer than usual, so that a slow machine reaches them."""
_READY_WITHIN_SECONDS = 120


class InProduction(ServerProcess):
    """One more process of the stack, on a port and with a state folder of its own."""

    ready_within_seconds = _READY_WITHIN_SECONDS

    def __init__(self, program: Program, folder: Path, leash: Leash) -> None:
        self.name = f"{program.name}-in-production"
        self._program = program
        super().__init__(port=free_port(), folder=folder, leash=leash)

    @property
    def door(self) -> Door:
        """Where it answers."""
        return Door(self._program.name, f"http://127.0.0.1:{self.port}", self.pid)

    def prepare(self) -> None:
        """Nothing: its indexes and topics are there."""

    def argv(self) -> list[str]:
        """See ServerProcess; `env` starts it in its own folder."""
        return ["env", "-C", self._program.cwd, *self._program.argv]

    def env(self) -> dict[str, str]:
        """See ServerProcess."""
        state = str(self.folder / f"{self.name}-state")
        own = {"HTTP_PORT": str(self.port), "STATE_DIRECTORY": state, "STATE_FOLDER": state}
        # Not what keeps the stack's own doors open to an attack.
        limits = {"REQUESTS_PER_MINUTE": str(REQUESTS_PER_MINUTE)}
        return {**self._program.env, **limits, **own, "ENVIRONMENT": "production"}

    def is_ready(self) -> bool:
        """See ServerProcess."""
        return answers_ready(f"http://127.0.0.1:{self.port}")


@asynccontextmanager
async def in_production(
    layout: Layout, names: Sequence[str], folder: Path, leash: Leash
) -> AsyncIterator[list[Door]]:
    """Start these processes of a running stack once more. Yields: their doors, ready."""
    stores = Stores(
        mongodb_uri=f"mongodb://127.0.0.1:{layout.port('store')}",
        kafka_bootstrap_servers=f"127.0.0.1:{layout.port('kafka')}",
        store=None,
        kafka=None,
    )
    known = {it.name: it for it in programs(layout, stores, stack_secrets(layout.state))}
    started = [InProduction(known[name], folder, leash) for name in names]
    async with AsyncExitStack() as ends:
        for each in started:
            (each.folder / f"{each.name}-state").mkdir(parents=True, exist_ok=True)
            each.start()
            ends.push_async_callback(asyncio.to_thread, each.kill)
        for each in started:
            await asyncio.to_thread(each.wait_ready)
        yield [each.door for each in started]
