"""How to try what is about imports.

A file is sent at its edge, as the console does, and the worker checks it. A checked import stays
good for as long as nobody may decide about it, and an office may send few files an hour: it is
used until it is spent.
"""

import io

import httpx
import xlsxwriter
from chassis.testing_waits import until

from .trial import Trial, Variables, mutation, query
from .world import World

_IMPORTS = "query Q { imports(first: 100) { nodes { id state } } }"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WITHIN_SECONDS = 60


async def checked_import(world: World) -> str:
    """An import that waits for somebody's decision, with no other under way."""

    async def at_rest() -> str | None:
        found = (await world.secretary(_IMPORTS, {}, "imports"))["nodes"]
        waiting = [each["id"] for each in found if each["state"] == "CHECKED"]
        busy = {"RECEIVED", "CHECKING", "ACCEPTED", "APPLYING"}
        if any(each["state"] in busy for each in found):
            return None
        return waiting[0] if waiting else "none"

    waiting = await until(at_rest, within_seconds=_WITHIN_SECONDS)
    if waiting != "none":
        return str(waiting)
    await _send(world)
    return str(await until(at_rest, within_seconds=_WITHIN_SECONDS))


async def _send(world: World) -> None:
    headers = {
        "Authorization": f"Bearer {await world.token_of('secretary')}",
        "Content-Type": _XLSX,
        "Idempotency-Key": world.request_id(),
    }
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(
            f"{world.residents}/imports/resident-ledger",
            content=_ledger(f"被试{world.number()}"),
            headers=headers,
        )
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text


def _ledger(name: str) -> bytes:
    """A ledger of one household; of another person each time, so that it is another file."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("试验小区")
        sheet.write_row(0, 0, ["门牌号", "面积", "姓名", "出生日期", "电话"])
        sheet.write_row(1, 0, ["1号楼1单元101", 50.5, name, "1960-05-01", "13900001111"])
    return content.getvalue()


async def _an_import(world: World, _: str) -> Variables:
    return {"id": await checked_import(world)}


async def _decision(world: World, _: str) -> Variables:
    return {"importId": await checked_import(world)}


IMPORT_TRIALS: dict[str, Trial] = {
    "Query.imports": query("residents", "imports", "pageInfo { hasNextPage }"),
    "Query.import": query("residents", "import", "id state", _an_import),
    "Mutation.acceptImport": mutation("residents", "acceptImport", _decision),
    "Mutation.discardImport": mutation("residents", "discardImport", _decision),
}
