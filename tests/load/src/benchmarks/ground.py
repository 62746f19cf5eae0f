"""What some benchmarks stand on: a store, a broker, an issuer of tokens, and services upon them."""

import asyncio
import base64
import random
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from chassis.clock import utc_now
from chassis.kafka_access import KafkaAccess
from chassis.mongo import Store
from chassis.testing_jwks import jwks_served
from chassis.testing_tokens import TokenMint
from chassis.topics import Topic, create_topics
from local_stack.acting.service_instance import command_done
from local_stack.kafka import Kafka
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.store import Store as StoreServer

from benchmarks.given_mongodb import only_meanwhile
from benchmarks.measuring import Workbench

RESIDENTS_TOPICS = (
    Topic("linli.residents.events"),
    Topic("linli.residents.sessions", compacted=True),
)
"""Those of residents, which every service hears, where residents itself does not run."""
_KEY_BYTES = 32


@dataclass(frozen=True)
class Ground:
    """Where services run that no gateway stands before.

    Attributes:
        mint: issues tokens in residents' place.
        keys: the services' keys, by the names of their variables, drawn from the seed.
        pids: of the servers that were started here, by name.
        instance: what all databases of this run have in their names.
    """

    mongodb_uri: str
    bootstrap_servers: str
    jwks_url: str
    mint: TokenMint
    keys: Mapping[str, str]
    folder: Path
    leash: Leash
    pids: Mapping[str, int]
    instance: str

    def variables(self, service: str) -> dict[str, str]:
        """The environment of a service's processes and commands, its database its own."""
        return {
            "ENVIRONMENT": "development",
            "MONGODB_URI": self.mongodb_uri,
            "MONGODB_DATABASE": self.database(service),
            "KAFKA_BOOTSTRAP_SERVERS": self.bootstrap_servers,
            "JWKS_URL": self.jwks_url,
            "STATE_FOLDER": str(self.folder / service),
            **self.keys,
        }

    def database(self, name: str) -> str:
        """What a database of this run is called."""
        return f"bench_{self.instance}_{name}"

    def store(self, name: str) -> Store:
        """The database of a service, for looking at it, or one of the benchmark's own."""
        return Store.connect(self.mongodb_uri, self.database(name))

    async def prepare(self, *services: str) -> None:
        """Make the services' topics and indexes."""
        for service in services:
            variables = self.variables(service)
            for command in ("create-topics", "create-indexes"):
                await asyncio.to_thread(command_done, service, variables, command)

    async def topics(self, *topics: Topic) -> None:
        """Make topics of services that do not run."""
        await create_topics(KafkaAccess(self.bootstrap_servers), topics)


@asynccontextmanager
async def store_for(bench: Workbench) -> AsyncIterator[tuple[str, dict[str, int]]]:
    """Yields: the URI of a store, and its process by name unless a MongoDB is given."""
    if bench.mongodb_uri is not None:
        yield bench.mongodb_uri, {}
        return
    server = StoreServer(
        port=free_port(), folder=bench.folder / "store", build="rs", leash=bench.leash
    )
    await asyncio.to_thread(server.__enter__)
    try:
        yield server.uri, {"store": server.pid}
    finally:
        await asyncio.to_thread(server.stop)


@asynccontextmanager
async def ground_for(bench: Workbench) -> AsyncIterator[Ground]:
    """Start a broker, an issuer, and a store unless a MongoDB is given. All end at the end."""
    instance = uuid.uuid4().hex[:8]
    async with AsyncExitStack() as ends:
        kafka = Kafka(
            port=free_port(),
            controller_port=free_port(),
            folder=bench.folder / "kafka",
            leash=bench.leash,
        )
        await asyncio.to_thread(kafka.__enter__)
        ends.push_async_callback(asyncio.to_thread, kafka.stop)
        mongodb_uri, pids = await ends.enter_async_context(store_for(bench))
        await ends.enter_async_context(
            only_meanwhile(bench.mongodb_uri, lambda name: name.startswith(f"bench_{instance}_"))
        )
        mint = TokenMint(utc_now)
        yield Ground(
            mongodb_uri=mongodb_uri,
            bootstrap_servers=kafka.bootstrap_servers,
            jwks_url=ends.enter_context(jwks_served(mint)),
            mint=mint,
            keys=keys_of(bench.seed),
            folder=bench.folder,
            leash=bench.leash,
            pids={"kafka": kafka.pid, **pids},
            instance=instance,
        )


class CpuMeter:
    """The time of the processor that processes have used since it was made.

    One that ends meanwhile is not known any more, so read it before.
    """

    def __init__(self, pids: Mapping[str, int]) -> None:
        self._processes = {name: psutil.Process(pid) for name, pid in pids.items()}
        self._before = self._used()

    def seconds(self) -> dict[str, float]:
        """By the names of the processes."""
        used = self._used()
        return {name: used[name] - before for name, before in self._before.items()}

    def _used(self) -> dict[str, float]:
        times = {name: process.cpu_times() for name, process in self._processes.items()}
        return {name: each.user + each.system for name, each in times.items()}


def percentile(measured: Sequence[float], percent: float) -> float:
    """The least of the values that so many percent do not exceed. Raises: ValueError for none."""
    if not measured:
        raise ValueError("no percentile of nothing")
    ordered = sorted(measured)
    rank = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(0, int(rank) - 1)]


def keys_of(seed: int) -> dict[str, str]:
    """The keys that services need, by the names of their variables."""
    draw = random.Random(seed)  # noqa: S311  keys of a benchmark that hold nothing back

    def key() -> str:
        return base64.urlsafe_b64encode(draw.randbytes(_KEY_BYTES)).decode().rstrip("=")

    named = ("LOOKUP_HASH_KEY", "VOUCHER_CODE_KEY", "PHOTO_URL_KEY", "UNION_MARK_KEY")
    return {"KEY_WRAPPING_KEYS": f"bench:{key()}", **{name: key() for name in named}}
