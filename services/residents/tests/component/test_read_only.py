"""While READ_ONLY is set who is logged in reads on, and nobody logs in or sends anything."""

import uuid
from pathlib import Path

import httpx
from chassis.mongo import Store
from chassis.testing_contents import contents
from local_stack.leash import Leash
from local_stack.ports import free_port

from .graph import LOG_IN, ME, Graph
from .imports.office import LEDGER_EDGE, XLSX
from .processes import PASSWORD, Commands, Device, Process, settings


async def test_reads_go_on_and_nothing_is_written(
    mongodb_uri: str, tmp_path: Path, leash: Leash
) -> None:
    variables = settings(mongodb_uri, f"127.0.0.1:{free_port()}")
    commands = Commands(variables)
    commands.done("create-indexes")
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    device = Device(commands.found_community(username)["totpSecret"])
    with Process("api", variables, folder=tmp_path / "before", leash=leash) as api:
        token = (await Graph(api.address).logged_in(username, device))["accessToken"]
    store = Store.connect(mongodb_uri, variables["MONGODB_DATABASE"])
    before = await contents(store)

    read_only = variables | {"READ_ONLY": "true"}
    with (
        Process("worker", read_only, folder=tmp_path / "worker", leash=leash) as worker,
        Process("api", read_only, folder=tmp_path / "api", leash=leash) as api,
    ):
        graph = Graph(api.address)
        assert (await graph.as_(token).ask(ME))["username"] == username
        assert (await graph.get("/jwks.json")).status_code == 200
        typed = {"username": username, "password": PASSWORD, "totpCode": await device.code()}
        refused = await graph.answer(LOG_IN, input={**typed, "client": "CONSOLE"})
        (error,) = refused["errors"]
        assert error["extensions"] == {"code": "UNAVAILABLE"}
        assert error["message"].startswith("系统正在维护")
        async with httpx.AsyncClient(base_url=api.address, timeout=15) as client:
            asked = {"grant_type": "client_credentials"}
            no_token = await client.post("/oauth/token", data=asked, auth=("client_1", "guess"))
            headers = {
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": "ledger-1",
                "Content-Type": XLSX,
            }
            no_import = await client.post(LEDGER_EDGE, content=b"PK", headers=headers)
        assert (no_token.status_code, no_token.json()) == (
            503,
            {"error": "temporarily_unavailable"},
        )
        assert (no_import.status_code, no_import.json()["code"]) == (503, "UNAVAILABLE")
        too_early = Commands(read_only).run("rewrap-keys", "--dry-run")
        assert too_early.returncode == 0, "a dry run writes nothing"
        refused_command = Commands(read_only).run("rotate-signing-key", "--force")
        assert (refused_command.returncode, refused_command.stdout) == (1, "")
        assert worker.is_ready()
    assert await contents(store) == before
    await store.close()
