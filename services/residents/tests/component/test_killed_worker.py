"""An ended session is known within five seconds though the worker that would tell was killed."""

import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from chassis.testing_waits import until
from local_stack.leash import Leash

from .graph import LOG_OUT, ME, Graph, code_of
from .processes import Commands, Device, Process, settings

KNOWN_WITHIN_SECONDS = 5


async def _log_out(graph: Graph, token: str) -> float:
    """End the session. Returns: after how many seconds its token was refused."""
    person = graph.as_(token)
    since = time.monotonic()
    ended = await person.ask(LOG_OUT, request="out")
    assert ended["__typename"] == "LogOutSuccess"

    async def refused() -> bool:
        answer: dict[str, Any] = await person.answer(ME)
        return "errors" in answer and code_of(answer) == "UNAUTHENTICATED"

    await until(refused, within_seconds=30)
    return time.monotonic() - since


@pytest.mark.parametrize("successor", ["a standby", "a worker begun after the death"])
async def test_a_killed_worker_does_not_hold_up_that_a_session_has_ended(
    mongodb_uri: str,
    kafka_bootstrap_servers: str,
    tmp_path: Path,
    leash: Leash,
    successor: str,
) -> None:
    variables = settings(mongodb_uri, kafka_bootstrap_servers)
    commands = Commands(variables)
    for command in ("create-topics", "create-indexes"):
        commands.done(command)
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    device = Device(commands.found_community(username)["totpSecret"])
    first = Process("worker", variables, folder=tmp_path / "first", leash=leash)
    second = Process("worker", variables, folder=tmp_path / "second", leash=leash)
    with Process("api", variables, folder=tmp_path, leash=leash) as api, first:
        graph = Graph(api.address)
        tokens = [(await graph.logged_in(username, device))["accessToken"] for _ in range(2)]
        await _log_out(graph, tokens[0])  # so the first worker publishes
        if successor == "a standby":
            second.start()
            second.wait_ready()
        first.kill()
        if successor != "a standby":
            second.start()
        with second:
            if successor != "a standby":
                second.wait_ready()
            assert await _log_out(graph, tokens[1]) < KNOWN_WITHIN_SECONDS
