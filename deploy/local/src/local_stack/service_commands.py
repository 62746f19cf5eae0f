"""The commands of the services that must have run before any process of theirs starts."""

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from local_stack.layout import ROOT
from local_stack.programs import SERVICES

_AT_ONCE = 3


class CommandFailed(Exception):
    """A command of a service failed; the message is what it printed."""


def run_in_every_service(command: str, env: Mapping[str, str]) -> None:
    """Run `python -m <service> <command>` for each service. Raises: CommandFailed."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        # list() so that a failure is raised here.
        list(pool.map(lambda service: _run(service, command, env), SERVICES))


def _run(service: str, command: str, env: Mapping[str, str]) -> None:
    finished = subprocess.run(  # noqa: S603
        [sys.executable, "-m", service, command],
        cwd=ROOT,
        env=os.environ | dict(env),
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        said = (finished.stdout + finished.stderr)[-2_000:]
        raise CommandFailed(f"`{service} {command}` failed:\n{said}")
