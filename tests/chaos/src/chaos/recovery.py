"""How long it takes until everything is whole again after a process is back."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import quantiles

import msgspec
from aiokafka.errors import KafkaError
from chassis.errors import StoreUnavailable
from local_stack.acting.topics import Ends, Topics

from chaos.killing import Executioner, Fallen
from chaos.model import Model
from chaos.probing import Prober
from chaos.schedule import Kill
from chaos.stores import Stores

WHOLE_WITHIN_SECONDS = 30.0
_GIVE_UP_SECONDS = 180.0
_LOOK_SECONDS = 0.2


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured after one kill, in seconds; from the start of the new process on.

    Attributes:
        away_seconds: from the kill to that start.
        written_seconds: to the first acknowledged write, begun since, of each service that the
            process can hold up: the last of them.
        flowing_seconds: until all that waited in outboxes is published and heard by every group.
        ready_seconds: until every process of the stack says that it is ready.
        outstanding: what was not so when the waiting was given up; "" where it is whole.
    """

    number: int
    kind: str
    process: str
    pid: int
    aimed: bool
    away_seconds: float
    written_seconds: float
    flowing_seconds: float
    ready_seconds: float
    outstanding: str = ""

    @property
    def whole_seconds(self) -> float:
        """Until everything was as before."""
        return max(self.written_seconds, self.flowing_seconds, self.ready_seconds)


class Recoveries:
    """Watches the stack come back."""

    def __init__(
        self, model: Model, stores: Stores, executioner: Executioner, prober: Prober
    ) -> None:
        self._model = model
        self._prober = prober
        self._stores = stores
        self._topics = Topics(stores.bootstrap_servers)
        self._executioner = executioner

    async def of(self, kill: Kill) -> Recovery:
        """Kill, and wait until all is whole or the waiting is given up. Raises: NotBack."""
        fallen = await self._executioner.kill(kill)
        probes = [asyncio.create_task(self._prober.write(service)) for service in kill.services]
        took = await asyncio.gather(
            _moment(fallen, lambda: self._unwritten(fallen)),
            _moment(fallen, _Flow(fallen, self._stores, self._topics).outstanding),
            _moment(fallen, self._unready),
        )
        # Who was never answered left a write that is unknown: the audit says so.
        await asyncio.gather(*probes, return_exceptions=True)
        return Recovery(
            number=fallen.kill.number,
            kind=fallen.kill.kind.value,
            process=fallen.kill.process,
            pid=fallen.pid,
            aimed=fallen.aimed,
            away_seconds=fallen.back_at - fallen.killed_at,
            written_seconds=took[0][0],
            flowing_seconds=took[1][0],
            ready_seconds=took[2][0],
            outstanding="; ".join(why for _, why in took if why),
        )

    async def close(self) -> None:
        """Let go of the broker."""
        await self._topics.close()

    async def _unwritten(self, fallen: Fallen) -> str:
        for service in fallen.kill.services:
            if self._model.first_answered(service, begun_after=fallen.back_at) is None:
                return f"no acknowledged write of {service}"
        return ""

    async def _unready(self) -> str:
        return "" if await self._executioner.all_are_ready() else "a process is not ready"


class _Flow:
    """Whether all that was said before a process came back has been published and heard."""

    def __init__(self, fallen: Fallen, stores: Stores, topics: Topics) -> None:
        self._fallen = fallen
        self._stores = stores
        self._topics = topics
        self._ends: Ends | None = None

    async def outstanding(self) -> str:
        """Name what was said before and is not heard yet; "" if nothing."""
        if self._ends is None:
            for service in self._fallen.kill.services:
                waiting = await self._stores.waiting(service, before=self._fallen.back_on)
                if waiting:
                    return f"events wait in {waiting}"
            # Taken once: under load the ends go on moving.
            self._ends = await self._topics.ends()
        return await self._topics.behind(self._ends)


async def _moment(fallen: Fallen, outstanding: Callable[[], Awaitable[str]]) -> tuple[float, str]:
    """Look until nothing is outstanding; seconds since the process was back, and what is left."""
    why = "not looked at"
    while time.monotonic() - fallen.back_at < _GIVE_UP_SECONDS:
        try:
            why = await outstanding()
        except (StoreUnavailable, KafkaError, OSError, TimeoutError) as error:
            why = f"{type(error).__name__}: {error}"
        if not why:
            break
        await asyncio.sleep(_LOOK_SECONDS)
    return time.monotonic() - fallen.back_at, why


def p95(seconds: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed; of one value, that value."""
    if len(seconds) < 2:
        return max(seconds, default=0.0)
    return quantiles(seconds, n=20, method="inclusive")[-1]
