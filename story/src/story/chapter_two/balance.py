"""Scenes of the ledger: every fen is accounted for."""

from story.stage import Stage, VerifiedLedger
from story.stopped import check
from story.waiting import until
from story.words import in_yuan

# Two budgets, two vouchers handed out, one spent.
_LEAST_ENTRIES = 5


async def ledger_is_whole(stage: Stage) -> None:
    """Walk the ledger by the operator's command."""
    with stage.narrator.step(
        "运维",
        "运维核对账本：每笔借贷相抵，一环扣一环，和红包一分不差。",
        "The operator's command walks the ledger: balanced, chained, equal to the vouchers.",
    ) as step:

        async def look() -> VerifiedLedger:
            return await stage.verify_ledger(stage.community_id)

        ledger = await until("all is posted and sealed", look, lambda seen: seen.waiting == 0)
        check(ledger.is_whole, "a whole ledger", ledger)
        check(ledger.entries >= _LEAST_ENTRIES, f"{_LEAST_ENTRIES} entries or more", ledger)
        check(ledger.used_fen == ledger.booked_used_fen, "as used, so booked", ledger)
        step.saw(
            f"{ledger.entries} 笔：预算{in_yuan(ledger.budget_fen)}，"
            f"已领{in_yuan(ledger.claimed_fen)}，已用{in_yuan(ledger.used_fen)}，分毫不差"
        )
