"""Starting processes stage by stage, each waited for until it says that it is ready."""

import time
from collections.abc import Callable, Sequence
from itertools import groupby

from local_stack.layout import Layout
from local_stack.programs import Program
from local_stack.supervisor import Supervisor

_POLL_SECONDS = 0.1
_LOG_LINES_SHOWN = 20
_FAILED_STATES = {"FATAL", "BACKOFF"}


class DidNotStart(Exception):
    """A process ended while starting or was not ready in time; the message shows its log."""


def stages(programs: Sequence[Program]) -> list[list[Program]]:
    """Return the programs grouped by stage, in the order of the stages."""
    ordered = sorted(programs, key=lambda program: program.stage)
    return [list(group) for _, group in groupby(ordered, key=lambda program: program.stage)]


def start_all(supervisor: Supervisor, programs: Sequence[Program]) -> None:
    """Start the programs at once, without waiting."""
    for program in programs:
        supervisor.start_process(program.name)


def wait_ready(
    layout: Layout,
    supervisor: Supervisor,
    programs: Sequence[Program],
    on_ready: Callable[[Program, float], None],
) -> None:
    """Wait until each program is ready; tell each as it becomes so, with the seconds it took.

    Raises: DidNotStart.
    """
    since = time.monotonic()
    waiting = list(programs)
    while waiting:
        states = {process.name: process.state for process in supervisor.processes()}
        for program in list(waiting):
            seconds = time.monotonic() - since
            if program.name not in states:
                raise DidNotStart(
                    f"the supervisor that runs does not know {program.name}: `make down` first"
                )
            if states[program.name] in _FAILED_STATES:
                raise DidNotStart(f"{program.name} ended while starting\n{_tail(layout, program)}")
            if program.is_ready():
                waiting.remove(program)
                on_ready(program, seconds)
            elif seconds > program.ready_within_seconds:
                raise DidNotStart(f"{program.name} is not ready\n{_tail(layout, program)}")
        time.sleep(_POLL_SECONDS)


def _tail(layout: Layout, program: Program) -> str:
    path = layout.logs / f"{program.name}.log"
    if not path.exists():
        return "(it wrote nothing)"
    lines = path.read_text(errors="replace").splitlines()
    return "\n".join([f"last lines of {path}:", *lines[-_LOG_LINES_SHOWN:]])
