"""The two ways of reading a workbook, over the same small one."""

from pathlib import Path

from benchmarks.w4_reading import WAYS, cpu_seconds
from local_stack.acting.ledgers import small_ledger

_TITLE_AND_HEADER = 2


async def test_both_ways_read_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(small_ledger(12))
    assert WAYS["reading"](path) == 12
    assert WAYS["calamine"](path) == 12 + _TITLE_AND_HEADER
    assert await cpu_seconds("reading", path) > 0
