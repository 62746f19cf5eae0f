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

    new_key = _new_key()
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


async def test_while_keys_roll_out_each_instance_opens_what_another_locked(
    mongodb_uri: str, kafka_bootstrap_servers: str, tmp_path: Path, leash: Leash
) -> None:
    before = settings(mongodb_uri, kafka_bootstrap_servers)
    old, new = before["KEY_WRAPPING_KEYS"], _new_key()
    for command in ("create-topics", "create-indexes"):
        Commands(before).done(command)
    founded = [_founded(before)]

    rollouts = [(old, f"{old},{new}"), (f"{old},{new}", f"{new},{old}"), (f"{new},{old}", new)]
    for step, keys in enumerate(rollouts):
        instances = [before | {"KEY_WRAPPING_KEYS": each} for each in keys]
        if step == 2:
            Commands(instances[0]).done("rewrap-keys")
        founded += [_founded(instance) for instance in instances]
        for number, instance in enumerate(instances):
            with Process("api", instance, folder=tmp_path / f"{step}.{number}", leash=leash) as api:
                for account_id, username, device in founded:
                    graph = Graph(api.address)
                    token = (await graph.logged_in(username, device))["accessToken"]
                    me = await graph.as_(token).ask(ME)
                    assert (me["id"], me["displayName"]) == (account_id, "陈书记")
        founded = founded[-1:]


def _new_key() -> str:
    return f"new:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"


def _founded(instance: dict[str, str]) -> tuple[str, str, Device]:
    """Somebody whose name and TOTP secret this instance has locked."""
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    made = Commands(instance).found_community(username)
    return made["accountId"], username, Device(made["totpSecret"])
