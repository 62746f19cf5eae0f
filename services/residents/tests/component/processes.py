"""The service as it is deployed: its commands and its two processes, with settings of a test."""

import base64
import json
import secrets
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any, Literal

import httpx
import pyotp
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.server_process import ServerProcess

PASSWORD = "five-estates-39"
_COMMAND_SECONDS = 60


def settings(mongodb_uri: str, kafka_bootstrap_servers: str) -> dict[str, str]:
    """The variables of a service of the test's own, over a database of its own."""
    return {
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"residents_{uuid.uuid4().hex}",
        "KAFKA_BOOTSTRAP_SERVERS": kafka_bootstrap_servers,
        "KEY_WRAPPING_KEYS": f"test:{_key()}",
        "LOOKUP_HASH_KEY": _key(),
        "ENVIRONMENT": "development",
    }


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


class Process(ServerProcess):
    """The api or the worker."""

    def __init__(
        self,
        kind: Literal["api", "worker"],
        variables: dict[str, str],
        *,
        folder: Path,
        leash: Leash,
    ) -> None:
        self.name = kind
        super().__init__(port=free_port(), folder=folder, leash=leash)
        self._kind = kind
        self._variables = variables

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Nothing: the commands did."""

    def argv(self) -> list[str]:
        """See ServerProcess."""
        return [sys.executable, "-m", "residents", self._kind]

    def env(self) -> dict[str, str]:
        """See ServerProcess."""
        return {**self._variables, "HTTP_PORT": str(self.port)}

    def is_ready(self) -> bool:
        """See ServerProcess."""
        try:
            return httpx.get(f"{self.address}/ready", timeout=5).is_success
        except httpx.HTTPError:
            return False

    def exit_code_after_sigterm(self) -> int:
        """Tell it to end. Returns: how it did."""
        process = self._process
        assert process is not None
        self.stop()
        return int(process.returncode)


class Commands:
    """`python -m residents …`."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables

    def run(self, *argv: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run one to its end."""
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "residents", *argv],
            input=stdin,
            env=self._variables,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
            check=False,
        )

    def done(self, *argv: str, stdin: str = "") -> str:
        """Run one that must succeed. Returns: what it printed."""
        ended = self.run(*argv, stdin=stdin)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def found_community(self, username: str, *, name: str = "八家庄") -> dict[str, Any]:
        """Found a community. Returns: what the command printed as JSON."""
        printed = self.done(
            *("create-community", "--name", name, "--secretary-username", username),
            *("--secretary-name", "陈书记", "--founded-on", "1998-06-01"),
            *("--request-id", username, "--password-stdin", "--json"),
            stdin=f"{PASSWORD}\n",
        )
        made: dict[str, Any] = json.loads(printed)
        return made


class Device:
    """A person's authenticator: it never shows a code that was used."""

    def __init__(self, secret: str) -> None:
        self._totp = pyotp.TOTP(secret)
        self._last_step = 0

    def code(self, now: float) -> str:
        """The code of the first step that the service accepts now and was not shown yet.

        Three steps are accepted at any time: the one before, this one and the next.
        """
        step = max(int(now) // 30 - 1, self._last_step + 1)
        assert step <= int(now) // 30 + 1, "this device has no code left for now"
        self._last_step = step
        return self._totp.generate_otp(step)
