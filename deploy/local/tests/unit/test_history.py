"""The supervisor's log tells what happened to each process."""

import time
from pathlib import Path

from local_stack.history import read_history

LOG = """\
2026-11-23 14:00:00,000 INFO supervisord started with pid 100
2026-11-23 14:00:01,500 INFO spawned: 'issues-worker' with pid 101
2026-11-23 14:00:03,600 INFO success: issues-worker entered RUNNING state, process has stayed up
2026-11-23 14:02:11,700 WARN exited: issues-worker (terminated by SIGKILL; not expected)
2026-11-23 14:02:11,701 INFO spawned: 'issues-worker' with pid 108
2026-11-23 14:05:00,000 INFO waiting for issues-worker to stop
2026-11-23 14:05:01,000 WARN stopped: issues-worker (exit status 0)
"""


def local_time(hour: int, minute: int, second: int) -> float:
    return time.mktime((2026, 11, 23, hour, minute, second, 0, 0, -1))


def test_no_log_is_no_history(tmp_path: Path) -> None:
    assert read_history(tmp_path / "supervisord.log") == {}


def test_a_killed_process_is_seen_with_its_signal(tmp_path: Path) -> None:
    log = tmp_path / "supervisord.log"
    log.write_text(LOG)
    history = read_history(log)["issues-worker"]
    assert [spawn.pid for spawn in history.spawns] == [101, 108]
    assert history.spawns[0].at == local_time(14, 0, 1)
    assert history.restarts == 1
    killed, stopped = history.ends
    assert (killed.reason, killed.asked_for) == ("terminated by SIGKILL", False)
    assert (stopped.reason, stopped.asked_for) == ("exit status 0", True)
    assert history.last_end == stopped
