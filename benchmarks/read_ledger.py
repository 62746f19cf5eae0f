"""How long reading a ledger takes, and how much memory, beside calamine alone on the same file.

    python benchmarks/read_ledger.py [ROWS …]        by default 7000 and 1000000; SEED=… draws anew

Each measurement is a process of its own, so that its peak is its own. The workbook is written
first, by a program that draws people nobody knows, and is not measured.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.ledger.reading import read

SEED = int(os.environ.get("SEED", "20261101"))
DEFAULT_ROWS = (7_000, 1_000_000)
AS_OF = date(2026, 11, 1)
HEADER = (
    "序号",
    "门牌号",
    "建筑面积",
    "与户主关系",
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "电话",
    "人员类别",
    "备注",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文子一梓轩博宇"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HOMES_OF_A_BUILDING = 120
BUILDINGS_OF_AN_ESTATE = 99


def people(rows: int, draw: random.Random) -> Iterator[tuple[str, list[object]]]:
    """Estate and cells of each row; a home has two people, who share its door."""
    for at in range(rows):
        home = at // 2
        building, flat = divmod(home, HOMES_OF_A_BUILDING)
        estate, building = divmod(building, BUILDINGS_OF_AN_ESTATE)
        unit, room = divmod(flat, 24)
        door = f"{building + 1}-{unit + 1}-{room // 2 + 1}{room % 2 + 1:02}"
        born = date(1930, 1, 1) + timedelta(days=draw.randrange(34_000))
        is_first = at % 2 == 0
        yield (
            f"小区{estate + 1}里",
            [
                at + 1,
                door if is_first else None,
                draw.randrange(3_000, 14_000) / 100 if is_first else None,
                "户主" if is_first else "配偶",
                draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=2)),
                draw.choice("男女"),
                draw.choice(
                    (f"{born:%Y%m%d}", f"{born.year}.{born.month}.{born.day}", born.isoformat())
                ),
                identity_number(born, at % 1_000) if at % 2 else None,
                f"1{draw.randrange(3, 10)}{draw.randrange(10**9):09}",
                "党员" if at % 5 == 0 else None,
                None,
            ],
        )


def identity_number(born: date, sequence: int) -> str:
    """Of a region that does not exist."""
    first = f"999999{born:%Y%m%d}{sequence:03}"
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def write(path: Path, rows: int) -> None:
    """A sheet for each estate, row by row."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, name, at = None, "", 0
    for estate, cells in people(rows, random.Random(SEED)):  # noqa: S311
        if estate != name or sheet is None:
            sheet, name, at = book.add_worksheet(estate), estate, 2
            sheet.write_row(0, 0, [f"{estate}居民台账  截至：{AS_OF.isoformat()}"])
            sheet.write_row(1, 0, HEADER)
        sheet.write_row(at, 0, cells)
        at += 1
    book.close()


def by_calamine_alone(path: Path) -> int:
    """The reference: each cell of each row, and nothing done with it."""
    book = CalamineWorkbook.from_path(str(path))
    return sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows())


def by_reading(path: Path) -> int:
    """What an import does first."""
    reading = read(open_workbook(path), today=AS_OF)
    return reading.summary().residents + len(reading.refused)


WAYS: dict[str, Callable[[Path], int]] = {"calamine": by_calamine_alone, "reading": by_reading}


def measure(way: str, path: Path) -> None:
    """Say seconds of this process, its peak, and how many rows it met."""
    before_mb = peak_mb()
    began, began_cpu = time.perf_counter(), time.process_time()
    found = WAYS[way](path)
    said = {
        "found": found,
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - began_cpu,
        "peak_mb": peak_mb() - before_mb,
    }
    sys.stdout.write(json.dumps(said))


def peak_mb() -> float:
    """The most memory that this process has held; Linux says kilobytes, macOS bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20) if sys.platform == "darwin" else most / (1 << 10)


def measured(way: str, path: Path) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "measure", way, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    said: dict[str, float] = json.loads(done.stdout)
    return said


def compare(sizes: list[int]) -> None:
    """Print a line for each size and way."""
    sys.stdout.write(f"SEED={SEED}\n     rows  way        seconds      cpu  peak MB  ratio (cpu)\n")
    for rows in sizes:
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "ledger.xlsx"
            write(path, rows)
            reference = measured("calamine", path)["cpu_seconds"]
            for way in WAYS:
                said = measured(way, path)
                sys.stdout.write(
                    f"{rows:9}  {way:9} {said['seconds']:8.2f} {said['cpu_seconds']:8.2f}"
                    f" {said['peak_mb']:8.0f} {said['cpu_seconds'] / reference:12.2f}\n"
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        compare([int(rows) for rows in sys.argv[1:]] or list(DEFAULT_ROWS))
