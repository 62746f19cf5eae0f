"""Whatever is killed while ledgers are applied, readers see the old truth or the new, and no other.

A seed decides who is killed and when; it is printed, and SEED=… sets it.
"""

import asyncio
import os
import random
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import psutil
import pytest
from chassis.testing_waits import until
from local_stack.leash import Leash
from residents.bootstrap import rooms as bootstrap
from residents.bootstrap.rooms import Rooms
from residents.domain.archive.marks import elderly_mark
from residents.domain.login import AccountRef
from residents.domain.roles import Role
from residents.settings import ResidentsSettings

from ..processes import Commands, Process, settings
from . import bad_files
from .office import Office, token_of

CHILD_KILLS, WORKER_KILLS = 2, 2  # of each import; a third crash would be the file's own doing
PEOPLE, DOORS = 1500, 600
LONGEST_SECONDS = 600

Comes = Callable[[], Awaitable[Office]]


def _ledger(generation: int) -> bytes:
    """A ledger of which each generation moves some people, changes some and adds some."""
    rows: list[list[object]] = [["门牌号", "面积", "姓名", "出生日期", "电话"]]
    for number in range(PEOPLE + 100 * generation):
        door = (number + (7 * generation if number % 5 == 0 else 0)) % DOORS
        year = 1940 + number % 70
        phone = 13_900_000_000 + number + (generation if number % 11 == 0 else 0)
        rows.append(
            [
                f"{door // 100 + 1}号楼{door // 20 % 5 + 1}单元{door % 20 + 101}",
                50 + door % 40,
                f"{_CHARACTERS[number % 20]}{_CHARACTERS[number // 20 % 20]}"
                f"{_CHARACTERS[number // 400]}",
                f"{year}-03-{number % 28 + 1:02}",
                str(phone),
            ]
        )
    return bad_files.workbook(rows)


_CHARACTERS = "安宁平静和睦敬诚信毅勇智仁德福寿康乐美善"


class Reader:
    """Reads the totals and searches, again and again.

    Attributes:
        seen: the editions that it saw, each with its totals.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self.seen: dict[int, set[tuple[int, int, int]]] = {}

    async def read_on(self) -> None:
        """Read until cancelled."""
        while True:
            await self.read()

    async def read(self) -> None:
        """Read once: what is counted and what is found must be of one edition."""
        stores, community_id = self._office.rooms.archive.stores, self._office.community_id
        archive = await stores.archives.of(community_id)
        totals = await self._office.totals()
        mark = elderly_mark(self._office.rooms.foundation.keyed_hash)
        found = 0
        async for some in _found(self._office.rooms, community_id, mark):
            found += some
        if (await stores.archives.of(community_id)).edition != archive.edition:
            return  # what was read before and after the flip is not one reading
        told = (totals["households"], totals["residents"], found)
        self.seen.setdefault(archive.edition, set()).add(told)


async def _found(rooms: Rooms, community_id: str, mark: str) -> AsyncIterator[int]:
    residents, archives = rooms.archive.stores.residents, rooms.archive.stores.archives
    view, after = (await archives.of(community_id)).view, None
    while True:
        page = await residents.living(community_id, view=view, first=500, after=after, mark=mark)
        yield len(page.items)
        if not page.has_next_page:
            return
        after = page.cursors[-1]


class Killer:
    """Kills workers and their children, and starts workers again."""

    def __init__(self, workers: list[Process], chance: random.Random) -> None:
        self._workers = workers
        self._chance = chance
        self.kills: list[str] = []

    async def trouble(self, office: Office, import_id: str) -> None:
        """Kill while this import is applied, each time at another moment."""
        victims = ["child"] * CHILD_KILLS + ["worker"] * WORKER_KILLS
        self._chance.shuffle(victims)
        for victim in victims:
            if not await self._is_applied_for(office, import_id, self._chance.uniform(0, 4)):
                return
            if victim == "worker":
                self._kill_a_worker()
            else:
                await self._kill_a_child(office, import_id)

    async def _is_applied_for(self, office: Office, import_id: str, seconds: float) -> bool:
        await asyncio.sleep(seconds)
        return (await _state(office, import_id)) in {"accepted", "applying"}

    def _kill_a_worker(self) -> None:
        worker = self._chance.choice(self._workers)
        worker.kill()
        worker.start()
        self.kills.append("worker")

    async def _kill_a_child(self, office: Office, import_id: str) -> None:
        async def child() -> psutil.Process | None:
            if await _state(office, import_id) not in {"accepted", "applying"}:
                raise LookupError
            return next(iter(_children(import_id)), None)

        try:
            found = await until(child, within_seconds=LONGEST_SECONDS)
        except LookupError:
            return
        assert isinstance(found, psutil.Process)
        await asyncio.sleep(self._chance.uniform(0, 3))
        try:
            os.kill(found.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.kills.append("child")


def _children(import_id: str) -> list[psutil.Process]:
    """The processes that work on this import."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if import_id in (process.info["cmdline"] or ())
    ]


