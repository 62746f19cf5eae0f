"""A server that a test or the stack starts, waits for, stops and kills."""

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

from local_stack.leash import Leash

_POLL_SECONDS = 0.05
_LOG_LINES_SHOWN = 20


class ServerNotReady(Exception):
    """The server ended, or did not answer in time; the message ends with the tail of its log."""


class ServerProcess(ABC):
    """One server on one port, with its data in one folder.

    What is written to its standard output and error goes to `<folder>/<name>.log`. The process
    leads a group of its own, so that Ctrl-C in a terminal reaches the test run only, which then
    stops its servers in order.
    """

    name: str
    ready_within_seconds: float = 60
    stops_within_seconds: float = 30

    def __init__(self, *, port: int, folder: Path, leash: Leash | None = None) -> None:
        self.port = port
        self.folder = folder
        self.log_path = folder / f"{self.name}.log"
        self._leash = leash
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def prepare(self) -> None:
        """Write the settings and format the data folder, where that is not done already."""

    @abstractmethod
    def argv(self) -> list[str]:
        """Return the command line of the server."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the server answers a request."""

    def env(self) -> dict[str, str]:
        """Return what is added to the environment of the server."""
        return {}

    @property
    def pid(self) -> int:
        """The process id. Raises: RuntimeError if it does not run."""
        if self._process is None:
            raise RuntimeError(f"{self.name} is not running")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process started here is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process; do not wait for it. A second call while it runs changes nothing."""
        if self.is_running:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.prepare()
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                self.argv(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | self.env(),
                start_new_session=True,
            )
        if self._leash is not None:
            self._leash.tie(self._process.pid)

    def wait_ready(self, timeout_seconds: float | None = None) -> None:
        """Return when the server answers.

        Raises: ServerNotReady if it ended, also where a stranger answers on its port, or if it
            did not answer within the time.
        """
        deadline = time.monotonic() + (timeout_seconds or self.ready_within_seconds)
        while True:
            answers = self.is_ready()
            if not self.is_running:
                raise ServerNotReady(f"{self.name} ended while starting\n{self._log_tail()}")
            if answers:
                return
            if time.monotonic() > deadline:
                raise ServerNotReady(f"{self.name} did not answer in time\n{self._log_tail()}")
            time.sleep(_POLL_SECONDS)

    def stop(self, *, graceful: bool = True) -> None:
        """End the process and wait for its end: by SIGTERM, or by SIGKILL if not graceful.

        One that does not end in time by SIGTERM is killed.
        """
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM if graceful else signal.SIGKILL)
        try:
            process.wait(self.stops_within_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._leash is not None:
            self._leash.untie(process.pid)

    def kill(self) -> None:
        """End the process by SIGKILL."""
        self.stop(graceful=False)

    def __enter__(self) -> Self:
        self.start()
        try:
            self.wait_ready()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _log_tail(self) -> str:
        lines = self.log_path.read_text(errors="replace").splitlines()
        return "\n".join(lines[-_LOG_LINES_SHOWN:])
