"""Commands whose output a person watches."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def run_through(command: list[str], folder: Path, env: Mapping[str, str] | None = None) -> bool:
    """Run a command with this terminal as its own; return whether it succeeded."""
    sys.stdout.flush()
    finished = subprocess.run(  # noqa: S603
        command, cwd=folder, env=os.environ | dict(env or {}), check=False
    )
    return finished.returncode == 0


def run_and_read(command: list[str], folder: Path) -> tuple[bool, str]:
    """Run a command and print what it says as it comes.

    Returns: whether it succeeded, and all it said.
    """
    said: list[str] = []
    with subprocess.Popen(  # noqa: S603
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            said.append(line)
    return process.returncode == 0, "".join(said)
