"""Reading a workbook alone, beside calamine alone on the same file: `… w4_reading WAY FILE`."""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook
from residents.adapters.ledger.calamine_workbooks import open_workbook
from residents.domain.ledger.reading import read

_AS_OF = date(2026, 11, 1)


def by_calamine_alone(path: Path) -> int:
    """Return how many rows there are: each cell of each, and nothing done with it."""
    book = CalamineWorkbook.from_path(str(path))
    return sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows())


def by_reading(path: Path) -> int:
    """Return how many people are read, as an import does first."""
    return read(open_workbook(path), today=_AS_OF).summary().residents


WAYS: dict[str, Callable[[Path], int]] = {"calamine": by_calamine_alone, "reading": by_reading}


async def cpu_seconds(way: str, path: Path) -> float:
    """Return what a way takes in a process of its own, its start left out."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.w4_reading", way, str(path)),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"reading by {way} ended with {process.returncode}")
    return float(json.loads(said)["cpu_seconds"])


def main(way: str, path: Path) -> None:
    """Say what it took."""
    began = time.process_time()
    found = WAYS[way](path)
    sys.stdout.write(json.dumps({"found": found, "cpu_seconds": time.process_time() - began}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
