"""Whatever is killed while ledgers are applied, readers see the old truth or the new, and no other.

A seed decides who is killed and when; it is printed, and SEED=… sets it.
"""

import asyncio
import os
import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
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
KILLS = 10
PEOPLE, DOORS, MORE_PEOPLE = 600, 240, 40
LONGEST_SECONDS = 300  # of one wait; a busy machine is slow, and a dead worker's claim lasts
READS_EVERY_SECONDS = 0.05  # readers leave the store time for the import

Comes = Callable[[], Awaitable[Office]]


def _people_of(generation: int) -> int:
    return PEOPLE + MORE_PEOPLE * generation


def _ledger(generation: int) -> bytes:
    """A ledger of which each generation moves some people, changes some and adds some."""
    rows: list[list[object]] = [["门牌号", "面积", "姓名", "出生日期", "电话"]]
    for number in range(_people_of(generation)):
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
        readings: how often it read.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self.seen: dict[int, set[tuple[int, int, int]]] = {}
        self.readings = 0

    async def read_on(self) -> None:
        """Read until cancelled."""
        while True:
            await self.read()
            await asyncio.sleep(READS_EVERY_SECONDS)

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
        self.readings += 1


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
            if victim == "worker":
                await self._kill_a_worker(office, import_id)
            else:
                await self._kill_a_child(office, import_id)

    async def _kill_a_worker(self, office: Office, import_id: str) -> None:
        await asyncio.sleep(self._chance.uniform(0, 2))
        if not await _is_applied(office, import_id):
            return
        worker = self._chance.choice(self._workers)
        worker.kill()
        worker.start()
        self.kills.append("worker")

    async def _kill_a_child(self, office: Office, import_id: str) -> None:
        async def child_or_end() -> psutil.Process | str | None:
            if not await _is_applied(office, import_id):
                return "end"
            return self._child_at(import_id)

        found = await until(child_or_end, within_seconds=LONGEST_SECONDS)
        if not isinstance(found, psutil.Process):
            return
        await asyncio.sleep(self._chance.uniform(0, 2))
        with suppress(psutil.NoSuchProcess):
            found.kill()
            self.kills.append("child")

    def _child_at(self, import_id: str) -> psutil.Process | None:
        """The process that works on this import."""
        for worker in self._workers:
            for child in psutil.Process(worker.pid).children():
                with suppress(psutil.NoSuchProcess):
                    if import_id in child.cmdline():
                        return child
        return None


async def _is_applied(office: Office, import_id: str) -> bool:
    """Whether it is being applied, or about to be."""
    return (await _state(office, import_id)) in {"accepted", "applying"}


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


@pytest.mark.timeout(1200)
async def test_killed_at_random_it_comes_to_the_same_and_readers_notice_nothing(
    troubled: tuple[Comes, list[Process]],
) -> None:
    comes, workers = troubled
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    print(f"SEED={seed}")  # noqa: T201
    killer = Killer(workers, random.Random(seed))  # noqa: S311
    reader = Reader(await comes())
    reading = asyncio.create_task(reader.read_on())

    generation = 0
    while len(killer.kills) < KILLS:
        await _applied_under_fire(comes, killer, generation)
        await reader.read()
        generation += 1
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading  # it raises what made it stop before

    print(f"{len(killer.kills)} kills, {generation} imports: {' '.join(killer.kills)}")  # noqa: T201
    print(f"{reader.readings} readings: {reader.seen}")  # noqa: T201
    assert all(len(totals) == 1 for totals in reader.seen.values()), reader.seen
    people = {edition: told[1] for edition, (told,) in reader.seen.items() if edition}
    assert people == {edition: _people_of(edition - 1) for edition in range(1, generation + 1)}


async def _applied_under_fire(comes: Comes, killer: Killer, generation: int) -> None:
    """Import a ledger while workers and children are killed, and look at what came of it."""
    office = await comes()  # a token is good for ten minutes
    import_id = await office.sent(_ledger(generation))
    checked = await office.until_in(import_id, "CHECKED", "REFUSED", seconds=LONGEST_SECONDS)
    assert checked["state"] == "CHECKED", checked
    accepted = await office.accept(import_id)
    assert accepted["__typename"] == "AcceptImportSuccess", accepted

    await killer.trouble(office, import_id)

    office = await comes()
    applied = await office.until_in(import_id, "APPLIED", "REFUSED", seconds=LONGEST_SECONDS)
    assert applied["state"] == "APPLIED", applied
    people = _people_of(generation)
    assert (await office.totals())["residents"] == people
    assert await office.stored("residents") == people
