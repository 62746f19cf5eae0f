"""Services by their names in the cluster, from where the test runs.

`http://gateway:8080` means in the test what it means in a Pod: each name goes to the address of
its Service. Where those cannot be reached, to a forwarded port of this machine.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from on_cluster.kubernetes import Cluster
from on_cluster.outcome import CannotBeDone

HTTP_PORT = 8080
_SERVICES = (
    "gateway",
    "residents-api",
    "issues-api",
    "vouchers-api",
    "outreach-api",
    "wechat-simulator",
)
_ANSWER_WITHIN_SECONDS = 30.0
_REACHED_WITHIN_SECONDS = 3.0
_FORWARDED_WITHIN_SECONDS = 20.0


@dataclass(frozen=True)
class Place:
    """Where a name leads to."""

    host: str
    port: int


@dataclass(frozen=True)
class Places:
    """Where the names lead to.

    Attributes:
        balanced: whether a request goes to any Pod of a Service, as in the cluster. A forwarded
            port leads to one Pod, and ends with it.
    """

    by_name: Mapping[str, Place]
    balanced: bool

    def client(self, *, keep_alive: bool = True) -> httpx.AsyncClient:
        """Return a client that knows the names."""
        kept = 20 if keep_alive else 0
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=kept)
        return httpx.AsyncClient(
            transport=_ToServices(self.by_name, limits),
            timeout=_ANSWER_WITHIN_SECONDS,
            trust_env=False,
        )

    def must_be_balanced(self) -> None:
        """Go on only where requests reach Services. Raises: CannotBeDone."""
        if not self.balanced:
            raise CannotBeDone("Service addresses cannot be reached from here")


class _ToServices(httpx.AsyncHTTPTransport):
    def __init__(self, by_name: Mapping[str, Place], limits: httpx.Limits) -> None:
        super().__init__(limits=limits)
        self._by_name = by_name

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        place = self._by_name.get(request.url.host)
        if place is not None:
            # The header `Host` stands already: the Service sees the name it is called by.
            request.url = request.url.copy_with(host=place.host, port=place.port)
        return await super().handle_async_request(request)


@asynccontextmanager
async def places(cluster: Cluster) -> AsyncIterator[Places]:
    """Find out where the Services are, for as long as the block runs."""
    addresses = {}
    for name in _SERVICES:
        service = await cluster.read("service", name)
        addresses[name] = Place(service["spec"]["clusterIP"], HTTP_PORT)
    if await _answers(addresses["gateway"]):
        yield Places(addresses, balanced=True)
        return
    async with _forwarded(cluster) as ports:
        yield Places(ports, balanced=False)


async def _answers(place: Place) -> bool:
    async with httpx.AsyncClient(timeout=_REACHED_WITHIN_SECONDS, trust_env=False) as client:
        try:
            return (await client.get(f"http://{place.host}:{place.port}/live")).is_success
        except httpx.TransportError:
            return False


@asynccontextmanager
async def _forwarded(cluster: Cluster) -> AsyncIterator[dict[str, Place]]:
    processes = []
    try:
        ports = {}
        for name in _SERVICES:
            process = await asyncio.create_subprocess_exec(
                *(cluster.kubectl, "--namespace", cluster.namespace, "port-forward"),
                *(f"service/{name}", f":{HTTP_PORT}"),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            processes.append(process)
            ports[name] = Place("127.0.0.1", await _port_of(process, name))
        yield ports
    finally:
        for process in processes:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _port_of(process: asyncio.subprocess.Process, name: str) -> int:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_FORWARDED_WITHIN_SECONDS):
            line = (await process.stdout.readline()).decode()
    except TimeoutError:
        line = ""
    found = re.search(r":(\d+) ->", line)
    if found is None:
        raise CannotBeDone(f"neither {name}'s Service nor a forwarded port of it can be reached")
    return int(found[1])
