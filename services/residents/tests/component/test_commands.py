"""What operators type."""

import json
import os
import uuid

import pyotp

from .conftest import Running
from .graph import Graph
from .processes import PASSWORD, Commands, Device


def _founding(username: str, *more: str, name: str = "八家庄") -> tuple[str, ...]:
    return (
        *("create-community", "--name", name, "--secretary-username", username),
        *("--secretary-name", "陈书记", "--json", *more),
    )


async def test_founding_is_done_once_by_a_request_id(running: Running) -> None:
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    first = running.commands.found_community(username)
    assert first["username"] == username
    assert pyotp.parse_uri(first["otpauthUri"]).secret == first["totpSecret"]

    assert running.commands.found_community(username) == first


async def test_the_same_request_id_for_another_community_is_refused(running: Running) -> None:
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    running.commands.found_community(username)

    refused = running.commands.run(
        *_founding(username, "--request-id", username, "--password-stdin", name="别处"),
        stdin=PASSWORD,
    )

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("REQUEST_ID_REUSED: ")


async def test_without_a_password_one_is_made_and_shown_once(
    running: Running, graph: Graph
) -> None:
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    command = _founding(username, "--request-id", username)

    first = json.loads(running.commands.done(*command))
    again = json.loads(running.commands.done(*command))

    hidden = {"password": None, "totpSecret": None, "otpauthUri": None}
    assert again == first | hidden
    device = Device(first["totpSecret"])
    logged_in = await graph.as_(None).ask(
        "mutation In($input: LogInStaffInput!) { logInStaff(input: $input) { __typename } }",
        input={
            "username": username,
            "password": first["password"],
            "totpCode": await device.code(),
            "client": "CONSOLE",
        },
    )
    assert logged_in["__typename"] == "LogInStaffSuccess"


async def test_bad_input_is_one_line_and_founds_nothing(running: Running) -> None:
    username = f"secretary-{uuid.uuid4().hex[:8]}"
    for typed, code in (
        (_founding("书记", "--password-stdin"), "USERNAME_INVALID"),
        (_founding(username, "--password-stdin", name=" "), "NAME_INVALID"),
    ):
        refused = running.commands.run(*typed, stdin=PASSWORD)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(f"{code}: ")
        assert len(refused.stderr.splitlines()) == 1
    weak = running.commands.run(*_founding(username, "--password-stdin"), stdin="password")
    assert weak.stderr.startswith("PASSWORD_TOO_WEAK: ")
    empty = running.commands.run(*_founding(username, "--password-stdin"))
    assert empty.returncode == 2


async def test_a_missing_setting_is_named(running: Running) -> None:
    commands = Commands({"PATH": os.environ["PATH"], "MONGODB_URI": "nonsense"})

    refused = commands.run("api")

    assert refused.returncode == 2
    for variable in ("MONGODB_URI", "KAFKA_BOOTSTRAP_SERVERS", "KEY_WRAPPING_KEYS"):
        assert f"setting {variable}: " in refused.stderr
    assert "Traceback" not in refused.stderr


async def test_the_schema_is_printed_without_any_setting() -> None:
    printed = Commands({"PATH": os.environ["PATH"]}).done("schema")

    assert "type Account" in printed
