"""A wrapping key is replaced and taken away, and everything still opens."""

import base64
import secrets
import uuid
from pathlib import Path

from local_stack.leash import Leash

from .graph import ME, Graph
from .processes import Commands, Device, Process, settings


async def test_after_rewrapping_the_old_key_can_go(
    mongodb_uri: str, kafka_bootstrap_servers: str, tmp_path: Path, leash: Leash
) -> None:
    old = settings(mongodb_uri, kafka_bootstrap_servers)
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    for command in ("create-topics", "create-indexes"):
        Commands(old).done(command)
    made = Commands(old).found_community(username)
    device = Device(made["totpSecret"])
    with Process("api", old, folder=tmp_path / "old", leash=leash) as api:
        token = (await Graph(api.address).logged_in(username, device))["accessToken"]

    new_key = f"new:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"
    both = old | {"KEY_WRAPPING_KEYS": f"{new_key},{old['KEY_WRAPPING_KEYS']}"}
    new = old | {"KEY_WRAPPING_KEYS": new_key}
    too_early = Commands(new).run("rewrap-keys")
    assert (too_early.returncode, len(too_early.stderr.splitlines())) == (1, 1)
    assert too_early.stderr.startswith("UnknownWrappingKey: ")

    # the secretary's name, the secretary's TOTP secret, and two signing keys
    for arguments, said in (
        (("--dry-run",), "1 keys of people and 3 secrets of the service would be"),
        ((), "1 keys of people and 3 secrets of the service were"),
        ((), "0 keys of people and 0 secrets of the service were"),
    ):
        assert Commands(both).done("rewrap-keys", *arguments).startswith(said)

    with Process("api", new, folder=tmp_path / "new", leash=leash) as api:
        graph = Graph(api.address)
        assert (await graph.as_(token).ask(ME))["displayName"] == "陈书记"
        again = await graph.logged_in(username, device)
        assert (await graph.as_(again["accessToken"]).ask(ME))["id"] == made["accountId"]
