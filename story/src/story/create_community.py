"""The operator's command that founds a community: nothing else can make the first secretary."""

import asyncio
import json

from story.service_commands import service_command
from story.stage import Founded, Founding
from story.stopped import check


async def create_community_by_command(founding: Founding) -> Founded:
    """Run `residents create-community`; a repeat of the same founding changes nothing.

    Raises: StoryStopped with what the command printed.
    """
    command = (
        *service_command("residents"),
        "create-community",
        *("--name", founding.name),
        *("--secretary-username", founding.secretary_username),
        *("--secretary-name", founding.secretary_name),
        *("--request-id", founding.request_id),
        "--password-stdin",
        "--json",
    )
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate(founding.secretary_password.encode() + b"\n")
    check(
        process.returncode == 0,
        "`residents create-community` founds the community",
        complained.decode()[-2_000:],
    )
    made = json.loads(said.decode().strip().splitlines()[-1])
    check(bool(made["totpSecret"]), "the secretary's TOTP secret is shown", "none")
    return Founded(community_id=made["communityId"], totp_secret=made["totpSecret"])
