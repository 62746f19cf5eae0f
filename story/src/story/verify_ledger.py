"""The operator's command that walks a community's ledger from end to end."""

import asyncio
import json

from story.service_commands import service_command
from story.stage import VerifiedLedger
from story.stopped import check


async def verify_ledger_by_command(community_id: str) -> VerifiedLedger:
    """Run `vouchers verify-ledger`. Raises: StoryStopped where it says nothing."""
    process = await asyncio.create_subprocess_exec(
        *(*service_command("vouchers"), "verify-ledger"),
        *("--community", community_id, "--json"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    lines = said.decode().strip().splitlines()
    check(bool(lines), "`vouchers verify-ledger` tells of a ledger", complained.decode()[-2_000:])
    (verdict,) = json.loads(lines[-1])
    campaigns = verdict["campaigns"]
    return VerifiedLedger(
        entries=verdict["sealedThrough"],
        waiting=verdict["unsealed"] + verdict["awaited"],
        is_whole=verdict["whole"] and verdict["inBalance"],
        budget_fen=sum(each["budgetFen"] for each in campaigns),
        claimed_fen=sum(each["claimedFen"] for each in campaigns),
        used_fen=sum(each["usedFen"] for each in campaigns),
        booked_used_fen=sum(each["bookedUsedFen"] for each in campaigns),
    )
