"""Ports that somebody else holds, said in one line each."""

import contextlib
from collections.abc import Iterable

import psutil

from local_stack.ports import is_free
from local_stack.programs import Program

_LONGEST_COMMAND = 60


def holder(port: int) -> str | None:
    """Return who listens on the port, where this user may see it."""
    with contextlib.suppress(psutil.Error):
        for process in psutil.process_iter(["pid", "cmdline"]):
            with contextlib.suppress(psutil.Error):
                for connection in process.net_connections(kind="tcp"):
                    listens = connection.status == psutil.CONN_LISTEN
                    if listens and connection.laddr.port == port:
                        command = " ".join(process.cmdline())[:_LONGEST_COMMAND]
                        return f"process {process.pid} ({command})"
    return None


def occupied_ports(programs: Iterable[Program]) -> list[str]:
    """Return one line for each port of the stack that is not free."""
    lines = []
    for program in programs:
        for port in (program.port, *program.other_ports):
            if not is_free(port):
                who = holder(port) or "a process that this user cannot see"
                lines.append(
                    f"Port {port} ({program.name}) is taken by {who}. "
                    "End it, or choose other ports: make up PORT_BASE=5000"
                )
    return lines
