"""An upgrade that replaces every Pod, while the community is read and written."""

from functools import partial

from on_cluster.outcome import check
from on_cluster.trial import Trial


async def upgrade_under_load(trial: Trial) -> str:
    """Upgrade; no request may fail and nothing acknowledged may be missing afterwards."""
    before = await pod_names(trial)
    figures = await trial.under_load(partial(trial.upgrade, "podAnnotations.round=second"))
    kept = before & await pod_names(trial)
    check(kept == set(), "every Pod is another one", kept)
    check(not figures.failures, "no failed request", f"{figures}: {figures.why()}")
    return f"{len(before)} Pods replaced; {figures}; {await (await trial.doings()).nothing_lost()}"


async def pod_names(trial: Trial) -> set[str]:
    """Return the names of Linli's Pods."""
    deployments = await trial.cluster.deployments("linli")
    pods = [pod for name in deployments for pod in await trial.cluster.pods_of(name)]
    return {pod["metadata"]["name"] for pod in pods}
