"""A command that this process runs is told to end when this process is."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from local_stack.acting.waiting import by_and_by
from local_stack.commands import run_side_by_side

RUNS_ANOTHER = """
import sys
from pathlib import Path
from local_stack.commands import run_through
run_through([sys.executable, "-c", sys.argv[1]], Path("."))
"""
ENDS_IN_ORDER = """
import os, signal, time
def end(number, frame):
    open("ended", "w").close()
    raise SystemExit
signal.signal(signal.SIGTERM, end)
open("pid.new", "w").write(str(os.getpid()))
os.rename("pid.new", "pid")
time.sleep(60)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_command_ends_in_order_with_what_runs_it(tmp_path: Path, ending: signal.Signals) -> None:
    runner = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", RUNS_ANOTHER, ENDS_IN_ORDER],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    by_and_by((tmp_path / "pid").exists)
    pid = int((tmp_path / "pid").read_text())
    os.kill(runner.pid, ending)
    runner.wait(20)
    assert (tmp_path / "ended").exists()
    assert not psutil.pid_exists(pid)


WAITS_FOR_THE_OTHER = """
import sys, time
from pathlib import Path
mine, others, code = sys.argv[1:]
Path(mine).touch()
deadline = time.monotonic() + 20
while not Path(others).exists():
    assert time.monotonic() < deadline
    time.sleep(0.01)
print("seen by", mine)
raise SystemExit(int(code))
"""


def test_commands_run_at_once_and_each_is_told_apart(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-c", WAITS_FOR_THE_OTHER]
    commands = [[*command, "a", "b", "0"], [*command, "b", "a", "3"], [*command, "c", "a", "0"]]

    assert run_side_by_side(commands, tmp_path, at_once=2) == [True, False, True]

    said = capfd.readouterr().out.splitlines()
    assert sorted(said) == ["seen by a", "seen by b", "seen by c"]