async def _state(office: Office, import_id: str) -> str:
    return (await office.rooms.imports.batches.get(office.community_id, import_id)).state.value


@pytest.fixture
async def troubled(
    mongodb_uri: str, kafka_bootstrap_servers: str, tmp_path: Path, leash: Leash
) -> AsyncIterator[tuple[Comes, list[Process]]]:
    """An office that comes anew, over an api and two workers that may be killed."""
    variables = settings(mongodb_uri, kafka_bootstrap_servers)
    commands = Commands(variables)
    for command in ("create-topics", "create-indexes"):
        commands.done(command)
    made = commands.found_community("secretary-troubled")
    workers = [
        Process("worker", variables, folder=tmp_path / f"worker-{number}", leash=leash)
        for number in range(2)
    ]
    lower = {name.lower(): value for name, value in variables.items()}
    rooms = bootstrap.build(ResidentsSettings.model_validate(lower))
    with Process("api", variables, folder=tmp_path, leash=leash) as api, workers[0], workers[1]:
        ref = AccountRef(made["communityId"], made["accountId"])

        async def office() -> Office:
            token = await token_of(rooms, ref, Role.SECRETARY)
            return Office(api.address, token, ref.community_id, rooms)

        yield office, workers
    await rooms.foundation.store.close()


@pytest.mark.timeout(1500)
async def test_killed_at_random_it_comes_to_the_same_and_readers_notice_nothing(
    troubled: tuple[Comes, list[Process]],
) -> None:
    comes, workers = troubled
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    print(f"SEED={seed}")  # noqa: T201
    killer = Killer(workers, random.Random(seed))  # noqa: S311
    reader = Reader(await comes())
    reading = asyncio.create_task(reader.read_on())

    generation, people = 0, 0
    while len(killer.kills) < 10:
        office = await comes()  # a token is good for ten minutes
        batch = await office.checked(_ledger(generation))
        assert batch["state"] == "CHECKED", batch
        people = PEOPLE + 100 * generation
        await office.accept(batch["id"])
        await killer.trouble(office, batch["id"])
        office = await comes()
        applied = await office.until_in(batch["id"], "APPLIED", "REFUSED", seconds=LONGEST_SECONDS)
        assert applied["state"] == "APPLIED", applied
        assert (await office.totals())["residents"] == people
        assert await office.stored("residents") == people
        generation += 1
    await reader.read()
    reading.cancel()
    await asyncio.wait([reading])

    print(f"{len(killer.kills)} kills, {generation} imports: {' '.join(killer.kills)}")  # noqa: T201
    assert all(len(totals) == 1 for totals in reader.seen.values()), reader.seen
    assert {edition: total[1] for edition, (total,) in reader.seen.items() if edition} == {
        edition: PEOPLE + 100 * (edition - 1) for edition in reader.seen if edition
    }
    assert generation in reader.seen
