"""Ends the processes a test run started when that run is gone, even by SIGKILL.

Runs beside the test run: it reads `+pid` and `-pid` lines from its standard input, which the kernel
closes when the run ends in whatever way, and then kills the process groups still listed. A line
`!["command", …]` is a command to run at that end.
"""

import contextlib
import json
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

    def run_at_end(self, command: list[str]) -> None:
        """Run a command when this process ends. It must not mind being run for nothing."""
        self._say(f"!{json.dumps(command)}")

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
    commands: list[list[str]] = []
    for line in lines:
        if line[0] == "!":
            commands.append(json.loads(line[1:]))
        elif line[0] == "+":
            tied.add(int(line[1:]))
        else:
            tied.discard(int(line[1:]))
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    for pid in tied:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(interruption, signal.SIG_IGN)
    hold(sys.stdin)
