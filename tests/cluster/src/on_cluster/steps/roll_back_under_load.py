"""Back to the release before, while the community is read and written."""

from functools import partial

from on_cluster.outcome import check
from on_cluster.steps.upgrade_under_load import pod_names
from on_cluster.trial import READY_WITHIN_SECONDS, Trial


async def roll_back_under_load(trial: Trial) -> str:
    """Roll back; no request may fail and nothing acknowledged may be missing afterwards."""
    before = await pod_names(trial)
    figures = await trial.under_load(partial(_roll_back, trial))
    kept = before & await pod_names(trial)
    check(kept == set(), "every Pod is another one", kept)
    check(not figures.failures, "no failed request", f"{figures}: {figures.why()}")
    return f"{len(before)} Pods replaced; {figures}; {await (await trial.doings()).nothing_lost()}"


async def _roll_back(trial: Trial) -> None:
    wait = ("--wait", f"--timeout={READY_WITHIN_SECONDS:g}s")
    await trial.cluster.chart("rollback", "linli", *wait, within_seconds=READY_WITHIN_SECONDS + 60)
