"""`kill -9`, and the moments at which a process is gone, is back, and is ready."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil
from chassis.errors import StoreUnavailable
from local_stack.layout import Layout
from local_stack.programs import Program, programs
from local_stack.record import StackRecord
from local_stack.secrets_file import stack_secrets
from local_stack.stores import choose_stores
from local_stack.supervisor import Supervisor

from chaos.schedule import Kill, Kind
from chaos.stores import Stores

_LOOK_SECONDS = 0.05
_BACK_WITHIN_SECONDS = 90.0
_AIM_AT_MOST_SECONDS = 20.0
_AIM_LOOK_SECONDS = 0.005
_GIVEN_UP = "FATAL"
"""Of a process that is EXITED, the supervisor starts the next one by itself."""


class NotBack(Exception):
    """The supervisor did not start a killed process again."""


@dataclass(frozen=True)
class Fallen:
    """A process that was killed and runs again.

    Attributes:
        aimed: whether it was seen at the work that it was to be killed at.
        killed_at, back_at: of this machine's monotonic clock; back is the start of the new one.
        back_on: the same by the clock of the day.
    """

    kill: Kill
    pid: int
    aimed: bool
    killed_at: float
    back_at: float
    back_on: datetime


class Watch:
    """Sees the processes of a stack by their names.

    Args:
        odd: told of each process that supervisord has given up.
    """

    def __init__(self, supervisor: Supervisor, odd: Callable[[str], None]) -> None:
        self._supervisor = supervisor
        self._odd = odd

    async def pid(self, name: str) -> int:
        """Return the process id, 0 where it does not run; start what was given up."""
        state, pid = await self.state(name)
        if state == _GIVEN_UP:
            # The run goes on, but it has not come back without anybody's hand.
            self._odd(f"supervisord gave {name} up")
            await asyncio.to_thread(self._supervisor.start_process, name)
        return pid

    async def state(self, name: str) -> tuple[str, int]:
        """Return what supervisord says of it, and its process id."""
        processes = await asyncio.to_thread(self._supervisor.processes)
        (found,) = [process for process in processes if process.name == name]
        return found.state, found.pid


class Executioner:
    """Kills processes of a stack by their pids, and sees them come back."""

    def __init__(self, layout: Layout, stores: Stores, odd: Callable[[str], None]) -> None:
        self._watch = Watch(Supervisor(layout), odd)
        self._stores = stores
        record = StackRecord.read(layout.record) or StackRecord(layout.port_base)
        self._programs: list[Program] = programs(
            layout, choose_stores(layout, record), stack_secrets(layout.state)
        )

    async def kill(self, kill: Kill) -> Fallen:
        """Kill a process and wait until the supervisor has started it again. Raises: NotBack."""
        aimed = await self._takes_aim(kill) if kill.kind is Kind.RELAYING else True
        pid = await self._watch.pid(kill.process)
        killed_at = time.monotonic()
        psutil.Process(pid).kill()
        deadline = killed_at + _BACK_WITHIN_SECONDS
        while await self._watch.pid(kill.process) in {0, pid}:
            if time.monotonic() > deadline:
                raise NotBack(f"{kill.process}: {await self._watch.state(kill.process)}")
            await asyncio.sleep(_LOOK_SECONDS)
        return Fallen(kill, pid, aimed, killed_at, time.monotonic(), datetime.now(UTC))

    async def all_are_ready(self) -> bool:
        """Whether every process of the stack says that it is ready."""
        answers = await asyncio.gather(
            *(asyncio.to_thread(program.is_ready) for program in self._programs)
        )
        return all(answers)

    async def _takes_aim(self, kill: Kill) -> bool:
        """Wait until the worker's service has something to relay, and a moment longer."""
        deadline = time.monotonic() + _AIM_AT_MOST_SECONDS
        (service,) = kill.services
        while not await self._has_something_to_relay(service):
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(_AIM_LOOK_SECONDS)
        await asyncio.sleep(kill.aim_seconds)
        return True

    async def _has_something_to_relay(self, service: str) -> bool:
        try:
            return bool(await self._stores.waiting(service))
        except StoreUnavailable:
            return False
