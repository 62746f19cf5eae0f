"""How to try what is about imports.

A file is sent at its edge, as the console does, and the worker checks it. A checked import stays
good for as long as nobody may decide about it, and an office may send few files an hour: it is
used until it is spent.
"""

import io
from typing import Any

import httpx
import xlsxwriter
from chassis.testing_waits import until
from local_stack.acting.one_of_each.asking import Variables, http_client
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query

_IMPORTS = "query Q { imports(first: 100) { nodes { id state refusal { code } } } }"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNDER_WAY = {"RECEIVED", "CHECKING", "ACCEPTED", "APPLYING"}
_WITHIN_SECONDS = 60


async def checked_import(world: World) -> str:
    """An import that waits for somebody's decision, with no other under way."""
    for each in await _imports_at_rest(world):
        if each["state"] == "CHECKED":
            return str(each["id"])
    sent = await _send(world)
    (checked,) = [each for each in await _imports_at_rest(world) if each["id"] == sent]
    assert checked["state"] == "CHECKED", checked
    return sent


async def _imports_at_rest(world: World) -> Any:
    async def nothing_under_way() -> bool:
        return not any(each["state"] in _UNDER_WAY for each in await _imports(world))

    await until(nothing_under_way, within_seconds=_WITHIN_SECONDS)
    return await _imports(world)


async def _imports(world: World) -> Any:
    return (await world.secretary(_IMPORTS, {}, "imports"))["nodes"]


async def _send(world: World) -> str:
    headers = {
        "Authorization": f"Bearer {await world.token_of('secretary')}",
        "Content-Type": _XLSX,
        "Idempotency-Key": world.request_id(),
    }
    async with http_client() as client:
        answer = await client.post(
            f"{world.residents}/imports/resident-ledger",
            content=_ledger(f"被试{world.number()}"),
            headers=headers,
        )
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    return str(answer.json()["importId"])


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
