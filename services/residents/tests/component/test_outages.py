"""What still works without the broker, and what is said without the store."""

import os
import signal
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from chassis.testing_waits import until
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.store import Store

from .graph import LOG_OUT, ME, Graph
from .processes import Commands, Device, Process, settings

UNAVAILABLE_WITHIN_SECONDS = 5.5  # five, and what a busy machine takes to answer


async def test_without_a_broker_people_log_in_and_out(
    mongodb_uri: str, tmp_path: Path, leash: Leash
) -> None:
    variables = settings(mongodb_uri, f"127.0.0.1:{free_port()}")
    commands = Commands(variables)
    commands.done("create-indexes")
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    made = commands.found_community(username)

    with Process("api", variables, folder=tmp_path, leash=leash) as api:
        graph = Graph(api.address)
        logged_in = await graph.logged_in(username, Device(made["totpSecret"]))
        ended = await graph.as_(logged_in["accessToken"]).ask(LOG_OUT, request="out")
        assert ended["__typename"] == "LogOutSuccess"
        listed = (await graph.get("/revocations")).json()["revoked"]
        assert [entry["sid"] for entry in listed] == [ended["sessionId"]]
        metrics = (await graph.get("/metrics")).text
        assert "linli_session_revocations_current 0.0" in metrics
        assert (await graph.get("/ready")).is_success


async def test_without_the_store_unavailable_is_said_in_time_and_the_keys_stay(
    start_store: Callable[[], Store],
    kafka_bootstrap_servers: str,
    tmp_path: Path,
    leash: Leash,
) -> None:
    store = start_store()
    variables = settings(store.uri, kafka_bootstrap_servers)
    commands = Commands(variables)
    commands.done("create-topics")
    commands.done("create-indexes")
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    device = Device(commands.found_community(username)["totpSecret"])

    with Process("api", variables, folder=tmp_path, leash=leash) as api:
        graph = Graph(api.address)
        logged_in = await graph.logged_in(username, device)
        person = graph.as_(logged_in["accessToken"])
        keys = (await graph.get("/jwks.json")).json()
        os.kill(store.pid, signal.SIGSTOP)
        try:
            asked = time.monotonic()
            assert await person.refusal(ME) == "UNAVAILABLE"
            assert time.monotonic() - asked < UNAVAILABLE_WITHIN_SECONDS
            assert (await graph.get("/jwks.json")).json() == keys
            unavailable = await graph.get("/revocations")
            assert (unavailable.status_code, unavailable.json()["code"]) == (503, "UNAVAILABLE")
            assert (await graph.get("/ready")).status_code == 503
            assert (await graph.get("/live")).is_success
        finally:
            os.kill(store.pid, signal.SIGCONT)

        async def is_back() -> bool:
            return "errors" not in await person.answer(ME)

        await until(is_back, within_seconds=15)


async def test_both_processes_end_with_code_zero_when_told_to(
    mongodb_uri: str, kafka_bootstrap_servers: str, tmp_path: Path, leash: Leash
) -> None:
    variables = settings(mongodb_uri, kafka_bootstrap_servers)
    commands = Commands(variables)
    commands.done("create-topics")
    commands.done("create-indexes")

    for kind in ("api", "worker"):
        process = Process(kind, variables, folder=tmp_path, leash=leash)
        process.start()
        process.wait_ready()
        assert process.exit_code_after_sigterm() == 0
        assert "Traceback" not in process.log_path.read_text()


async def test_a_port_in_use_is_one_line_and_exit_code_one(
    mongodb_uri: str, kafka_bootstrap_servers: str, tmp_path: Path, leash: Leash
) -> None:
    variables = settings(mongodb_uri, kafka_bootstrap_servers)
    with Process("api", variables, folder=tmp_path, leash=leash) as api:
        refused = Commands({**variables, "HTTP_PORT": str(api.port)}).run("api")

        assert refused.returncode == 1
        assert "cannot listen" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert (await Graph(api.address).get("/live")).is_success
