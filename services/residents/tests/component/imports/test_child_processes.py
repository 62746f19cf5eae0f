"""How the process that works on an import ends is understood, and none outlives its worker."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from chassis.testing_waits import until
from residents.adapters.imports.child_processes import ChildProcesses
from residents.application.imports.ports import WorkEnd
from residents.domain.imports.batch import ImportBatch, ImportFile, Kind

LONG_SECONDS = 600
BATCH = ImportBatch.receive(
    "import_1", community_id="community_1", kind=Kind.RESIDENT_LEDGER,
    file=ImportFile("file_1", "mark", 1), attempt=1, request_mark="request_1", as_of=None,
    by="account_1", at=datetime(2026, 11, 23, tzinfo=UTC),
)  # fmt: skip


def _children(program: str, *, time_limit_seconds: float = LONG_SECONDS) -> ChildProcesses:
    return ChildProcesses(
        time_limit_seconds=time_limit_seconds, program=(sys.executable, "-c", program)
    )


@pytest.mark.parametrize(
    ("program", "end"),
    [
        ("pass", WorkEnd.DONE),
        ("import sys; sys.exit(75)", WorkEnd.STOPPED),
        ("import sys; sys.exit(1)", WorkEnd.CRASHED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", WorkEnd.CRASHED),
        (
            "from residents.adapters.imports.child_life import limit_memory; "
            "limit_memory(512); bytearray(1 << 30)",
            WorkEnd.CRASHED,
        ),
    ],
    ids=["done", "to be tried again", "a fault", "killed", "out of memory"],
)
async def test_an_end_is_understood(program: str, end: WorkEnd) -> None:
    assert await _children(program).work(BATCH) is end


async def test_a_process_that_takes_too_long_is_ended() -> None:
    program = f"import time; time.sleep({LONG_SECONDS})"

    assert await _children(program, time_limit_seconds=0.2).work(BATCH) is WorkEnd.CRASHED


async def test_a_process_is_told_the_batch_and_the_run(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = f"import sys; open({str(told)!r}, 'w').write(' '.join(sys.argv[1:]))"

    await _children(program).work(BATCH)

    assert told.read_text() == "import_1 community_1 0"


async def test_work_that_is_given_up_ends_its_process(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    program = (
        f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); "
        f"time.sleep({LONG_SECONDS})"
    )
    working = asyncio.create_task(_children(program).work(BATCH))
    await until(lambda: told.exists() and told.read_text(), within_seconds=60)
    pid = int(told.read_text())

    working.cancel()
    await asyncio.wait([working])

    assert not psutil.pid_exists(pid)


def test_a_child_ends_with_its_worker() -> None:
    """By its standard input: nobody need tell it."""
    program = (
        "from residents.adapters.imports.child_life import end_with_parent; import time; "
        f"end_with_parent(); print('working', flush=True); time.sleep({LONG_SECONDS})"
    )
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert child.stdout is not None
    assert child.stdin is not None
    assert child.stdout.readline() == b"working\n"

    child.stdin.close()

    assert child.wait(timeout=60) == 3
    child.stdout.close()
