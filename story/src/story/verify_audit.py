"""The operator's command that walks an audit trail from end to end."""

import asyncio
import json

from story.service_commands import service_command
from story.stage import VerifiedTrail
from story.stopped import check


async def verify_audit_by_command(community_id: str) -> VerifiedTrail:
    """Run `residents verify-audit`. Raises: StoryStopped where it says nothing."""
    process = await asyncio.create_subprocess_exec(
        *service_command("residents"),
        *("verify-audit", "--community", community_id, "--json"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    lines = said.decode().strip().splitlines()
    check(bool(lines), "`residents verify-audit` tells of a trail", complained.decode()[-2_000:])
    (verdict,) = json.loads(lines[-1])
    return VerifiedTrail(entries=verdict["entries"], is_whole=verdict["whole"])
