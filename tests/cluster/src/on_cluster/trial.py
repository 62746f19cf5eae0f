"""What the steps share: the cluster, the charts' values, and the community they act in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from story.stopped import StoryStopped

from on_cluster.community import Doings, found_community
from on_cluster.kubernetes import CHARTS, Cluster
from on_cluster.load import Figures, Load
from on_cluster.service_addresses import Places, places

IMAGES = (
    "residents",
    "issues",
    "vouchers",
    "outreach",
    "gateway",
    "wechat-simulator",
    "trial-store",
    "trial-kafka",
)
READY_WITHIN_SECONDS = 600.0
_COMMENT_EVERY_SECONDS = 2.0
_TOKEN_EVERY_SECONDS = 240.0
_TRY_AGAIN_AFTER_SECONDS = 3.0


@dataclass
class Trial:
    """One run over one cluster.

    Attributes:
        version: of the images.
        state: a folder of this run's own on this machine.
        trial_values: what the chart linli-trial is told beside its own values.
        requests_per_second: of the load.
        load_seconds: how long the load goes on at least.
    """

    cluster: Cluster
    version: str
    state: Path
    requests_per_second: float
    load_seconds: float
    trial_values: list[str] = field(default_factory=list)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)
    _places: Places | None = None
    _doings: Doings | None = None

    @property
    def volumes_namespace(self) -> str:
        """Where what is not `restricted` may run: what prepares volumes on a node."""
        return f"{self.cluster.namespace}-volumes"

    def image(self, name: str) -> str:
        """Return the full name of an image."""
        return f"docker.io/linli/{name}:{self.version}"

    def linli_arguments(self, *more: str) -> list[str]:
        """Return how `helm upgrade --install linli` is called: two of everything."""
        values = [
            f"image.tag={self.version}",
            *("defaults.api.replicas=2", "defaults.worker.replicas=2", "gateway.replicas=2"),
            # The load comes from one account at one address.
            "gateway.settings.REQUESTS_PER_MINUTE=100000",
            *more,
        ]
        chart = ["upgrade", "--install", "linli", str(CHARTS / "linli")]
        chart += ["--values", str(CHARTS / "linli" / "values-trial.yaml")]
        chart += ["--wait", f"--timeout={READY_WITHIN_SECONDS:g}s"]
        return [*chart, *(word for value in values for word in ("--set", value))]

    async def upgrade(self, *more: str) -> None:
        """Install Linli, or upgrade it to these values, and wait until it is ready.

        Raises: CommandFailed.
        """
        arguments = self.linli_arguments(*more)
        await self.cluster.chart(*arguments, within_seconds=READY_WITHIN_SECONDS + 60)

    async def places(self) -> Places:
        """Return where the Services are. Raises: CannotBeDone where they cannot be reached."""
        if self._places is None:
            self._places = await self._open.enter_async_context(places(self.cluster))
        return self._places

    async def client(self, *, keep_alive: bool = True) -> httpx.AsyncClient:
        """Return a client that knows the Services' names, open until the run ends."""
        made = (await self.places()).client(keep_alive=keep_alive)
        return await self._open.enter_async_context(made)

    async def doings(self) -> Doings:
        """Return the community of the load, founded the first time."""
        if self._doings is None:
            town = await found_community(self.cluster, await self.client(), self.state)
            self._doings = Doings(town)
        return self._doings

    async def under_load(self, work: Callable[[], Awaitable[None]], *, tries: int = 1) -> Figures:
        """Do the work while the community is read and written, and say what came of each request.

        Args:
            tries: how often a request may be sent, with the same request id, until it is answered.

        Raises: CannotBeDone where requests do not reach Services; what the work raises.
        """
        (await self.places()).must_be_balanced()
        doings = await self.doings()
        await doings.town.renew()
        load = Load(
            url=f"{doings.town.layout.address('gateway')}/graphql",
            clients=[await self.client(), await self.client(keep_alive=False)],
            makers=[doings.read_figures, doings.found_team, doings.read_figures, doings.read_inbox],
            token=lambda: doings.town.token,
            per_second=self.requests_per_second,
            tries=tries,
            between_tries_seconds=_TRY_AGAIN_AFTER_SECONDS,
        )
        async with self._comments(doings), self._fresh_token(doings):
            return await load.during(work(), at_least_seconds=self.load_seconds)

    @asynccontextmanager
    async def _comments(self, doings: Doings) -> AsyncIterator[None]:
        async def go_on() -> None:
            while True:
                # The simulator may be the one that is away: what it did not take is no comment.
                with suppress(StoryStopped):
                    await doings.comment()
                await asyncio.sleep(_COMMENT_EVERY_SECONDS)

        async with _beside(go_on()):
            yield

    @asynccontextmanager
    async def _fresh_token(self, doings: Doings) -> AsyncIterator[None]:
        """A token is good for ten minutes; an upgrade may take longer."""

        async def go_on() -> None:
            while True:
                await asyncio.sleep(_TOKEN_EVERY_SECONDS)
                await doings.town.renew()

        async with _beside(go_on()):
            yield

    async def close(self) -> None:
        """Close what was opened."""
        await self._open.aclose()


@asynccontextmanager
async def _beside(work: Awaitable[None]) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
