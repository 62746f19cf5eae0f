"""`make down`: end every process, in the reverse order of their starts."""

import time

import psutil

from local_stack import orphans
from local_stack.layout import PORT_OFFSETS, Layout
from local_stack.supervisor import Supervisor, SupervisorAway

_ENDS_WITHIN_SECONDS = 40.0
_POLL_SECONDS = 0.05
_STOPPED_STATES = {"STOPPED", "EXITED", "FATAL"}

# The stores last: a service that drains still writes.
_LAST = ("kafka", "store")


def down(layout: Layout) -> int:
    """End the stack; return how many processes had to be ended.

    Processes left behind by a supervisor that was killed are ended as well.
    """
    supervisor = Supervisor(layout)
    ended = 0
    if supervisor.is_running():
        names = [process.name for process in supervisor.processes() if process.pid != 0]
        ended = len(names)
        stages = [
            [name for name in PORT_OFFSETS if name == "gateway" and name in names],
            [name for name in names if name not in {"gateway", *_LAST}],
            [name for name in _LAST if name in names],
        ]
        for stage in stages:
            _stop(supervisor, stage)
        _end_supervisor(layout, supervisor)
    left = orphans.orphans(layout.supervisor_log)
    orphans.end(left)
    for path in (layout.supervisor_socket, layout.supervisor_pid_file):
        path.unlink(missing_ok=True)
    return ended + len(left)


def _stop(supervisor: Supervisor, names: list[str]) -> None:
    for name in names:
        supervisor.stop_process(name)
    deadline = time.monotonic() + _ENDS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        states = {process.name: process.state for process in supervisor.processes()}
        if all(states[name] in _STOPPED_STATES for name in names):
            return
        time.sleep(_POLL_SECONDS)


def _end_supervisor(layout: Layout, supervisor: Supervisor) -> None:
    """Shut supervisord down and wait for its end; it kills what did not stop."""
    process = None
    if layout.supervisor_pid_file.exists():
        try:
            process = psutil.Process(int(layout.supervisor_pid_file.read_text()))
        except (psutil.NoSuchProcess, ValueError):
            process = None
    try:
        supervisor.shut_down()
    except SupervisorAway:
        return
    if process is not None:
        psutil.wait_procs([process], timeout=_ENDS_WITHIN_SECONDS)
