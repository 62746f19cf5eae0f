"""A few kills of `make chaos`, with everything that it audits."""

from chaos.run import Run
from chaos.schedule import planned
from local_stack.acting.stack_by_commands import StackByCommands

SEED = 6
ONLY = ("vouchers-api", "issues-worker")


async def test_what_was_acknowledged_outlives_a_kill_of_api_and_worker(
    stack: StackByCommands,
) -> None:
    schedule = planned(SEED, kills=1, only=ONLY)
    run = Run(
        stack.layout,
        schedule,
        seed=SEED,
        residents=3,
        audit_every=len(schedule),
        progress=lambda what, behind: None,
    )

    result = await run.play(kills=1, only=list(ONLY), store="")

    assert [line for line in result.audit if not line.is_kept] == []
    assert [each.outstanding for each in result.recoveries] == [""] * len(schedule)
    assert result.oddities == {}
    counted = {line.rule: line.counted for line in result.audit}
    # The probes of each recovery write, too; of these two nobody but the load does anything.
    assert counted["one intake for each comment, and one comment for each intake"] > 0
    assert counted["each claim, use and reversal is booked once, to the fen"] > 0
