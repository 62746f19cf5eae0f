"""Ends the processes a test run started when that run is gone, even by SIGKILL.

Runs beside the test run: it reads `+pid` and `-pid` lines from its standard input, which the kernel
closes when the run ends in whatever way, and then kills the process groups still listed.
"""

import contextlib
import os
import signal
import subprocess
import sys
from typing import IO


class Leash:
    """The holding end: one leash process, started when the first process is tied to it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def tie(self, pid: int) -> None:
        """End the process group of `pid` when this process ends."""
        self._say(f"+{pid}")

    def untie(self, pid: int) -> None:
        """Forget `pid`: it has ended, and its number may be given to another process."""
        self._say(f"-{pid}")

    def _say(self, line: str) -> None:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, __file__], stdin=subprocess.PIPE, text=True, start_new_session=True
            )
        stdin = self._process.stdin
        if stdin is None:
            raise RuntimeError("the leash has no standard input")
        stdin.write(line + "\n")
        stdin.flush()

    def close(self) -> None:
        """End the leash, and with it what is still tied."""
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            process.wait()


def hold(lines: IO[str]) -> None:
    """Read until the other end is gone, then kill what is still listed."""
    tied: set[int] = set()
    for line in lines:
        pid = int(line[1:])
        tied.add(pid) if line[0] == "+" else tied.discard(pid)
    for pid in tied:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(interruption, signal.SIG_IGN)
    hold(sys.stdin)
