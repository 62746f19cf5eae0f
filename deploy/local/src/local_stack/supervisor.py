"""Supervisord: its settings, its start, and what is asked of it over its unix socket."""

import os
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, cast

from supervisor.xmlrpc import SupervisorTransport

from local_stack.layout import Layout
from local_stack.programs import Program
from local_stack.proxies import without_proxy_here
from local_stack.record import write_private

_STARTS_WITHIN_SECONDS = 20.0
_POLL_SECONDS = 0.05

# Nothing else of the shell reaches the processes: their settings come from one place.
_KEPT_VARIABLES = {
    *("HOME", "JAVA_HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "TMPDIR", "TZ", "USER"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_DIR", "SSL_CERT_FILE"),
}
_LOG_BYTES = 20 * 1024**2

# Supervisord's own fault codes.
_BAD_NAME = 10
_ALREADY_STARTED = 60
_NOT_RUNNING = 70


class SupervisorAway(Exception):
    """No supervisord answers: the stack is down, or its supervisor was killed."""


class UnknownProcess(Exception):
    """The stack has no process of that name."""


@dataclass(frozen=True)
class ProcessState:
    """What supervisord knows of one process.

    Attributes:
        state: RUNNING, STARTING, BACKOFF, STOPPING, STOPPED, EXITED or FATAL.
        pid: 0 where it does not run.
        started_at: seconds since the epoch, of the last start.
    """

    name: str
    state: str
    pid: int
    started_at: float


def settings_text(layout: Layout, programs: Iterable[Program]) -> str:
    """Return supervisord.conf. It holds secrets."""
    sections = [
        _section(
            "supervisord",
            logfile=layout.supervisor_log,
            logfile_maxbytes=0,
            pidfile=layout.supervisor_pid_file,
            umask="077",
        ),
        _section("unix_http_server", file=layout.supervisor_socket, chmod="0600"),
        "[rpcinterface:supervisor]\n"
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n",
        *(_program_section(layout, program) for program in programs),
    ]
    return "\n".join(sections)


def _program_section(layout: Layout, program: Program) -> str:
    environment = ",".join(f"{name}={_quoted(value)}" for name, value in program.env.items())
    return _section(
        f"program:{program.name}",
        command=" ".join(_quoted(argument) for argument in program.argv),
        directory=program.cwd,
        environment=environment,
        # `up` starts the processes stage by stage.
        autostart="false",
        autorestart="true",
        startsecs=2,
        startretries=60,
        stopsignal="TERM",
        stopwaitsecs=30,
        killasgroup="true",
        redirect_stderr="true",
        stdout_logfile=layout.logs / f"{program.name}.log",
        stdout_logfile_maxbytes=_LOG_BYTES,
        stdout_logfile_backups=2,
    )


def _section(title: str, **values: object) -> str:
    # Supervisord expands %(name)s everywhere.
    lines = (f"{key} = {str(value).replace('%', '%%')}" for key, value in values.items())
    return f"[{title}]\n" + "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    if '"' in value or "\n" in value or "\\" in value:
        raise ValueError("supervisord cannot be given a quote, a backslash or a line break")
    return f'"{value}"'


class Supervisor:
    """The supervisord of one stack."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def start(self, programs: Iterable[Program]) -> None:
        """Start supervisord in the background, with every process stopped."""
        self._layout.logs.mkdir(parents=True, exist_ok=True)
        write_private(self._layout.supervisor_settings, settings_text(self._layout, programs))
        self._layout.supervisor_log.unlink(missing_ok=True)
        subprocess.run(  # noqa: S603
            [
                sys.executable,
                "-m",
                "supervisor.supervisord",
                "--configuration",
                str(self._layout.supervisor_settings),
            ],
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
            | without_proxy_here(),
            check=True,
        )
        deadline = time.monotonic() + _STARTS_WITHIN_SECONDS
        while not self.is_running():
            if time.monotonic() > deadline:
                raise SupervisorAway("supervisord did not start")
            time.sleep(_POLL_SECONDS)

    def is_running(self) -> bool:
        """Whether supervisord answers."""
        try:
            self._ask("getState")
        except SupervisorAway:
            return False
        return True

    def processes(self) -> list[ProcessState]:
        """Return every process, in no particular order."""
        return [
            ProcessState(
                name=found["name"],
                state=found["statename"],
                pid=found["pid"],
                started_at=found["start"],
            )
            for found in self._ask("getAllProcessInfo")
        ]

    def start_process(self, name: str) -> None:
        """Start a process; do not wait for it. One that runs already is left as it is."""
        self._ask("startProcess", name, False, allowed=_ALREADY_STARTED)

    def stop_process(self, name: str, *, wait: bool = False) -> None:
        """Ask a process to end, if it runs; it is not started again until told."""
        self._ask("stopProcess", name, wait, allowed=_NOT_RUNNING)

    def shut_down(self) -> None:
        """End supervisord with all that still runs; do not wait for it."""
        self._ask("shutdown")

    def _ask(self, method: str, *arguments: object, allowed: int | None = None) -> Any:
        transport = SupervisorTransport(None, None, f"unix://{self._layout.supervisor_socket}")
        try:
            server = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)
            return cast(Any, getattr(server.supervisor, method))(*arguments)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode == allowed:
                return None
            if fault.faultCode == _BAD_NAME:
                raise UnknownProcess(str(arguments[0])) from fault
            raise
        except (OSError, HTTPException) as error:
            raise SupervisorAway(str(error)) from error
        finally:
            transport.close()
