"""`backup` and `restore` on the command line, with how far the consumer groups were."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import typer
from chassis.backup import Backup
from chassis.backup_commands import OpenBackup, mount_backup_commands
from chassis.consumer_groups import group_name, group_offsets
from chassis.events import Received
from chassis.ids import new_id
from chassis.listening import Listener
from chassis.mongo import Store
from chassis.testing_contents import contents
from typer.testing import CliRunner, Result

from .conftest import Bakery, LoafBaked, eventually

LOAVES = 7


class Desk:
    """A bakery's backups on the command line, over whichever of its databases."""

    def __init__(self, bakery: Bakery, mongodb_uri: str) -> None:
        self.bakery = bakery
        self.groups = {group_name(bakery.name): [bakery.topic]}
        self.read_only = True
        self.database = bakery.store._database.name
        self.opened: list[Store] = []
        self._uri = mongodb_uri

    def goes_to(self, database: str) -> Store:
        """From now on its commands are about this one. Returns: it, to look at."""
        self.database = database
        self.opened.append(Store.connect(self._uri, database))
        return self.opened[-1]

    async def run(self, *arguments: object, stdin: bytes | None = None) -> Result:
        app = typer.Typer()
        mount_backup_commands(app, self._open)
        argv = [str(each) for each in arguments]
        return await asyncio.to_thread(lambda: CliRunner().invoke(app, argv, input=stdin))

    async def done(self, *arguments: object, stdin: bytes | None = None) -> Result:
        result = await self.run(*arguments, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result

    async def offsets(self) -> int:
        """Of all partitions together."""
        found = await group_offsets(self.bakery.kafka, self.groups)
        return sum(each.offset for each in found)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[OpenBackup]:
        store = Store.connect(self._uri, self.database)
        try:
            backup = Backup(self.bakery.name, store)
            yield OpenBackup(backup, self.bakery.kafka, self.groups, read_only=self.read_only)
        finally:
            await store.close()


@pytest.fixture
async def desk(bakery: Bakery, mongodb_uri: str) -> AsyncIterator[Desk]:
    desk = Desk(bakery, mongodb_uri)
    yield desk
    for store in desk.opened:
        await store.close()


def names_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def heard_all(desk: Desk, count: int) -> None:
    """Tell of so many loaves and have the group hear of them."""
    bakery = desk.bakery
    before = await desk.offsets()

    async def hear(event: Received[LoafBaked]) -> None: ...

    async def committed() -> bool:
        return await desk.offsets() == before + count

    loaves = [new_id("loaf") for _ in range(count)]
    await bakery.tell(*(bakery.message(LoafBaked(each, 0), each, 1) for each in loaves))
    async with bakery.listening(Listener(bakery.topic, LoafBaked, hear)):
        await eventually(committed)


async def test_documents_and_offsets_are_those_of_the_backup_again(
    desk: Desk, tmp_path: Path
) -> None:
    data, keys = tmp_path / "bakery.data", tmp_path / "bakery.keys"
    await desk.bakery.bake(sliced=2)
    await desk.bakery.store.collection("person_keys").insert_one({"_id": "p", "wrapped": b"k"})
    await heard_all(desk, LOAVES)
    before = await contents(desk.bakery.store)

    taken = await desk.done("backup", "--to", data, "--keys-to", keys)
    of_data, of_keys = (json.loads(line) for line in taken.stderr.splitlines())
    assert sum(each["offset"] for each in of_data["about"]["offsets"]) == LOAVES
    assert [each["collection"] for each in of_keys["collections"]] == ["person_keys"]
    await heard_all(desk, 5)
    await desk.bakery.bake()

    source = ("restore", "--from", data, "--keys-from", keys)
    empty = desk.goes_to(new_id("empty"))
    would = await desk.done(*source, "--dry-run")
    assert would.output.endswith(" would be put back\n")
    assert await empty.collection_names() == []
    assert await desk.offsets() == LOAVES + 5

    done = await desk.done(*source)
    assert done.output == would.output.replace("would be put back", "are back")
    assert await contents(empty) == before
    assert await desk.offsets() == LOAVES

    again = await desk.run(*source)
    assert (again.exit_code, again.output.split(":")[0]) == (1, "DatabaseNotEmpty")
    assert await contents(empty) == before


async def test_where_somebody_consumes_nothing_is_put_back(desk: Desk, tmp_path: Path) -> None:
    data = tmp_path / "bakery.data"
    await desk.bakery.bake()
    await heard_all(desk, LOAVES)
    await desk.done("backup", "--to", data)
    empty = desk.goes_to(new_id("empty"))

    async def hear(event: Received[LoafBaked]) -> None: ...

    async with desk.bakery.listening(Listener(desk.bakery.topic, LoafBaked, hear)):
        refused = await desk.run("restore", "--from", data, "--without-keys")
    assert (refused.exit_code, refused.output) == (1, f"GroupInUse: linli.{desk.bakery.name}\n")
    assert await empty.collection_names() == []


async def test_a_backup_goes_through_a_pipe_as_well(desk: Desk) -> None:
    await desk.bakery.bake()
    before = await contents(desk.bakery.store)
    through = (await desk.done("backup", "--to", "-", "--without-offsets")).stdout_bytes
    empty = desk.goes_to(new_id("empty"))
    asked = ("restore", "--from", "-", "--without-keys", "--without-offsets")

    damaged = await desk.run(*asked, stdin=through[:-40])
    assert (damaged.exit_code, damaged.output) == (1, "BackupDamaged: it breaks off\n")
    await desk.done(*asked, stdin=through)

    assert await contents(empty) == before


async def test_what_may_be_written_meanwhile_is_no_backup_unless_said(
    desk: Desk, tmp_path: Path
) -> None:
    data = tmp_path / "bakery.data"
    desk.read_only = False
    refused = await desk.run("backup", "--to", data, "--without-offsets")
    assert (refused.exit_code, refused.output.split(":")[0]) == (1, "NotReadOnly")
    assert names_in(tmp_path) == []
    await desk.done("backup", "--to", data, "--without-offsets", "--while-writing")

    whole = data.read_bytes()
    there = await desk.run("backup", "--to", data, "--without-offsets", "--while-writing")
    assert (there.exit_code, there.output) == (1, f"a backup is there already: {data}\n")
    assert data.read_bytes() == whole
    assert names_in(tmp_path) == [data.name]


@pytest.mark.parametrize(
    "arguments",
    [
        ["backup"],
        ["backup", "--to", "-", "--keys-to", "-"],
        ["restore", "--without-keys"],
        ["restore", "--from", "nowhere", "--without-keys"],
        ["restore", "--from", __file__],
        ["restore", "--from", __file__, "--without-keys", "--keys-from", __file__],
    ],
)
async def test_a_command_that_does_not_say_what_is_refused(
    desk: Desk, arguments: list[str]
) -> None:
    before = await contents(desk.bakery.store)
    assert (await desk.run(*arguments)).exit_code == 2
    assert await contents(desk.bakery.store) == before
