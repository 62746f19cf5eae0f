"""Processes that outlived their supervisor: found by the pids it wrote down, and ended."""

from pathlib import Path

import psutil

from local_stack.history import read_history

_CLOCK_SLACK_SECONDS = 3.0
_ENDS_WITHIN_SECONDS = 15.0


def orphans(supervisor_log: Path) -> list[psutil.Process]:
    """Return the processes that the supervisor of this log started and that still run.

    A pid may have been given to another process since: the time of its start must agree too.
    """
    found = []
    for history in read_history(supervisor_log).values():
        for spawn in history.spawns:
            try:
                process = psutil.Process(spawn.pid)
                same = abs(process.create_time() - spawn.at) <= _CLOCK_SLACK_SECONDS
                if same and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.NoSuchProcess:
                continue
    return found


def end(processes: list[psutil.Process]) -> None:
    """End the processes by SIGTERM, and by SIGKILL those that do not follow in time."""
    for process in processes:
        try:
            process.terminate()
        except psutil.NoSuchProcess:
            continue
    _, stubborn = psutil.wait_procs(processes, timeout=_ENDS_WITHIN_SECONDS)
    for process in stubborn:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(stubborn, timeout=_ENDS_WITHIN_SECONDS)
