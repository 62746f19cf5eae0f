"""W1: the mini-program's home page, one federated query over all four services.

Sixteen clients ask for it as sixty-four people of a community of 6,543, each with a token of
their own. The reference answers the same page from Apollo Server subgraphs over the same store,
through the same program as its gateway, in as many processes. The two are measured in turn, and
both have to answer every person alike before it begins; every answer is looked at.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import httpx
from local_stack.acting.graph_calls import graph_calls
from local_stack.acting.inhabitants import Inhabitant, renewed, settle
from local_stack.acting.ledgers import import_ledger
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town, found_town

from benchmarks.demo_ledger import demo_ledger
from benchmarks.measuring import Result, Workbench
from benchmarks.operations import kept_operation
from benchmarks.sides import Run, Side, Wanted, run
from benchmarks.w1_content import fill_home, what_is_missing
from benchmarks.w1_figures import result_of
from benchmarks.w1_reference import ours, packages, reference_beside
from benchmarks.whole_stack import UNLIMITED, running_stack

_ANSWER_WITHIN_SECONDS = 60.0


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    Attributes:
        runs: of each side, taken in turn.
    """

    people: int = 64
    clients: int = 16
    warm_up_seconds: float = 10
    run_seconds: float = 10
    runs: int = 5


@dataclass(frozen=True)
class Scene:
    """A town whose people are at home, and the two sides that answer them."""

    town: Town
    inhabitants: list[Inhabitant]
    own: Side
    reference: Side


class HomePage:
    """W1."""

    key: ClassVar[str] = "W1"
    title: ClassVar[str] = "the mini-program's home page, 6,543 residents, 16 clients"

    def __init__(self, plan: Plan | None = None) -> None:
        self._plan = plan or Plan()

    async def run(self, bench: Workbench) -> Result:
        """See Benchmark."""
        bench.steps.plan(5 + 2 * (self._plan.runs + 1))
        bench.steps.begin("installing the reference and the clients")
        for each in packages():
            if not each.are_installed():
                await asyncio.to_thread(each.install)
        bench.steps.done()
        async with self._scene(bench) as scene:
            bench.steps.begin("comparing the two sides' answers, person by person")
            scene = replace(scene, inhabitants=await renewed(scene.town, scene.inhabitants))
            pages, faults = await _compared(scene)
            if faults:
                return Result({}, (), tuple(faults))
            calls = await _calls_per_page(scene)
            bench.steps.done()
            connections = _connections(scene, pages, self._plan.clients, bench.seed)
            return result_of(*await self._measured(bench, scene, connections), calls)

    @asynccontextmanager
    async def _scene(self, bench: Workbench) -> AsyncIterator[Scene]:
        bench.steps.begin("bringing a stack up")
        async with (
            running_stack(bench, **UNLIMITED) as stack,
            httpx.AsyncClient(timeout=_ANSWER_WITHIN_SECONDS, trust_env=False) as client,
        ):
            bench.steps.done()
            town, inhabitants = await self._peopled(bench, stack, client)
            bench.steps.begin("starting the reference")
            async with reference_beside(bench, stack, UNLIMITED) as reference:
                bench.steps.done()
                yield Scene(town, inhabitants, ours(stack), reference)

    async def _peopled(
        self, bench: Workbench, stack: StackByCommands, client: httpx.AsyncClient
    ) -> tuple[Town, list[Inhabitant]]:
        bench.steps.begin("importing the ledger, settling people, filling their pages")
        town = await found_town(stack.layout, client)
        await import_ledger(town, await asyncio.to_thread(demo_ledger, bench.folder))
        await town.renew()
        inhabitants = await settle(town, self._plan.people)
        await town.renew()
        await fill_home(town, inhabitants)
        bench.steps.done()
        return town, inhabitants

    async def _measured(
        self, bench: Workbench, scene: Scene, connections: Sequence[Sequence[Wanted]]
    ) -> tuple[list[Run], list[Run]]:
        async def measured(side: Side, seconds: float) -> Run:
            seen = await asyncio.to_thread(
                run, side, connections, seconds=seconds, folder=bench.folder
            )
            bench.steps.done()
            return seen

        sides: tuple[tuple[Side, list[Run]], ...] = ((scene.own, []), (scene.reference, []))
        for side, _ in sides:
            bench.steps.begin(f"warming up {side.name}")
            await measured(side, self._plan.warm_up_seconds)
        for number in range(1, self._plan.runs + 1):
            for side, runs in sides:
                bench.steps.begin(f"run {number} of {self._plan.runs}: {side.name}")
                seen = await measured(side, self._plan.run_seconds)
                bench.steps.say(
                    f"  {side.name:<14}{seen.pages_per_second:8.1f} pages/s   "
                    f"p50 {seen.p50_ms:7.1f} ms   p99 {seen.p99_ms:7.1f} ms"
                )
                runs.append(seen)
        return sides[0][1], sides[1][1]


async def _page(scene: Scene, side: Side, inhabitant: Inhabitant) -> Any:
    """Ask as a client does, by the id of the kept operation."""
    answer = await scene.town.client.post(
        f"{side.gateway}/graphql",
        content=_body(scene),
        headers={
            "Authorization": f"Bearer {inhabitant.token}",
            "Content-Type": "application/json",
        },
    )
    return answer.json()


def _body(scene: Scene) -> str:
    return kept_operation("miniprogram", "Home").body(communityId=scene.town.community_id)


async def _compared(scene: Scene) -> tuple[dict[str, Any], list[str]]:
    """Return each person's page by account, and where the sides differ or a page lacks rows."""
    pages, faults = {}, []
    for inhabitant in scene.inhabitants:
        account_id = inhabitant.person.account_id
        own, theirs = await asyncio.gather(
            _page(scene, scene.own, inhabitant), _page(scene, scene.reference, inhabitant)
        )
        if own != theirs:
            faults.append(f"{account_id}: ours {own}, the reference {theirs}")
        elif own.get("errors") or what_is_missing(own["data"]):
            faults.append(f"{account_id} has no whole page: {own}")
        pages[account_id] = own
    return pages, faults


async def _calls_per_page(scene: Scene) -> dict[str, int]:
    """Return how many calls each service answers for one page.

    Of three people's pages; where they differ, what is not 1 is told.
    """
    told: dict[str, int] = {}
    client, layout = scene.town.client, scene.town.layout
    for inhabitant in scene.inhabitants[:3]:
        before = await graph_calls(client, layout)
        await _page(scene, scene.own, inhabitant)
        after = await graph_calls(client, layout)
        for name, count in after.items():
            if told.get(name, 1) == 1:
                told[name] = count - before[name]
    return told


def _connections(
    scene: Scene, pages: dict[str, Any], clients: int, seed: int
) -> list[list[Wanted]]:
    """Give each connection people of its own, in an order that the seed draws."""
    people = list(scene.inhabitants)
    random.Random(seed).shuffle(people)  # noqa: S311
    body = _body(scene)
    wanted = [Wanted(each.token, body, pages[each.person.account_id]) for each in people]
    return [wanted[at::clients] for at in range(clients)]
