"""A service as it is deployed, under a test: its processes and its commands."""

import subprocess
import sys
from abc import ABC
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Literal

import httpx

from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.server_process import ServerProcess

_COMMAND_SECONDS = 60
_READY_ANSWERS_WITHIN_SECONDS = 5


class ServiceProcess(ServerProcess, ABC):
    """The api or the worker of a service on a free port; ready when it says so.

    A service's tests subclass it.

    Attributes:
        service: the package that is run.
    """

    service: ClassVar[str]

    def __init__(
        self,
        kind: Literal["api", "worker"],
        variables: Mapping[str, str],
        *,
        folder: Path,
        leash: Leash,
    ) -> None:
        self.name = kind
        super().__init__(port=free_port(), folder=folder, leash=leash)
        self._variables = variables

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Nothing: the commands did."""

    def argv(self) -> list[str]:
        """See ServerProcess."""
        return [sys.executable, "-m", self.service, self.name]

    def env(self) -> dict[str, str]:
        """See ServerProcess."""
        return {**self._variables, "HTTP_PORT": str(self.port)}

    def is_ready(self) -> bool:
        """See ServerProcess."""
        try:
            answer = httpx.get(
                f"{self.address}/ready", timeout=_READY_ANSWERS_WITHIN_SECONDS, trust_env=False
            )
        except httpx.TransportError:
            return False
        return answer.is_success

    def exit_code_after_sigterm(self) -> int:
        """Tell it to end. Returns: how it did, negative for a signal."""
        process = self._process
        if process is None:
            raise RuntimeError(f"{self.name} is not running")
        self.stop()
        return int(process.returncode)


def run_service_command(
    service: str, environment: Mapping[str, str], *argv: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `python -m <service> …` to its end, in this environment and no other."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", service, *argv],
        input=stdin,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=_COMMAND_SECONDS,
        check=False,
    )
