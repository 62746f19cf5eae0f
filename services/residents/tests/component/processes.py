"""The service as it is deployed: its commands and its two processes, with settings of a test."""

import asyncio
import base64
import json
import secrets
import subprocess
import time
import uuid
from typing import Any

import pyotp
from local_stack.acting.service_process import ServiceProcess, run_service_command
from wechat_simulator.testing import MINI_PROGRAM, MINI_PROGRAM_ID

PASSWORD = "five-estates-39"


def settings(
    mongodb_uri: str, kafka_bootstrap_servers: str, *, wechat: str | None = None
) -> dict[str, str]:
    """The variables of a service of the test's own, over a database of its own.

    Args:
        wechat: where the simulator with the mini-program is; None for no mini-program.
    """
    mini_program = {
        "WECHAT_MINIPROGRAM_APP_ID": MINI_PROGRAM_ID,
        "WECHAT_MINIPROGRAM_SECRET": MINI_PROGRAM["secret"],
        "UNION_MARK_KEY": _key(),
    }
    return {
        **(mini_program | {"WECHAT_API_BASE_URL": wechat} if wechat else {}),
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"residents_{uuid.uuid4().hex}",
        "KAFKA_BOOTSTRAP_SERVERS": kafka_bootstrap_servers,
        "KEY_WRAPPING_KEYS": f"test:{_key()}",
        "LOOKUP_HASH_KEY": _key(),
        "ENVIRONMENT": "development",
    }


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


class Process(ServiceProcess):
    """The api or the worker."""

    service = "residents"


class Commands:
    """`python -m residents …`."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables

    def run(self, *argv: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run one to its end."""
        return run_service_command("residents", self._variables, *argv, stdin=stdin)

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


STEP_SECONDS = 30
"""How long one code of an authenticator stands (RFC 6238)."""


class Device:
    """A person's authenticator: it never shows a code that was used."""

    def __init__(self, secret: str) -> None:
        self._totp = pyotp.TOTP(secret)
        self._last_step = 0

    async def code(self) -> str:
        """The code of the first step that the service accepts now and was not shown yet.

        Three steps are accepted at any time: the one before, this one and the next. That before
        is shown only while it has long to live: a busy machine may be slow to send it. Who has
        shown all three waits for the next, as a person with a telephone does.
        """
        now = time.time()
        current = int(now) // STEP_SECONDS
        oldest = current - 1 if now % STEP_SECONDS < STEP_SECONDS / 2 else current
        step = max(oldest, self._last_step + 1)
        self._last_step = step
        until_accepted_seconds = (step - 1) * STEP_SECONDS - now
        if until_accepted_seconds > 0:
            await asyncio.sleep(until_accepted_seconds + 0.1)
        return self._totp.generate_otp(step)
