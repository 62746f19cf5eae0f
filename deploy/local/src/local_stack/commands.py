"""Commands whose output a person watches."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, Any

from local_stack.proxies import without_proxy_here

_LOOK_SECONDS = 0.2


def run_through(command: list[str], folder: Path) -> bool:
    """Run a command with this terminal as its own; return whether it succeeded."""
    sys.stdout.flush()
    process = subprocess.Popen(command, cwd=folder, env=_environment({}))  # noqa: S603
    with _ended_with_us(process):
        return process.wait() == 0


def run_and_read(command: list[str], folder: Path, env: Mapping[str, str]) -> tuple[bool, str]:
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


def run_side_by_side(commands: Sequence[list[str]], folder: Path, *, at_once: int) -> list[bool]:
    """Run commands, so many at once, in their order; print what each said when it ends.

    Returns: whether each succeeded, in the order of the commands.
    """
    waiting = list(enumerate(commands))
    running: list[_Running] = []
    ok = [False] * len(commands)
    with ExitStack() as ended_with_us:
        while waiting or running:
            while waiting and len(running) < at_once:
                number, command = waiting.pop(0)
                said = ended_with_us.enter_context(tempfile.TemporaryFile())
                process = subprocess.Popen(  # noqa: S603
                    command,
                    cwd=folder,
                    env=_environment({}),
                    stdout=said,
                    stderr=subprocess.STDOUT,
                )
                ended_with_us.enter_context(_ended_with_us(process))
                running.append(_Running(number, process, said))
            time.sleep(_LOOK_SECONDS)
            for done in [one for one in running if one.process.poll() is not None]:
                running.remove(done)
                done.said.seek(0)
                sys.stdout.write(done.said.read().decode(errors="replace"))
                sys.stdout.flush()
                ok[done.number] = done.process.returncode == 0
    return ok


@dataclass(frozen=True)
class _Running:
    """One of several commands that run at once."""

    number: int
    process: "subprocess.Popen[bytes]"
    said: IO[bytes]


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **without_proxy_here(), **added}


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
