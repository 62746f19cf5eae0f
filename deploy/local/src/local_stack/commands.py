"""Commands whose output a person watches."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from local_stack.proxies import without_proxy_here


def run_through(command: list[str], folder: Path, env: Mapping[str, str] | None = None) -> bool:
    """Run a command with this terminal as its own; return whether it succeeded."""
    sys.stdout.flush()
    process = subprocess.Popen(command, cwd=folder, env=_environment(env))  # noqa: S603
    with _ended_with_us(process):
        return process.wait() == 0


def run_and_read(
    command: list[str], folder: Path, env: Mapping[str, str] | None = None
) -> tuple[bool, str]:
    """Run a command and print what it says as it comes.

    Returns: whether it succeeded, and all it said.
    """
    said: list[str] = []
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,
        env=_environment(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with _ended_with_us(process):
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            said.append(line)
        return process.wait() == 0, "".join(said)


def _environment(added: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, **without_proxy_here(), **(added or {})}


@contextmanager
def _ended_with_us(process: "subprocess.Popen[Any]") -> Iterator[None]:
    """Let a command end in order when this process is told to end: by Ctrl-C or SIGTERM."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
