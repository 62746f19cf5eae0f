"""The resident ledger of a town, imported as its secretary does it."""

import secrets
from io import BytesIO

import xlsxwriter
from story.uploads import Uploads

from local_stack.acting.town import Refused, Town
from local_stack.acting.waiting import eventually

_ESTATE = "小区1里"
_HEADER = ("序号", "门牌号", "与户主关系", "姓名", "性别", "出生日期", "电话")
_HOMES_A_FLOOR, _HOMES_A_BUILDING = 4, 96
_GIVEN_UP = {"REFUSED", "DISCARDED", "EXPIRED"}
_IMPORT = "query Import($id: ID!) { import(id: $id) { state refusal { code reason } } }"
_WITHIN_SECONDS = 400.0


def small_ledger(households: int) -> bytes:
    """Return a workbook of one estate, in whose every household one person lives."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_ESTATE)
        sheet.write_row(0, 0, [f"{_ESTATE}居民台账  截至：2026-07-01"])
        sheet.write_row(1, 0, _HEADER)
        for at in range(households):
            sheet.write_row(at + 2, 0, _row(at))
    return file.getvalue()


async def import_ledger(town: Town, workbook: bytes) -> None:
    """Send the workbook, accept what was checked, and wait until it counts. Raises: Refused."""
    uploads = Uploads(town.client, town.layout.address("residents-api"))
    key = secrets.token_hex(8)
    import_id = await uploads.send("resident-ledger", workbook, token=town.token, key=key)
    await _until(town, import_id, "CHECKED")
    await town.do("AcceptImport", "acceptImport", importId=import_id)
    await _until(town, import_id, "APPLIED")


async def _until(town: Town, import_id: str, state: str) -> None:
    async def is_so() -> bool:
        seen = (await town.data(_IMPORT, id=import_id))["import"]
        if seen["state"] in _GIVEN_UP:
            raise Refused(f"the ledger is {seen['state']}: {seen['refusal']}")
        return bool(seen["state"] == state)

    await eventually(is_so, within_seconds=_WITHIN_SECONDS)


def _row(at: int) -> list[object]:
    building, home = divmod(at, _HOMES_A_BUILDING)
    floor, flat = divmod(home, _HOMES_A_FLOOR)
    door = f"{building + 1}-1-{floor + 1}{flat + 1:02}"
    surname, given = "赵钱孙李周吴郑王冯陈"[at % 10], "伟芳娜敏静丽强磊军洋"[at // 10 % 10]
    born = f"19{50 + at % 50}{at % 12 + 1:02}{at % 28 + 1:02}"
    return [at + 1, door, "户主", surname + given, "男女"[at % 2], born, f"139{at:08}"]
