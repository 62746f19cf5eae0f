"""What each process of the stack is doing."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psutil
from rich.table import Table

from local_stack.history import End, ProcessHistory, read_history
from local_stack.layout import PORT_OFFSETS, Layout
from local_stack.programs import programs
from local_stack.record import StackRecord
from local_stack.secrets_file import stack_secrets
from local_stack.stores import choose_stores
from local_stack.supervisor import ProcessState, Supervisor

_MEBIBYTE = 1024**2


@dataclass(frozen=True)
class ProcessRow:
    """One line of `status`.

    Attributes:
        pid: None where it does not run.
        ready: whether it says that it is, if it runs.
        restarts: how often it was started again since `up`.
        last_end: "14:02:11 SIGKILL" or "14:02:11 exit 1", or None where it never ended.
    """

    name: str
    state: str
    ready: bool
    pid: int | None
    port: int
    memory_bytes: int | None
    uptime_seconds: float | None
    restarts: int
    last_end: str | None


def status_rows(layout: Layout, supervisor: Supervisor) -> list[ProcessRow]:
    """Return a row for each process, in the order of their ports' purpose.

    Raises: SupervisorAway.
    """
    histories = read_history(layout.supervisor_log)
    order = list(PORT_OFFSETS)
    states = sorted(supervisor.processes(), key=lambda process: order.index(process.name))
    ready = _ready(layout)
    return [
        _row(layout, state, histories.get(state.name, ProcessHistory()), ready=ready[state.name])
        for state in states
    ]


def _ready(layout: Layout) -> dict[str, bool]:
    """Ask every process at once whether it is ready."""
    record = StackRecord.read(layout.record) or StackRecord(layout.port_base)
    planned = programs(layout, choose_stores(layout, record), stack_secrets(layout.state))
    with ThreadPoolExecutor(len(planned)) as pool:
        answers = pool.map(lambda program: program.is_ready(), planned)
        return {program.name: answer for program, answer in zip(planned, answers, strict=True)}


def _row(
    layout: Layout, state: ProcessState, history: ProcessHistory, *, ready: bool
) -> ProcessRow:
    end = history.last_end
    running = state.pid != 0
    return ProcessRow(
        name=state.name,
        state=state.state,
        ready=running and ready,
        pid=state.pid if running else None,
        port=layout.port(state.name),
        memory_bytes=_memory_bytes(state.pid) if running else None,
        uptime_seconds=time.time() - state.started_at if running else None,
        restarts=history.restarts,
        last_end=_shown(end) if end else None,
    )


def _shown(end: End) -> str:
    at = time.strftime("%H:%M:%S", time.localtime(end.at))
    reason = end.reason.removeprefix("terminated by ").replace("exit status", "exit")
    return f"{at} {reason}"


def _memory_bytes(pid: int) -> int | None:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.NoSuchProcess:
        return None


def status_table(rows: list[ProcessRow]) -> Table:
    """Return the rows for a person to read."""
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False)
    for title in ("process", "state", "ready"):
        table.add_column(title, no_wrap=True)
    for title in ("pid", "port", "memory", "up", "restarts"):
        table.add_column(title, justify="right")
    table.add_column("last end", no_wrap=True)
    for row in rows:
        colour = "green" if row.state == "RUNNING" else "red"
        table.add_row(
            row.name,
            f"[{colour}]{row.state.lower()}[/]",
            "yes" if row.ready else "[red]no[/]",
            str(row.pid or "–"),
            str(row.port),
            _mebibytes(row.memory_bytes),
            "–" if row.uptime_seconds is None else _duration(row.uptime_seconds),
            f"[yellow]{row.restarts}[/]" if row.restarts else "0",
            row.last_end or "",
        )
    total = sum(row.memory_bytes or 0 for row in rows)
    table.add_row("together", "", "", "", "", _mebibytes(total), "", "", "", style="dim")
    return table


def _mebibytes(size: int | None) -> str:
    return "–" if size is None else f"{size / _MEBIBYTE:.0f} MB"


def _duration(seconds: float) -> str:
    whole = max(int(seconds), 0)
    if whole < 60:
        return f"{whole}s"
    if whole < 3_600:
        return f"{whole // 60}m{whole % 60:02}s"
    return f"{whole // 3_600}h{whole % 3_600 // 60:02}m"
