"""The service's processes and commands."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path

import httpx
from local_stack.leash import Leash
from local_stack.ports import free_port

from .waiting import eventually


class Process:
    """One of the service's processes."""

    def __init__(self, command: str, environment: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        self._command = command
        self._environment = {**environment, "HTTP_PORT": str(self.port)}
        self._log = log
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, leash: Leash) -> None:
        with self._log.open("ab") as log:
            self._popen = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "issues", self._command],
                env={**os.environ, **self._environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        leash.tie(self._popen.pid)

    async def wait_ready(self) -> None:
        """Wait until /ready says so; its log is the failure's message if it ended instead."""

        async def ready() -> bool:
            assert self._popen is not None
            assert self._popen.poll() is None, self.log
            try:
                return (await client.get(f"{self.url}/ready")).status_code == 200
            except httpx.TransportError:
                return False

        async with httpx.AsyncClient(timeout=5) as client:
            await eventually(ready)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait. Returns: the exit code, negative for a signal."""
        assert self._popen is not None
        if self._popen.poll() is None:
            self._popen.send_signal(number)
        return self._popen.wait(timeout=20)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")


def environment_for(
    mongodb_uri: str, bootstrap_servers: str, jwks_url: str, state_folder: Path
) -> dict[str, str]:
    """The variables of one instance of the service, with a database of its own."""
    return {
        "ENVIRONMENT": "development",
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"issues_{uuid.uuid4().hex}",
        "KAFKA_BOOTSTRAP_SERVERS": bootstrap_servers,
        "JWKS_URL": jwks_url,
        "KEY_WRAPPING_KEYS": "test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "LOOKUP_HASH_KEY": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "STATE_FOLDER": str(state_folder),
    }


def run_command(environment: Mapping[str, str], *arguments: str) -> str:
    """Run one of the service's commands to its end. Returns: what it printed."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "issues", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
